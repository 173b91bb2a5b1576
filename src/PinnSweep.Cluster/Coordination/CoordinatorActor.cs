using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Storage;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the studies and grants leases: a thin shell around <see cref="CoordinatorDecider"/>, with a desk for workers, one for studies and
/// one for time, which share the <see cref="DecisionBatch"/>. Persists decisions and nothing else; what follows from a decision is said
/// after it is in the journal and in the tables. On restart it recovers from the journal, begins a new epoch and gives open leases one more
/// term. The back-off supervisor above it restarts it when it stops, as a failed write makes it do.
/// </summary>
internal sealed class CoordinatorActor : ReceivePersistentActor, IWithTimers
{
    private readonly Store _store;
    private readonly CoordinatorSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly DecisionBatch _batch;
    private readonly WorkerDesk _workers;
    private readonly StudyDesk _studies;
    private readonly LeaseRounds _rounds;
    private readonly LoadLog _load;
    private readonly AlertDesk _alerts;
    private readonly CoordinatorFigures _figures;
    private readonly IActorRef _writer;
    private readonly IActorRef _curves;
    private readonly IActorRef _reader;

    // Read by the thread that reads studies, too.
    private volatile bool _isStopping;

    private bool _isSavingSnapshot;
    private long _lastSnapshot;
    private long _replayed;

    public CoordinatorActor(Store store, CoordinatorSettings settings, TimeProvider clock, ILogger log)
    {
        _store = store;
        _settings = settings;
        _clock = clock;
        _log = log;
        _writer = Context.Watch(Context.ActorOf(
            Props.Create(() => new DecisionWriterActor(store, clock, log)).WithDispatcher("pinnsweep.store-dispatcher"), "writer"));

        _curves = Context.Watch(Context.ActorOf(
            Props.Create(() => new CurveWriterActor(store, settings.CurvesEvery, log)).WithDispatcher("pinnsweep.store-dispatcher"), "curves"));

        _reader = Context.Watch(Context.ActorOf(
            Props.Create(() => new StudyReaderActor(store, () => _isStopping)).WithDispatcher("pinnsweep.store-dispatcher"), "reader"));

        _batch = new(settings, new(clock), () => Self.Tell(Flush.Instance));
        _workers = new(_batch, settings, clock, new(_reader), Context, log);
        _studies = new(_batch, _reader);
        _rounds = new(_batch, settings, log);
        _load = new(_batch, settings.LoadEvery, log);
        _alerts = settings.Alerts is { } told
            ? new(_batch, Context.ActorOf(AlertActor.Supervised(told, store, clock, log), "alerts"), told.LookEvery)
            : new(_batch, ActorRefs.Nobody, default);
        _figures = new(_batch.Tally);

        RecoverAll();
        HearWorkers();
        HearPeople();
        HearOwn();
    }

    public override string PersistenceId => "coordinator";

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A writer that fails is not restarted: its next state must come from the journal.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => LogEvents.JournalFailed(_log, cause);

