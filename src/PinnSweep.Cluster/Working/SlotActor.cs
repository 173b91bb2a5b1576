using System.ComponentModel;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using static PinnSweep.Cluster.Working.SlotMessages;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Owns one trainer process and its files: carries out what <see cref="SlotDecider"/> decides, and decides nothing itself. Persists
/// nothing. It is never restarted: its worker watches it, reports the attempt as faulted and makes a new one. Lives on a thread of its own
/// because files, hashing and starting processes block; a message that stores something is finished before the next is looked at, so a
/// checkpoint is always reported before the end of its attempt.
/// </summary>
internal sealed class SlotActor : ReceiveActor, IWithTimers
{
    private readonly WorkerSettings _settings;
    private readonly TrainerLaunch _launch;
    private readonly string _engine;
    private readonly Func<TrainerLaunch, Action<TrainerSignal>, ITrainer> _start;
    private readonly SlotFiles _files;
    private readonly SlotTrace _trace;
    private readonly RemarkGate _remarks;
    private readonly Func<MachineTrouble?> _lookAtGpu;
    private readonly ILogger _log;
    private SlotState _state = SlotState.Idle;
    private ITrainer? _trainer;
    private TimeSpan _waitedBefore;
    private (ITrainer? Of, TimeSpan At) _waitSeen;

    public SlotActor(
        WorkerSettings settings, SlotDevice? device, Func<TrainerLaunch, Action<TrainerSignal>, ITrainer> start, string folder, IBlobStore blobs, RemarkGate remarks, GpuWatch gpus, ILogger log)
    {
        _start = start;
        _settings = settings;
        _launch = settings.Trainer.With(device?.Variables() ?? []);
        _engine = device?.Engine(settings.Engine) ?? settings.Engine;
        _files = new(folder, blobs, settings.Name, log);
        _trace = new(settings.Name);
        _remarks = remarks;
        _lookAtGpu = () => gpus.TroubleOf(device);
        _log = log;

        ReceiveAsync<Train>(train => DoAsync(new SlotCommand.Begin(train.Start)));
        ReceiveAsync<StopTraining>(stop => DoAsync(new SlotCommand.Stop(stop.Reason)));
        ReceiveAsync<Abandon>(abandon => DoAsync(new SlotCommand.Abandon(abandon.Attempt)));
        ReceiveAsync<Heard>(heard => DoAsync(LookAtGpu(heard.Command)));
        ReceiveAsync<Hung>(_ => DoAsync(LookAtGpu(new SlotCommand.HearNothing((_trainer?.WaitedForProcessor() ?? TimeSpan.Zero) - _waitedBefore, _trainer?.Company ?? 1))));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _trainer?.Discard();
        _trace.End();
        foreach (var (remark, more) in _remarks.TakeRepeated())
        {
            LogEvents.RemarkRepeated(_log, more, _settings.Name, remark);
        }
    }

    private async Task DoAsync(SlotCommand command)
    {
        foreach (var act in SlotDecider.Decide(_state, command, _settings.Slots, _settings.HangTimeout))
        {
            _state = _state.Apply(act);
            if (await CarryOutAsync(act) is { } answer)
            {
                await DoAsync(answer);
            }
        }
    }

    private async Task<SlotCommand.Answer?> CarryOutAsync(SlotAct act) => act switch
    {
        SlotAct.MakeFolder make => _files.MakeFolder(make.Attempt),
        SlotAct.StartTrainer start => StartTrainer(start),
        SlotAct.FetchCheckpoint fetch => await MoveAsync(Spans.Transfer, WorkerMetrics.Fetch, fetch.Checkpoint.Bytes, () => _files.FetchAsync(fetch.Attempt, fetch.Checkpoint)),
        SlotAct.HandOver hand => HandOver(hand.Job),
        SlotAct.StoreCheckpoint store => await MoveAsync(Spans.Checkpoint, WorkerMetrics.Store, store.Told.Bytes, () => _files.StoreAsync(store.Attempt, store.Told)),
        SlotAct.StoreResult store => await StoreResultAsync(store),
        _ => CarryOut(act),
    };

    private Task<SlotCommand.Answer> StoreResultAsync(SlotAct.StoreResult store)
    {
        _trace.EndTraining();
        return MoveAsync(Spans.Transfer, WorkerMetrics.Store, store.Told.Bytes, () => _files.StoreAsync(store.Job, store.Told));
    }

    /// <summary>Moves a file between the slot and the store; what comes of it is the answer's affair.</summary>
    private async Task<SlotCommand.Answer> MoveAsync(string name, string direction, long bytes, Func<Task<SlotCommand.Answer>> move)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var span = _trace.Move(name, direction, bytes);
        var answer = await move();
        if (answer is SlotCommand.CheckpointFetched or SlotCommand.CheckpointStored or SlotCommand.ResultStored)
        {
            WorkerMetrics.Moved(direction, bytes, TimeProvider.System.GetElapsedTime(began));
        }
        else
        {
            span.Fail(answer.GetType().Name);
        }

