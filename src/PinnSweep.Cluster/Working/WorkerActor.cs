using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using static PinnSweep.Cluster.Working.SlotMessages;
using IFromCoordinator = PinnSweep.Cluster.Protocol.IFromCoordinator;
using IFromWorker = PinnSweep.Cluster.Protocol.IFromWorker;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Owns a node's slots and speaks for them to the coordinator: carries out what <see cref="WorkerDecider"/> decides, and decides nothing
/// itself. Persists nothing: what it holds is leased, and what it reports is repeated until acknowledged. A restart is a new incarnation,
/// to which the coordinator leases anew. The coordinator watches it.
/// </summary>
internal sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private readonly WorkerSettings _settings;
    private readonly WorkerPolicy _policy;
    private readonly IActorRef _coordinator;
    private readonly SteadyClock _clock;
    private readonly TimeProvider _wall;
    private readonly ILogger _log;
    private readonly Action<WorkerEvent> _tellNode;
    private readonly Func<int, Props> _slotProps;
    private readonly IActorRef[] _slots;
    private readonly IActorRef _machine;
    private readonly WorkerVitals _vitals;
    private readonly HashSet<IActorRef> _drainers = [];
    private readonly WorkerFigures _figures;
    private readonly LaneMemory _memory;
    private WorkerState _state;

    public WorkerActor(WorkerSettings settings, IActorRef coordinator, Action<WorkerEvent> tellNode, Func<int, Props> slotProps, TimeProvider clock, ILogger log)
    {
        _settings = settings;
        _policy = new(
            typeof(WorkerActor).Assembly.GetName().Version!.ToString(), Processes.Own, settings.RegisterEvery, settings.PollEvery, settings.Watchdog) { Machine = settings.Machine };
        _coordinator = coordinator;
        _memory = new(settings.LanesFile);
        _clock = new(clock);
        _wall = clock;
        _log = log;
        _tellNode = tellNode;
        _slotProps = slotProps;
        _slots = [.. Enumerable.Range(0, settings.Slots).Select(NewSlot)];
        _state = new(
            new(settings.Name, Guid.NewGuid().ToString("N")),
            [.. Enumerable.Range(0, settings.Slots).Select(number => PlaceOf(settings, number))],
            new(settings.FirstRepeat, settings.LongestRepeat),
            _clock.Now,
            _clock.Now)
        {
            EndsWhenDrained = settings.EndsWhenDrained,
            ShapeLimits = _memory.Load(),
        };

        _vitals = new(settings, _clock.Now);
        var hasGpus = settings.Devices.Any(device => device.Kind == Devices.Gpu);
        var gpus = new GpuWatch(settings.ListGpus);
        Context.ActorOf(Props.Create(() => new LoadActor(hasGpus ? settings.Devices : ImmutableArray<SlotDevice>.Empty, gpus)).WithDispatcher("pinnsweep.slot-dispatcher"), "load");
        _figures = new(settings.Devices.Where(device => device.MemoryBytes is not null).DistinctBy(device => device.Index)
            .ToImmutableSortedDictionary(device => device.Index, device => device.MemoryBytes!.Value));
        var check = new MachineCheck(settings.WorkFolder, settings.DiskFloor, settings.Trainer);
        _machine = Context.ActorOf(Props.Create(() => new MachineActor(check, settings.MachineTimes)).WithDispatcher("pinnsweep.slot-dispatcher"), "machine");

        Receive<IFromCoordinator>(message => Do(new WorkerCommand.Hear(
            message, message is RegistrationRefused { HolderProcess: { } process } && Processes.IsGone(process))));
        Receive<Progressed>(progressed =>
        {
            _vitals.Hear(progressed, _clock.Now);
            Tell(new TrialProgress(_state.Identity, progressed.Attempt, progressed.Progress));
            if (_vitals.Measure(progressed, _state, _clock.Now) is { } seen)
            {
                Do(seen);
            }
        });
        Receive<Reported>(reported =>
        {
            _vitals.Hear(reported, _clock.Now);
            Do(new WorkerCommand.HearReport(reported.Attempt, reported.Content, reported.TraceParent));
        });
        Receive<LoadActor.Seen>(seen => _vitals.Load = seen.Load);
        Receive<LoadActor.Gone>(gone => Do(new WorkerCommand.HearTrouble(gone.Trouble, _state.Slots.First(slot => slot.Gpu == gone.Gpu).Number)));
        Receive<BlobsRefused>(refused => Do(new WorkerCommand.HearRefusal(refused.Why)));
        Receive<Crowded>(crowd => Do(new WorkerCommand.HearCrowd(Array.IndexOf(_slots, Sender), crowd.Company, crowd.IsMemory, crowd.Why)));
        Receive<MachineFailed>(failed => Do(new WorkerCommand.HearTrouble(failed.Trouble, Array.IndexOf(_slots, Sender))));
        Receive<MachineActor.Seen>(seen => Do(new WorkerCommand.SeeMachine(seen.Trouble)));
        Receive<Terminated>(terminated => Do(new WorkerCommand.LoseSlot(Array.IndexOf(_slots, terminated.ActorRef))));
        Receive<Due>(due => Do(due.Command));
        Receive<Drain>(_ =>
        {
            _drainers.Add(Sender);
            Do(new WorkerCommand.Drain());
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A slot that fails has lost track of its process; it is replaced, not restarted.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void PreStart()
    {
        Every(TimeSpan.Zero, _settings.RegisterEvery, new WorkerCommand.SayWhoIAm());
        Every(_settings.PollEvery, _settings.PollEvery, new WorkerCommand.Poll());
        Every(_settings.FirstRepeat, _settings.FirstRepeat, new WorkerCommand.Repeat());
        WorkerGauges.Add(_figures);
    }

    protected override void PostStop() => WorkerGauges.Remove(_figures);

    private void Do(WorkerCommand command)
    {
        foreach (var act in WorkerDecider.Decide(_state, command, _clock.Now, _policy))
        {
            _state = _state.Apply(act);
            CarryOut(act);
        }

        if (WorkerGauges.AreRead)
        {
            _figures.Show([.. _state.Slots.Select(slot => (slot.Kind, slot.Attempt is not null))], _state.Trouble is not null);
        }
    }

    private void CarryOut(WorkerAct act)
    {
        switch (act)
        {
            case WorkerAct.RefuseEpoch stale:
                LogEvents.StaleEpochRefused(_log, stale.Epoch, stale.Highest);
                break;
            case WorkerAct.Say say:
                Tell(say.Message);
                break;
            case WorkerAct.AskForWork ask:
                Tell(new RequestWork(_state.Identity, ask.Slots, (_settings.Until - _wall.GetUtcNow())?.TotalSeconds) { Most = ask.Most, Shapes = ask.Shapes });
                break;
            case WorkerAct.NoteRegistered registered:
                _tellNode(new WorkerEvent.Registered(registered.BlobUrl));
                Never<WorkerCommand.SayWhoIAm>();
                Every(Soon(registered.LeaseDuration / 4), registered.LeaseDuration / 4, new WorkerCommand.Renew());
                break;
            case WorkerAct.NoteUnregistered:
                _tellNode(new WorkerEvent.Unregistered());
                Every(TimeSpan.Zero, _settings.RegisterEvery, new WorkerCommand.SayWhoIAm());
                break;
            case WorkerAct.AwaitName wait:
                LogEvents.NameAwaited(_log, _settings.Name, wait.Reason);
                break;
            case WorkerAct.GiveNameUp lost:
                Never<WorkerCommand.SayWhoIAm>();
                LogEvents.NameTaken(_log, _settings.Name, lost.Reason);
                _tellNode(new WorkerEvent.NameTaken(lost.Reason));
                break;
            case WorkerAct.Occupy occupy:
                _slots[occupy.Slots[0]].Tell(new Train(occupy.Start));
                break;
            case WorkerAct.Abandon abandon:
                _vitals.End(abandon.Attempt);
                _slots[abandon.Slot].Tell(new Abandon(abandon.Attempt));
                break;
            case WorkerAct.StopSlot stop:
                _slots[stop.Slot].Tell(new StopTraining(stop.Reason));
                break;
            case WorkerAct.ReplaceSlot replace:
                LogEvents.SlotReplaced(_log, replace.Slot, _settings.Name);
                _slots[replace.Slot] = NewSlot(replace.Slot);
                break;
            case WorkerAct.MakeReport make:
                Tell(make.Report);
                break;
            case WorkerAct.RepeatReport repeat:
                Tell(repeat.Report);
                break;
            case WorkerAct.NoteAcknowledged { Report: { Content: ReportContent.Finished, Attempt: var (key, number) }, Counted: var counted }:
                LogEvents.ResultAcknowledged(_log, key, number, _settings.Name, counted);
                break;
            case WorkerAct.NoteProgress:
                _machine.Tell(MachineActor.GotOn.Instance);
                break;
            case WorkerAct.LimitPack { Why: { } why } limit:
                LogEvents.PackNarrowed(_log, _settings.Name, limit.Lanes, limit.Pack, why);
                break;
            case WorkerAct.LimitShape limit:
                LogEvents.ShapeLimited(_log, limit.IsTrouble ? LogLevel.Warning : LogLevel.Information, _settings.Name, limit.Limit.Lanes, limit.Limit.Words, limit.Of.Hardware, limit.Limit.Why);
                _memory.Save(_state.ShapeLimits);
                _vitals.BeginMeasures();
                break;
            case WorkerAct.StrikeGpu strike:
                LogEvents.GpuStruck(_log, strike.Gpu, _settings.Name, strike.Strikes, WorkerGpus.Limit, strike.Why);
                break;
            case WorkerAct.DrainGpu drain:
                LogEvents.GpuDrained(_log, drain.Gpu, _settings.Name, drain.Why, WorkerGpus.Remedy(drain.Gpu, _settings.Name));
                _tellNode(new WorkerEvent.Paused(_state.WhyPaused));
                break;
            case WorkerAct.RestoreGpus:
                LogEvents.GpusRestored(_log, _settings.Name);
                _tellNode(new WorkerEvent.Paused(_state.WhyPaused));
                break;
            case WorkerAct.CheckMachine check:
                _machine.Tell(check.Trouble);
                break;
            case WorkerAct.Pause pause:
                Pause(pause);
                break;
            case WorkerAct.GoOn:
                LogEvents.WorkerGoesOn(_log, _settings.Name);
                _tellNode(new WorkerEvent.Paused(_state.WhyPaused));
                break;
            case WorkerAct.BeginDrain { IsNew: true, Kind: DrainKind.Rest } begin:
                LogEvents.RestBegan(_log, _settings.Name, begin.Running);
                break;
            case WorkerAct.BeginDrain { IsNew: true } begin:
                LogEvents.DrainBegan(_log, _settings.Name, begin.Running);
                break;
            case WorkerAct.TakeUpWork:
                LogEvents.WorkTakenUp(_log, _settings.Name);
                break;
            case WorkerAct.EndDrain:
                TellDrained();
                break;
            case WorkerAct.TellRefusal refusal:
                LogEvents.BlobsRefused(_log, _settings.Name, refusal.Why);
                _tellNode(new WorkerEvent.Refused(refusal.Why));
                break;
            case WorkerAct.LoseCoordinator lost:
                LogEvents.CoordinatorLost(_log, _settings.Name, lost.Silence.TotalSeconds);
                _tellNode(new WorkerEvent.LostCoordinator());
                break;
        }
    }

    private void Pause(WorkerAct.Pause pause)
    {
        _tellNode(new WorkerEvent.Paused(pause.Trouble.Reason));
        if (pause.IsNew)
        {
            LogEvents.WorkerPaused(_log, _settings.Name, pause.Trouble.Reason);
        }
    }

    private void TellDrained()
    {
        foreach (var drainer in _drainers)
        {
            drainer.Tell(new Drained());
        }

        _drainers.Clear();
        _tellNode(new WorkerEvent.Drained());
    }

    /// <summary>Slots that train: each with a folder and a device of its own.</summary>
    public static Func<int, Props> TrainingSlots(WorkerSettings settings, IBlobStore blobs, ILogger log)
    {
        var remarks = new RemarkGate(TimeProvider.System);
        var trainers = new TrainerPool(settings.Packs());
        var gpus = new GpuWatch(settings.ListGpus);
        return number =>
        {
            var folder = Path.Combine(settings.WorkFolder, $"slot-{number}");
            return Props.Create(() => new SlotActor(settings, settings.DeviceOf(number), (launch, signal) => trainers.Start(number, launch, signal), folder, blobs, remarks, gpus, log)).WithDispatcher("pinnsweep.slot-dispatcher");
        };
    }

    private static SlotPlace PlaceOf(WorkerSettings settings, int number)
    {
        var device = settings.DeviceOf(number);
        return new(number, device?.Kind ?? Devices.Cpu)
        {
            Pack = settings.Packs()[number],
            Gpu = device is { Kind: Devices.Gpu } gpu ? gpu.Index : null,
            Hardware = $"{device?.CudaName ?? device?.Kind ?? "cpu"} {device?.Engine(settings.Engine) ?? settings.Engine}",
            IsProbed = device?.IsProbed ?? false,
        };
    }

    private IActorRef NewSlot(int number) => Context.Watch(Context.ActorOf(_slotProps(number)));

    private void Tell(IFromWorker message) =>
        _coordinator.Tell(message is RenewLeases renewal ? _vitals.With(renewal, _state, _clock.Now) : message);

    /// <summary>The first renewal tells people how the worker is; they should not wait for it.</summary>
    private static TimeSpan Soon(TimeSpan usual) => usual < TimeSpan.FromSeconds(1) ? usual : TimeSpan.FromSeconds(1);

    private void Every(TimeSpan first, TimeSpan interval, WorkerCommand command) =>
        Timers.StartPeriodicTimer(command.GetType().Name, new Due(command), first, interval);

    private void Never<T>()
        where T : WorkerCommand => Timers.Cancel(typeof(T).Name);

    private sealed record Due(WorkerCommand Command) : INoSerializationVerificationNeeded;
}