    /// <summary>An outage passes by itself; damage does not. This life of the actor is over, so it may wait for what is found.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        LogEvents.RecoveryFailed(_log, reason);
        JournalMending.Try(_store, isForced: false, reason.Message, _clock, _log);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // The state already holds what the journal refused, so it cannot be kept.
        LogEvents.JournalFailed(_log, cause);
        Context.Stop(Self);
    }

    protected override void PostStop()
    {
        CoordinatorGauges.Remove(_figures);
        base.PostStop();
    }

    private void RecoverAll()
    {
        Recover<SnapshotOffer>(offer =>
        {
            _batch.Restore((CoordinatorState)offer.Snapshot);
            _lastSnapshot = _replayed = offer.Metadata.SequenceNr;
        });
        Recover<SweepEvent>(happened =>
        {
            if (LastSequenceNr != ++_replayed)
            {
                throw new InvalidDataException($"event {_replayed} is missing from the journal; the next one is {LastSequenceNr}");
            }

            _batch.Replay(happened);
        });
        Recover<RecoveryCompleted>(_ => Begin());
    }

    private void HearWorkers()
    {
        Command<RegisterWorker>(register => _workers.Register(register, Sender));
        Command<RequestWork>(request => _workers.Grant(request, Sender));
        Command<TrialTaken>(taken => _workers.Alive(taken.Worker, taken.Attempt, Sender));
        Command<TrialRefused>(refused => _batch.Decide(new ReleaseTrial(refused.Attempt.Key, refused.Attempt.Number, refused.Reason)));
        Command<RenewLeases>(renewal => _workers.Renew(renewal, Sender));
        Command<WorkerDrains>(_workers.Orders.NoteDrain);
        Command<TrialProgress>(progress =>
        {
            if (_workers.Alive(progress.Worker, progress.Attempt, Sender))
            {
                _batch.Watchers.Note(progress.Attempt, progress.Progress);
                _curves.Tell(new LivePoint(progress.Attempt.Key, progress.Attempt.Number, progress.Progress, _clock.GetUtcNow()));
            }
        });
        Command<Report>(report => _workers.Hear(report, Sender));
    }

    private void HearPeople()
    {
        Command<StudyProtocol.SubmitRequest>(submit => _studies.Load(new(submit.Hash, submit.Placement, Sender)));
        Command<StudyProtocol.CheckStudy>(check => _studies.Check(check.Hash));
        Command<StudyProtocol.LookForStage>(look => _studies.LookForStage(look.Hash));
        Command<StudyProtocol.PauseRequest>(pause =>
        {
            _studies.Answer(Sender, pause.Hash, new PauseStudy(pause.Hash));
            _rounds.StopPaused();
        });
        Command<StudyProtocol.ResumeRequest>(resume => _studies.Answer(Sender, resume.Hash, new ResumeStudy(resume.Hash)));
        Command<StudyProtocol.CancelRequest>(cancel => _studies.Answer(Sender, cancel.Hash, new CancelStudy(cancel.Hash)));
        Command<StudyProtocol.RetryRequest>(retry => _studies.Answer(Sender, retry.Hash, new RetryStudy(retry.Hash)));
        Command<StudyProtocol.WatchStudy>(watch =>
        {
            _batch.Watchers.Add(watch.Hash, Context.Watch(Sender));
            _batch.Announce(watch.Hash);
        });
        Command<StudyProtocol.ListStudies>(list => _batch.Say(Sender, CoordinatorAnswers.Of(list, _batch.State)));
        Command<StudyProtocol.GetStudy>(get => _batch.Say(Sender, CoordinatorAnswers.Of(get, _batch.State, _batch.Watchers)));
        Command<StudyProtocol.ListWorkers>(list => _batch.Say(Sender, CoordinatorAnswers.Of(list, _batch.State, _batch.Roster, _batch.Now)));
        Command<StudyProtocol.GetWorker>(get => _batch.Say(Sender, CoordinatorAnswers.Of(get, _batch.State, _batch.Roster, _batch.Watchers, _batch.Now)));
        Command<StudyProtocol.DrainWorker>(drain => _workers.Orders.Drain(drain, Sender));
        Command<StudyProtocol.RestWorker>(rest => _workers.Orders.Rest(rest, Sender));
        Command<StudyProtocol.WakeWorker>(wake => _workers.Orders.Wake(wake, Sender));
        Command<StudyProtocol.WhyTrial>(why => _batch.Say(Sender, CoordinatorAnswers.Of(why, _batch.State, _batch.Roster)));
    }

    private void HearOwn()
    {
        Command<WriterMessages.Reconciled>(_ => _studies.TrustTables());
        Command<WriterMessages.SeedsCounted>(_studies.NoteSeeds);
        Command<WriterMessages.StudyLoaded>(_studies.Submit);
        Command<WriterMessages.StageDecided>(decided => _studies.Extend(decided, _log));
        Command<WriterMessages.ShapesRead>(_workers.Note);
        Command<WriterMessages.StudyChecked>(seen => _studies.GiveBack(seen.Damaged));
        Command<Tick>(_ => _rounds.LookAtTheClock());
        Command<StatusTick>(_ =>
        {
            _studies.DecideStages();
            _load.Look();
            _alerts.Look();
            ShowFigures();
            foreach (var study in _batch.Watchers.Studies)
            {
                _batch.Announce(study);
            }
        });
        Command<Flush>(_ => Persist());
        Command<Terminated>(Lose);
        Command<StopCoordinator>(_ => Stop());
        Command<SaveSnapshotSuccess>(saved =>
        {
            _isSavingSnapshot = false;
            // The one before is kept, should this one turn out to be unreadable.
            DeleteSnapshots(new SnapshotSelectionCriteria(_lastSnapshot - 1));
            _lastSnapshot = saved.Metadata.SequenceNr;
        });
        Command<SaveSnapshotFailure>(failure =>
        {
            _isSavingSnapshot = false;
            LogEvents.SnapshotFailed(_log, failure.Cause);
        });
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failure => LogEvents.SnapshotFailed(_log, failure.Cause));
    }

    private void Begin()
    {
        _writer.Tell(new WriterMessages.Reconcile(_batch.State, LastSequenceNr));
        _rounds.Begin();
        _batch.Begin();
        _batch.Decide(new BeginEpoch());
        CoordinatorGauges.Add(_figures);
        ShowFigures();
        Timers.StartPeriodicTimer("tick", Tick.Instance, _settings.TickEvery);
        Timers.StartPeriodicTimer("status", StatusTick.Instance, _settings.StatusEvery);
    }

    private void ShowFigures()
    {
        if (CoordinatorGauges.AreRead)
        {
            _figures.Show(_batch.State, _batch.Roster.Fleet, _batch.Watchers.StepsPerSecond(_batch.State));
        }
    }

    private void Lose(Terminated terminated)
    {
        if (terminated.ActorRef.Equals(_writer) || terminated.ActorRef.Equals(_curves) || terminated.ActorRef.Equals(_reader))
        {
            if (_isStopping && terminated.ActorRef.Equals(_reader))
            {
                // What is still to be written is written first.
                return;
            }

            Context.Stop(Self);
        }
        else if (!_workers.Lose(terminated.ActorRef))
        {
            _batch.Watchers.Remove(terminated.ActorRef);
        }
    }

    private void Persist()
    {
        // What is asked for here is asked once these decisions are in the tables.
        _studies.DecideStages();
        var (events, followups) = _batch.Take();
        if (events.IsEmpty)
        {
            _writer.Tell(new WriterMessages.Write([], LastSequenceNr, followups));
            return;
        }

        var left = events.Length;
        var asked = _clock.GetTimestamp();
        PersistAll(events, happened =>
        {
            DecisionLog.Write(_log, happened, _batch.State);
            CoordinatorMetrics.Count(happened, _batch.State);
            if (--left == 0)
            {
                var took = _clock.GetElapsedTime(asked);
                CoordinatorMetrics.Persisted(took, events.Length);
                if (took > _settings.SlowPersist)
                {
                    LogEvents.PersistSlow(_log, took.TotalSeconds, events.Length);
                }

                Persisted(events, followups);
            }
        });
    }

    private void Persisted(ImmutableArray<SweepEvent> events, ImmutableArray<Followup> followups)
    {
        _writer.Tell(new WriterMessages.Write(events, LastSequenceNr, followups));
        var isSettled = DecisionLog.WriteSettled(_log, events, _batch.State);
        // Saving takes longer than the next batches do, each of which would find the last snapshot too old still.
        var isOld = !_isSavingSnapshot && LastSequenceNr - _lastSnapshot >= _settings.SnapshotAfter(_batch.State.Trials.Count);
        if (isOld || isSettled)
        {
            _isSavingSnapshot = true;
            // Commands wait while a batch is written, so the state is exactly what the journal holds now.
            SaveSnapshot(_batch.State);
        }
    }

    private void Stop()
    {
        if (_batch.IsDue)
        {
            Self.Tell(StopCoordinator.Instance);
        }
        else if (!_isStopping)
        {
            _isStopping = true;
            _writer.Tell(new WriterMessages.Close());
        }
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }

    private sealed record StatusTick : INoSerializationVerificationNeeded
    {
        public static StatusTick Instance { get; } = new();
    }

    private sealed record Flush : INoSerializationVerificationNeeded
    {
        public static Flush Instance { get; } = new();
    }
}