        return answer;
    }

    /// <summary>What has no answer.</summary>
    private SlotCommand.Answer? CarryOut(SlotAct act)
    {
        switch (act)
        {
            case SlotAct.TakeJob take:
                _trace.Take(take.Start);
                break;
            case SlotAct.AskToStop:
                _trainer?.Send(new TrainerProtocol.Stop());
                break;
            case SlotAct.EndJob end:
                Timers.Cancel(nameof(Hung));
                _files.DeleteFolder(end.Attempt);
                _trace.End();
                break;
            case SlotAct.NoteReady { Ready: var ready }:
                LogEvents.TrainerReady(_log, _trainer!.Id, ready.Engine, ready.Version);
                break;
            case SlotAct.NoteEnd end:
                LogEvents.TrainerEnded(_log, _trainer!.Id, end.ExitCode);
                _trainer = null;
                break;
            case SlotAct.DiscardTrainer:
                _trainer?.Discard();
                _trainer = null;
                break;
            case SlotAct.KillTrainer:
                _trainer?.Kill();
                _trainer = null;
                break;
            case SlotAct.TellCrowd tell:
                Context.Parent.Tell(new Crowded(tell.Company, tell.IsMemory, tell.Why));
                break;
            case SlotAct.ExpectWord:
                NoteWait();
                Timers.StartSingleTimer(nameof(Hung), Hung.Instance, _settings.HangTimeout);
                break;
            case SlotAct.WaitLonger wait:
                _waitedBefore += wait.Time;
                Timers.StartSingleTimer(nameof(Hung), Hung.Instance, wait.Time);
                break;
            case SlotAct.TellProgress tell:
                Context.Parent.Tell(new Progressed(tell.Attempt, tell.Progress));
                break;
            case SlotAct.TellReport tell:
                _trace.NoteEnd(tell.Content);
                Context.Parent.Tell(new Reported(tell.Attempt, tell.Content, _trace.ParentOf(tell.Attempt)));
                break;
            case SlotAct.TellTrouble tell:
                Context.Parent.Tell(new MachineFailed(tell.Trouble));
                break;
            case SlotAct.TellRefusal tell:
                Context.Parent.Tell(new BlobsRefused(tell.Why));
                break;
            case SlotAct.NotePart { Part: var part }:
                _trace.Note(part);
                break;
            case SlotAct.NoteAbandoned note:
                LogEvents.AttemptAbandoned(_log, note.Attempt.Key, note.Attempt.Number, _settings.Name);
                break;
            case SlotAct.NoteRemark { Remark: var remark } note:
                var isNew = remark.Level == "warning" && _remarks.IsNew(remark.Message);
                LogEvents.TrainerSays(_log, isNew ? LogLevel.Warning : LogLevel.Information, note.Attempt?.Key, remark.Message);
                break;
        }

        return null;
    }

    /// <summary>
    /// How long the trainer has waited for a processor stands in a file for each of its threads: read once a second it costs nothing, and
    /// beside minutes of silence that second is nothing.
    /// </summary>
    private void NoteWait()
    {
        var now = Context.System.Scheduler.MonotonicClock;
        if (_trainer != _waitSeen.Of || now - _waitSeen.At > TimeSpan.FromSeconds(1))
        {
            _waitSeen = (_trainer, now);
            _waitedBefore = _trainer?.WaitedForProcessor() ?? TimeSpan.Zero;
        }
    }

    private SlotCommand.Answer StartTrainer(SlotAct.StartTrainer start)
    {
        try
        {
            var self = Self;
            _trainer = _start(_launch, signal => self.Tell(new Heard(CommandOf(start.Number, signal))));
            LogEvents.TrainerStarted(_log, _trainer.Id);
            WorkerMetrics.TrainerStarted();
            return new SlotCommand.TrainerStarted(start.Attempt);
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return new SlotCommand.MachineRefused(start.Attempt, TroubleSigns.OfStart(refused));
        }
    }

    private SlotCommand.HandedOver HandOver(SlotJob job)
    {
        var fromStep = job.ResumeFrom is null ? 0 : job.Start.ResumeFrom!.Step;
        _trace.BeginTraining(_engine, fromStep);
        var wasWritten = _trainer!.Send(new TrainerProtocol.Train(
            job.Start.Description, job.Attempt.Number, _files.FolderOf(job.Attempt), job.ResumeFrom,
            _settings.CheckpointEvery.TotalSeconds, _settings.ProgressEvery.TotalSeconds, _engine)
        {
            KeepsFinal = job.Start.KeepsFinal,
            // What goes on at once has its end already.
            KeepsEnd = _settings.KeepsFinals && !job.Start.KeepsFinal,
            KeepsNetwork = _settings.KeepsNetworks,
            Continued = job.ResumeFrom is null ? null : job.Start.Continued,
            TraceParent = _trace.Training,
        });
        var description = TrialDescription.Parse(job.Start.Description);
        var levels = description.Levels;
        LogEvents.TrialStarted(
            _log, job.Attempt.Key, job.Attempt.Number, _settings.Name, fromStep, levels.Problem.Kind,
            levels.Network.Kind, levels.Balancer.Kind, levels.Sampler.Kind, levels.Optimizer.Kind, description.Seed);
        return new(job.Attempt, wasWritten);
    }

    /// <summary>Before a trial is charged, its GPU is looked at: one that left the machine gives a process no certain sign of it.</summary>
    private SlotCommand LookAtGpu(SlotCommand command) => _state.Job is null ? command : command switch
    {
        SlotCommand.Hear { Said: TrainerProtocol.Failed } failed => failed with { Gpu = _lookAtGpu() },
        SlotCommand.SeeEnd end => end with { Gpu = _lookAtGpu() },
        SlotCommand.HearNothing silence => silence with { Gpu = _lookAtGpu() },
        _ => command,
    };

    private static SlotCommand CommandOf(int trainer, TrainerSignal signal) => signal switch
    {
        TrainerSignal.Said said => new SlotCommand.Hear(trainer, said.Event, said.Company),
        TrainerSignal.Garbled garbled => new SlotCommand.HearGarbled(trainer, garbled.Line),
        TrainerSignal.Ended ended => new SlotCommand.SeeEnd(trainer, ended, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal.GetType().Name, "not a signal of a trainer"),
    };

    private sealed record Heard(SlotCommand Command) : INoSerializationVerificationNeeded;

    private sealed record Hung : INoSerializationVerificationNeeded
    {
        public static Hung Instance { get; } = new();
    }
}
