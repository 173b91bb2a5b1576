using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using static PinnSweep.Cluster.Working.SlotMessages;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Owns a node's slots and speaks for them to the coordinator. Persists nothing: what it holds is leased, and what it reports is repeated
/// until acknowledged. A restart is a new incarnation, to which the coordinator leases anew. The coordinator watches it.
/// One long file: it is a table of what coordinator, slots and node say, and all of it changes the same few fields.
/// </summary>
internal sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private readonly WorkerSettings _settings;
    private readonly IActorRef _coordinator;
    private readonly SteadyClock _clock;
    private readonly TimeProvider _wall;
    private readonly ILogger _log;
    private readonly string _software;
    private readonly WorkerIdentity _identity;
    private readonly Outbox _outbox;
    private readonly Slot[] _slots;
    private readonly HashSet<IActorRef> _drainers = [];
    private readonly Action<WorkerEvent> _tellNode;
    private readonly Func<int, Props> _slotProps;
    private readonly CrashStreak _crashes = new();
    private readonly IActorRef _machine;
    private MachineTrouble? _trouble;
    private DateTimeOffset _heardAt;
    private DateTimeOffset _polledAt;
    private long _epoch;
    private bool _isRegistered;
    private bool _isDraining;
    private bool _isChecked;
    private DateTimeOffset? _refusedAt;
    private string? _buried;

    public WorkerActor(WorkerSettings settings, IActorRef coordinator, Action<WorkerEvent> tellNode, Func<int, Props> slotProps, TimeProvider clock, ILogger log)
    {
        _slotProps = slotProps;
        _tellNode = tellNode;
        _settings = settings;
        _coordinator = coordinator;
        _clock = new(clock);
        _wall = clock;
        _heardAt = _polledAt = _clock.Now;
        _log = log;
        _software = typeof(WorkerActor).Assembly.GetName().Version!.ToString();
        _identity = new(settings.Name, Guid.NewGuid().ToString("N"));
        _outbox = new(settings.FirstRepeat, settings.LongestRepeat);
        _slots = [.. Enumerable.Range(0, settings.Slots).Select(number => new Slot(number, settings.DeviceOf(number)?.Kind ?? Devices.Cpu, NewSlot(number)))];

        var check = new MachineCheck(settings.WorkFolder, settings.DiskFloor, settings.Trainer);
        _machine = Context.ActorOf(Props.Create(() => new MachineActor(check, settings.MachineTimes)).WithDispatcher("pinnsweep.slot-dispatcher"), "machine");

        Receive<IFromCoordinator>(message =>
        {
            if (message.Epoch < _epoch)
            {
                LogEvents.StaleEpochRefused(_log, message.Epoch, _epoch);
                return;
            }

            _epoch = message.Epoch;
            _heardAt = _clock.Now;
            Obey(message);
        });

        Receive<Progressed>(progressed =>
        {
            var progress = progressed.Progress;
            Tell(new TrialProgress(
                _identity, progressed.Attempt, progress.Step, progress.Done, progress.Total, progress.RelativeL2, progress.StepsPerSecond));
        });
        Receive<Reported>(reported =>
        {
            Report(reported.Attempt, Judge(reported));
            if (reported.Content.EndsAttempt && SlotOf(reported.Attempt) is not null)
            {
                Free(reported.Attempt);
                AskForWork();
            }
        });
        Receive<BlobsRefused>(refused =>
        {
            LogEvents.BlobsRefused(_log, _settings.Name, refused.Why);
            _tellNode(new WorkerEvent.Refused(refused.Why));
            BeginDrain();
        });
        Receive<MachineFailed>(failed =>
        {
            _machine.Tell(failed.Trouble);
            Pause(failed.Trouble);
        });
        Receive<MachineActor.Seen>(Look);
        Receive<Terminated>(terminated => Replace(_slots.First(slot => slot.Actor.Equals(terminated.ActorRef))));

        Receive<Register>(_ => SayWhoIAm());
        Receive<Poll>(_ =>
        {
            AskForWork();
            WatchTheCoordinator();
        });
        Receive<Renew>(_ => RenewLeases());
        Receive<Repeat>(_ =>
        {
            foreach (var report in _outbox.Due(_clock.Now))
            {
                Tell(report);
            }
        });
        Receive<Drain>(_ =>
        {
            _drainers.Add(Sender);
            BeginDrain();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A slot that fails has lost track of its process; it is replaced, not restarted.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("register", Register.Instance, TimeSpan.Zero, _settings.RegisterEvery);
        Timers.StartPeriodicTimer("poll", Poll.Instance, _settings.PollEvery);
        Timers.StartPeriodicTimer("repeat", Repeat.Instance, _settings.FirstRepeat);
    }

    private void Obey(IFromCoordinator message)
    {
        switch (message)
        {
            case WorkerRegistered registered:
                _isRegistered = true;
                _refusedAt = null;
                _tellNode(new WorkerEvent.Registered(registered.BlobUrl));
                Timers.Cancel("register");
                Timers.StartPeriodicTimer("renew", Renew.Instance, registered.LeaseDuration / 4);
                foreach (var attempt in registered.Abandon)
                {
                    Abandon(attempt);
                }

                AskForWork();
                break;
            case RegistrationRefused refused:
                WaitForName(refused);
                break;
            case RegistrationRequired when _isRegistered:
                _isRegistered = false;
                _tellNode(new WorkerEvent.Unregistered());
                Timers.StartPeriodicTimer("register", Register.Instance, TimeSpan.Zero, _settings.RegisterEvery);
                break;
            case WorkAvailable:
                AskForWork();
                break;
            case StartTrial start:
                Start(start);
                break;
            case ReportAcknowledged acknowledged:
                if (_outbox.Acknowledge(acknowledged.Number) is { Content: ReportContent.Finished } finished)
                {
                    LogEvents.ResultAcknowledged(_log, finished.Attempt.Key, finished.Attempt.Number, _settings.Name, acknowledged.Counted);
                }

                FinishDrain();
                break;
            case StopTrial stop:
                SlotOf(stop.Attempt)?.Actor.Tell(new StopTraining(stop.Reason));
                break;
            case DrainRequested:
                BeginDrain();
                break;
            case AbandonTrial abandon:
                Abandon(abandon.Attempt);
                break;
        }
    }

    private void SayWhoIAm() => Tell(new RegisterWorker(_identity, Count(_slots), _software, [.. Holding()], _isDraining, _trouble?.Reason) { Process = Processes.Own, Buried = _buried });

    /// <summary>
    /// Another worker has this one's name. If that is its own earlier process it is gone or falls silent, so it asks again for as long as a living one
    /// could be silent, and a little longer.
    /// </summary>
    private void WaitForName(RegistrationRefused refused)
    {
        if (_refusedAt is null)
        {
            _refusedAt = _clock.Now;
            LogEvents.NameAwaited(_log, _settings.Name, refused.Reason);
        }

        if (refused.HolderProcess is { } process && Processes.IsGone(process))
        {
            _buried = refused.Holder;
        }
        else if (refused.IsFinal || _clock.Now - _refusedAt > (1.25 * refused.Patience) + _settings.RegisterEvery)
        {
            Timers.Cancel("register");
            LogEvents.NameTaken(_log, _settings.Name, refused.Reason);
            _tellNode(new WorkerEvent.NameTaken(refused.Reason));
        }
    }

    private void AskForWork()
    {
        var free = Count(_slots.Where(slot => slot.Attempt is null));
        if (_isRegistered && !_isDraining && _isChecked && _trouble is null && free.Total > 0)
        {
            Tell(new RequestWork(_identity, free, (_settings.Until - _wall.GetUtcNow())?.TotalSeconds));
        }
    }

    private void WatchTheCoordinator()
    {
        var now = _clock.Now;
        var late = now - _polledAt - _settings.PollEvery;
        _polledAt = now;
        if (late > _settings.PollEvery)
        {
            // Not served itself, it could not have heard anybody.
            _heardAt += late;
        }

        var silence = now - _heardAt;
        if (silence > _settings.Watchdog)
        {
            LogEvents.CoordinatorLost(_log, _settings.Name, silence.TotalSeconds);
            _tellNode(new WorkerEvent.LostCoordinator());
        }
    }

    private void Start(StartTrial start)
    {
        // A grant that was said again while the attempt's end is on its way to the coordinator begins nothing.
        if (SlotOf(start.Attempt) is null && !_outbox.Open.Any(report => report.Content.EndsAttempt && report.Attempt == start.Attempt))
        {
            var whyNot = _isDraining ? "the worker is stopping" : _trouble is { } trouble ? PauseReason(trouble) : null;
            var free = whyNot is null ? FreeSlots(start.Device).Take(start.Room).ToArray() : [];
            if (free.Length < start.Room)
            {
                Tell(new TrialRefused(_identity, start.Attempt, whyNot ?? "no free slot"));
                return;
            }

            // An attempt that needs more room keeps the other slots empty; the first one trains it.
            foreach (var slot in free)
            {
                slot.Attempt = start.Attempt;
            }

            free[0].Actor.Tell(new Train(start));
        }

        Tell(new TrialTaken(_identity, start.Attempt));
    }

    private void Abandon(AttemptId attempt)
    {
        if (SlotOf(attempt) is { } slot)
        {
            slot.Actor.Tell(new Abandon(attempt));
            Free(attempt);
            FinishDrain();
            AskForWork();
        }
    }

    private void Report(AttemptId attempt, ReportContent content)
    {
        var report = new Report(_identity, _outbox.NextNumber(), attempt, content);
        _outbox.Add(report, _clock.Now);
        Tell(report);
    }

    private void RenewLeases()
    {
        Tell(new RenewLeases(_identity, [.. Holding()], _trouble?.Reason));
    }

    /// <summary>What is reported of an attempt's end: on a machine in trouble no fault is the trial's.</summary>
    private ReportContent Judge(Reported reported)
    {
        switch (reported.Content)
        {
            case ReportContent.Checkpointed or ReportContent.Finished:
                _crashes.GotOn();
                _machine.Tell(MachineActor.GotOn.Instance);
                return reported.Content;
            case ReportContent.Faulted { Fault.Kind: FaultKind.Crash } when _trouble is null && _crashes.Suspects(reported.Attempt.Key):
                var suspicion = new MachineTrouble(
                    TroubleKind.Trainer, $"{CrashStreak.Limit} different trials crashed here one after another and none got on; the trainer checks itself");
                _machine.Tell(suspicion);
                Pause(suspicion);
                break;
        }

        return reported.Content is ReportContent.Faulted && _trouble is { } trouble
            ? new ReportContent.Released($"no fault of the trial: {trouble.Reason}")
            : reported.Content;
    }

    /// <summary>Takes nothing more and gives back what runs, until the machine is well again.</summary>
    private void Pause(MachineTrouble trouble)
    {
        if (_trouble == trouble)
        {
            return;
        }

        // Free bytes differ from look to look.
        var isNew = _trouble?.Kind != trouble.Kind;
        _trouble = trouble;
        _tellNode(new WorkerEvent.Paused(trouble.Reason));
        RenewLeases();
        if (isNew)
        {
            LogEvents.WorkerPaused(_log, _settings.Name, trouble.Reason);
        }

        foreach (var slot in _slots.Where(slot => isNew && slot.Attempt is not null))
        {
            slot.Actor.Tell(new StopTraining(PauseReason(trouble)));
        }
    }

    private void Look(MachineActor.Seen seen)
    {
        _isChecked = true;
        if (seen.Trouble is { } trouble)
        {
            Pause(trouble);
            return;
        }

        if (_trouble is not null)
        {
            _trouble = null;
            _crashes.WasChecked();
            LogEvents.WorkerGoesOn(_log, _settings.Name);
            _tellNode(new WorkerEvent.Paused(null));
            RenewLeases();
        }

        AskForWork();
    }

    private static string PauseReason(MachineTrouble trouble) => $"the worker pauses: {trouble.Reason}";

    /// <summary>What runs, and what ended and could not be reported yet: the coordinator must not take either for lost.</summary>
    private IEnumerable<AttemptId> Holding() =>
        _slots.Where(slot => slot.Attempt is not null).Select(slot => slot.Attempt!.Value)
            .Concat(_outbox.Open.Where(report => report.Content.EndsAttempt).Select(report => report.Attempt))
            .Distinct();

    private void Replace(Slot slot)
    {
        LogEvents.SlotReplaced(_log, slot.Number, _settings.Name);
        slot.Actor = NewSlot(slot.Number);
        if (slot.Attempt is { } attempt && SlotOf(attempt) == slot)
        {
            Free(attempt);
            Report(attempt, new ReportContent.Faulted(new(FaultKind.Error, "the worker's slot failed", "")));
            AskForWork();
        }
    }

    private void BeginDrain()
    {
        if (!_isDraining)
        {
            _isDraining = true;
            Tell(new WorkerDrains(_identity));
            LogEvents.DrainBegan(_log, _settings.Name, _slots.Count(slot => slot.Attempt is not null));
            foreach (var slot in _slots.Where(slot => slot.Attempt is not null))
            {
                // Those that are only kept empty pass it over.
                slot.Actor.Tell(new StopTraining("the worker is stopping"));
            }
        }

        FinishDrain();
    }

    private void FinishDrain()
    {
        if (_isDraining && _outbox.IsEmpty && _slots.All(slot => slot.Attempt is null))
        {
            foreach (var drainer in _drainers)
            {
                drainer.Tell(new Drained());
            }

            _drainers.Clear();
            _tellNode(new WorkerEvent.Drained());
        }
    }

    private static SlotCount Count(IEnumerable<Slot> slots)
    {
        var kinds = slots.ToLookup(slot => slot.Kind);
        return new(kinds[Devices.Cpu].Count(), kinds[Devices.Gpu].Count());
    }

    /// <summary>Free slots of a kind; for an attempt that takes any, cores first, as the coordinator counts.</summary>
    private IEnumerable<Slot> FreeSlots(string? kind) => _slots
        .Where(slot => slot.Attempt is null && (kind is null || slot.Kind == kind))
        .OrderBy(slot => slot.Kind == Devices.Cpu ? 0 : 1);

    private Slot? SlotOf(AttemptId attempt) => Array.Find(_slots, slot => slot.Attempt == attempt);

    private void Free(AttemptId attempt)
    {
        foreach (var slot in _slots.Where(slot => slot.Attempt == attempt))
        {
            slot.Attempt = null;
        }
    }

    /// <summary>Slots that train: each with a folder and a device of its own.</summary>
    public static Func<int, Props> TrainingSlots(WorkerSettings settings, IBlobStore blobs, ILogger log) => number =>
    {
        var folder = Path.Combine(settings.WorkFolder, $"slot-{number}");
        return Props.Create(() => new SlotActor(settings, settings.DeviceOf(number), folder, blobs, log)).WithDispatcher("pinnsweep.slot-dispatcher");
    };

    private IActorRef NewSlot(int number) => Context.Watch(Context.ActorOf(_slotProps(number)));

    private void Tell(IFromWorker message) => _coordinator.Tell(message);

    private sealed class Slot(int number, string kind, IActorRef actor)
    {
        public int Number => number;

        public string Kind => kind;

        public IActorRef Actor { get; set; } = actor;

        public AttemptId? Attempt { get; set; }
    }

    private sealed record Register : INoSerializationVerificationNeeded
    {
        public static Register Instance { get; } = new();
    }

    private sealed record Poll : INoSerializationVerificationNeeded
    {
        public static Poll Instance { get; } = new();
    }

    private sealed record Renew : INoSerializationVerificationNeeded
    {
        public static Renew Instance { get; } = new();
    }

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }
}
