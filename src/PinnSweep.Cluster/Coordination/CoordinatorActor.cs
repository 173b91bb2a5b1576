using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Storage;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the studies and grants leases: a thin shell around <see cref="CoordinatorDecider"/>. Persists decisions and nothing else; what
/// follows from a decision is said after it is in the journal and in the tables. On restart it recovers from the journal, begins a new
/// epoch and gives open leases one more term. The back-off supervisor above it restarts it when it stops, as a failed write makes it do.
/// One long file: it is a table of the protocol's commands, and all of them share the batch that is being written.
/// </summary>
internal sealed class CoordinatorActor : ReceivePersistentActor, IWithTimers
{
    private readonly Store _store;
    private readonly CoordinatorSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SteadyClock _steady;
    private readonly LeaseClock _leases;
    private readonly WorkerRoster _roster = new();
    private readonly NameClaims _names;
    private readonly StudyWatchers _watchers = new();
    private readonly IActorRef _writer;
    private readonly IActorRef _curves;
    private readonly IActorRef _reader;

    // Whoever asks again while a study is still being read is answered with the others.
    private readonly Dictionary<string, List<WriterMessages.LoadStudy>> _loading = new(StringComparer.Ordinal);

    // Decided and not yet handed to the journal. Commands that arrive while a batch is being written share the next one.
    private readonly List<SweepEvent> _events = [];
    private readonly List<Followup> _followups = [];
    private CoordinatorState _state = CoordinatorState.Empty;
    private bool _isFlushDue;
    private bool _areTablesSound;

    // Read by the thread that reads studies, too.
    private volatile bool _isStopping;

    private bool _isSavingSnapshot;
    private long _lastSnapshot;
    private DateTimeOffset _lookedAt;
    private long _replayed;

    public CoordinatorActor(Store store, CoordinatorSettings settings, TimeProvider clock, ILogger log)
    {
        _store = store;
        _settings = settings;
        _clock = clock;
        _steady = new(clock);
        _log = log;
        _leases = new(settings.Policy.LeaseDuration);
        _names = new(settings.Policy.LeaseDuration, _steady.Now);
        _writer = Context.Watch(Context.ActorOf(
            Props.Create(() => new DecisionWriterActor(store, clock, log)).WithDispatcher("pinnsweep.store-dispatcher"), "writer"));

        _curves = Context.Watch(Context.ActorOf(
            Props.Create(() => new CurveWriterActor(store, settings.CurvesEvery, log)).WithDispatcher("pinnsweep.store-dispatcher"), "curves"));

        _reader = Context.Watch(Context.ActorOf(
            Props.Create(() => new StudyReaderActor(store, () => _isStopping)).WithDispatcher("pinnsweep.store-dispatcher"), "reader"));

        Recover<SnapshotOffer>(offer =>
        {
            _state = (CoordinatorState)offer.Snapshot;
            _lastSnapshot = _replayed = offer.Metadata.SequenceNr;
        });
        Recover<SweepEvent>(happened =>
        {
            if (LastSequenceNr != ++_replayed)
            {
                throw new InvalidDataException($"event {_replayed} is missing from the journal; the next one is {LastSequenceNr}");
            }

            _state = _state.Apply(happened);
        });
        Recover<RecoveryCompleted>(_ => Begin());

        Command<RegisterWorker>(Register);
        Command<RequestWork>(Grant);
        Command<TrialTaken>(taken => Alive(taken.Worker, taken.Attempt));
        Command<TrialRefused>(refused => Decide(new ReleaseTrial(refused.Attempt.Key, refused.Attempt.Number, refused.Reason)));
        Command<RenewLeases>(Renew);
        Command<WorkerDrains>(drains =>
        {
            if (_roster.Find(drains.Worker) is { } worker)
            {
                worker.IsDraining = true;
            }
        });
        Command<TrialProgress>(progress =>
        {
            if (Alive(progress.Worker, progress.Attempt))
            {
                _watchers.Note(progress.Attempt, progress.Progress);
                _curves.Tell(new LivePoint(progress.Attempt.Key, progress.Attempt.Number, progress.Progress, _clock.GetUtcNow()));
            }
        });
        Command<Report>(Hear);

        Command<StudyProtocol.SubmitStudy>(submit => Load(new(submit.Hash, submit.Placement, Sender)));
        Command<WriterMessages.Reconciled>(_ =>
        {
            // What the tables say of a study's results counts only now.
            _areTablesSound = true;
            foreach (var waiting in _loading.Values)
            {
                _reader.Tell(waiting[0]);
            }

            foreach (var study in _state.Studies.Values.Where(study => study is { IsWanted: true, IsSettled: false, Seeds: 0 }))
            {
                _reader.Tell(new WriterMessages.CountSeeds(study.Hash));
            }
        });
        Command<WriterMessages.SeedsCounted>(counted =>
        {
            if (counted.Seeds > 0 && _state.Studies[counted.Hash] is { IsWanted: true } study)
            {
                Decide(new SubmitStudy(study.Hash, study.Name, study.Trials) { Seeds = counted.Seeds });
            }
        });
        Command<WriterMessages.StudyLoaded>(Submit);
        Command<StudyProtocol.CheckStudy>(check => Check(check.Hash));
        Command<WriterMessages.StudyChecked>(seen => GiveBack(seen.Damaged));
        Command<StudyProtocol.PauseStudy>(pause =>
        {
            Answer(pause.Hash, new PauseStudy(pause.Hash));
            StopPaused();
        });
        Command<StudyProtocol.ResumeStudy>(resume => Answer(resume.Hash, new ResumeStudy(resume.Hash)));
        Command<StudyProtocol.CancelStudy>(cancel => Answer(cancel.Hash, new CancelStudy(cancel.Hash)));
        Command<StudyProtocol.RetryStudy>(retry => Answer(retry.Hash, new RetryStudy(retry.Hash)));
        Command<StudyProtocol.WatchStudy>(watch =>
        {
            _watchers.Add(watch.Hash, Context.Watch(Sender));
            Announce(watch.Hash);
        });
        Command<StudyProtocol.ListStudies>(list => Say(Sender, CoordinatorAnswers.Of(list, _state)));
        Command<StudyProtocol.GetStudy>(get => Say(Sender, CoordinatorAnswers.Of(get, _state, _watchers)));
        Command<StudyProtocol.ListWorkers>(list => Say(Sender, CoordinatorAnswers.Of(list, _state, _roster, _steady.Now)));
        Command<StudyProtocol.DrainWorker>(Drain);
        Command<StudyProtocol.WhyTrial>(why => Say(Sender, CoordinatorAnswers.Of(why, _state, _roster)));

        Command<Tick>(_ => LookAtTheClock());
        Command<StatusTick>(_ =>
        {
            foreach (var study in _watchers.Studies)
            {
                Announce(study);
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

    private void Begin()
    {
        _writer.Tell(new WriterMessages.Reconcile(_state, LastSequenceNr));
        _lookedAt = _steady.Now;
        _leases.Extend(_state, _lookedAt);
        Decide(new BeginEpoch());
        Timers.StartPeriodicTimer("tick", Tick.Instance, _settings.TickEvery);
        Timers.StartPeriodicTimer("status", StatusTick.Instance, _settings.StatusEvery);
    }

    private void Load(WriterMessages.LoadStudy load)
    {
        if (_loading.TryGetValue(load.Hash, out var others))
        {
            others.Add(load);
            return;
        }

        _loading[load.Hash] = [load];
        if (_areTablesSound)
        {
            _reader.Tell(load);
        }
    }

    private void Submit(WriterMessages.StudyLoaded loaded)
    {
        _loading.Remove(loaded.Asked.Hash, out var asked);
        foreach (var ask in asked!)
        {
            if (loaded.Name is not null)
            {
                Decide(new SubmitStudy(ask.Hash, loaded.Name, loaded.Trials, ask.Placement) { Seeds = loaded.Seeds });
            }

            Say(ask.Asker, new StudyProtocol.StudyAnswer(ask.Hash, loaded.Name is not null));
        }

        GiveBack(loaded.Damaged);
    }

    /// <summary>Somebody met a result that cannot be read, so all of its study are looked at.</summary>
    private void Check(string hash)
    {
        if (_state.Studies.GetValueOrDefault(hash) is { IsWanted: true } && _areTablesSound)
        {
            _reader.Tell(new WriterMessages.CheckStudy(hash));
        }
    }

    /// <summary>Has trained again what the store has lost. Whoever was told of the study in the same batch hears of it with that.</summary>
    private void GiveBack(ImmutableArray<DamagedTrial> damaged)
    {
        foreach (var trial in damaged)
        {
            Decide(new LoseResult(trial.Key, trial.Attempt, trial.What));
        }
    }

    private void Register(RegisterWorker register)
    {
        if (_names.Refuse(register, Sender, _state, _roster, _steady.Now, out var isFirst) is { } refusal)
        {
            if (isFirst || refusal.IsFinal)
            {
                LogEvents.RegistrationRefused(_log, register.Worker.Name, refusal.Reason);
            }

            Say(Sender, refusal);
            return;
        }

        var entry = new RosterEntry(register.Worker, Sender, register.Slots, register.Software)
        {
            IsDraining = register.IsDraining,
            Paused = register.Paused,
            Process = register.Process,
            HeardAt = _steady.Now,
            Since = _roster.Find(register.Worker)?.Since ?? _clock.GetUtcNow(),
        };
        if (_roster.Welcome(entry) is { } before && !before.Actor.Equals(Sender))
        {
            Context.Unwatch(before.Actor);
        }

        Context.Watch(Sender);
        // An attempt on its way to the worker is not lost.
        Decide(new WelcomeWorker(register.Worker, [.. register.Holding, .. _roster.OffersTo(register.Worker)]));
        LogEvents.WorkerRegistered(_log, register.Worker.Name, register.Slots.Total, register.Holding.Length);
        Say(Sender, new WorkerRegistered(
            _state.Epoch, _settings.Policy.LeaseDuration, [.. register.Holding.Where(attempt => !Holds(register.Worker, attempt))], _settings.BlobUrl));
    }

    private void Grant(RequestWork request)
    {
        if (_roster.Find(request.Worker) is not { } worker)
        {
            AskToRegister(request.Worker);
            return;
        }

        worker.HeardAt = _steady.Now;
        // What is on its way will fill slots that the worker still counts as free, and an old request counts slots that are filled by now.
        var leased = _state.Leases.Where(held => held.Lease.Worker == worker.Worker).Sum(held => held.Lease.Room);
        var free = request.Free.AtMost(worker.Slots.Total - leased);

        var granted = Decide(new GrantWork(worker.Worker, free, _roster.Fleet, request.SecondsLeft)).Events.OfType<TrialLeased>().ToArray();
        worker.Unfilled = Math.Max(0, free.Total - granted.Sum(grant => grant.Lease.Room));
        foreach (var grant in granted)
        {
            var attempt = new AttemptId(grant.Key, grant.Lease.Attempt);
            _roster.Offer(attempt, worker.Worker, grant.At + _settings.OfferTimeout);
            Then(new Followup.Start(worker.Actor, _state.Epoch, attempt, _state.Trials[grant.Key].Checkpoint, grant.Lease.Device, grant.Lease.Room));
        }
    }

    private void Hear(Report report)
    {
        var (key, number) = report.Attempt;
        _roster.Taken(report.Attempt);
        if (!report.Content.EndsAttempt)
        {
            Alive(report.Worker, report.Attempt);
        }

        var decision = Decide(report.Content switch
        {
            ReportContent.Checkpointed checkpointed => new RecordCheckpoint(key, number, checkpointed.Checkpoint),
            ReportContent.CheckpointLost lost => new LoseCheckpoint(key, number, lost.Blob, lost.Reason),
            ReportContent.Finished finished => new AcceptResult(key, number, finished.Result),
            ReportContent.Faulted faulted => new RecordFault(key, number, faulted.Fault),
            ReportContent.Released released => new ReleaseTrial(key, number, released.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Content.GetType().Name, "not a report"),
        });
        var isCounted = decision.Events.Count > 0;
        if (!isCounted)
        {
            LogEvents.ReportNotCounted(_log, key, number, report.Worker.Name, decision.Rejection);
        }

        Say(Sender, new ReportAcknowledged(_state.Epoch, report.Number, isCounted));
    }

    private void Renew(RenewLeases renewal)
    {
        if (_roster.Find(renewal.Worker) is not { } worker)
        {
            AskToRegister(renewal.Worker);
        }
        else
        {
            worker.HeardAt = _steady.Now;
            NotePause(worker, renewal.Paused);
            Say(Sender, new LeasesRenewed(_state.Epoch));
        }

        foreach (var attempt in renewal.Holding)
        {
            Alive(renewal.Worker, attempt);
        }
    }

    /// <summary>Asks those who train for paused studies alone to write a checkpoint. Repeated with the clock, so nothing depends on one message.</summary>
    private void StopPaused()
    {
        if (!_state.Studies.Values.Any(study => study is { IsPaused: true, Leased: > 0 }))
        {
            return;
        }

        foreach (var (key, lease) in _state.Leases)
        {
            if (_state.Places[key].All(place => !_state.Studies[place.Study].IsOpen) && _roster.Find(lease.Worker) is { } holder)
            {
                Say(holder.Actor, new StopTrial(_state.Epoch, new(key, lease.Attempt), "the study is paused"));
            }
        }
    }

    private void Drain(StudyProtocol.DrainWorker drain)
    {
        var worker = _roster.Find(drain.Name);
        if (worker is not null)
        {
            worker.IsDraining = true;
            Say(worker.Actor, new DrainRequested(_state.Epoch));
        }

        Say(Sender, new StudyProtocol.WorkerAnswer(drain.Name, worker is not null));
    }

    /// <summary>Renews the lease of a living attempt; tells the worker where it has none.</summary>
    private bool Alive(WorkerIdentity worker, AttemptId attempt)
    {
        _roster.Taken(attempt);
        if (_roster.Find(worker) is { } known)
        {
            known.HeardAt = _steady.Now;
        }
        else
        {
            AskToRegister(worker);
        }

        if (Holds(worker, attempt))
        {
            return _leases.Renew(attempt, _steady.Now);
        }

        Say(Sender, new AbandonTrial(_state.Epoch, attempt));
        return false;
    }

    private void AskToRegister(WorkerIdentity worker)
    {
        _names.Heard(worker, _steady.Now);
        Say(Sender, new RegistrationRequired(_state.Epoch));
    }

    private void NotePause(RosterEntry worker, string? why)
    {
        if (why is null && worker.Paused is not null)
        {
            LogEvents.WorkerSaysItGoesOn(_log, worker.Worker.Name);
        }
        else if (why is not null && worker.Paused is null)
        {
            LogEvents.WorkerSaysItPauses(_log, worker.Worker.Name, why);
        }

        worker.Paused = why;
    }

    private bool Holds(WorkerIdentity worker, AttemptId attempt) =>
        _state.Trials.GetValueOrDefault(attempt.Key)?.Lease is { } lease && lease.Attempt == attempt.Number && lease.Worker == worker;

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
        else if (_roster.Remove(terminated.ActorRef) is { } worker)
        {
            LogEvents.WorkerLost(_log, worker.Worker.Name);
            Decide(new LoseWorker(worker.Worker, "the worker left the cluster"));
        }
        else
        {
            _watchers.Remove(terminated.ActorRef);
        }
    }

    private void LookAtTheClock()
    {
        var now = _steady.Now;
        var late = now - _lookedAt - _settings.TickEvery;
        _lookedAt = now;
        if (late > _settings.TickEvery)
        {
            // A busy processor, a slow journal: nobody else is to blame for what was not heard meanwhile.
            LogEvents.ClockLate(_log, late.TotalSeconds);
            _leases.Excuse(late);
        }

        var expired = _leases.Expired(now).ToLookup(_roster.IsOffered);
        foreach (var untaken in expired[true].ToArray())
        {
            Decide(new ReleaseTrial(untaken.Key, untaken.Number, "the worker did not take it"));
        }

        if (expired[false].ToImmutableArray() is { IsEmpty: false } lost)
        {
            Decide(new ExpireLeases(lost));
        }

        StopPaused();
        RepeatOffers(now);
    }

    /// <summary>Messages get lost, and a worker's machine may be busy: a grant is said again, and taken twice it is begun once.</summary>
    private void RepeatOffers(DateTimeOffset now)
    {
        foreach (var (attempt, identity) in _roster.OverdueOffers(now))
        {
            if (_roster.Find(identity) is { } worker && _state.Trials[attempt.Key] is { Lease: { } lease } trial && lease.Attempt == attempt.Number)
            {
                _roster.Offer(attempt, identity, now + _settings.OfferTimeout);
                Then(new Followup.Start(worker.Actor, _state.Epoch, attempt, trial.Checkpoint, lease.Device, lease.Room));
            }
            else
            {
                _roster.Taken(attempt);
                Decide(new ReleaseTrial(attempt.Key, attempt.Number, "the worker did not take it"));
            }
        }
    }

    private void Answer(string hash, SweepCommand command) =>
        Say(Sender, new StudyProtocol.StudyAnswer(hash, Decide(command).Rejection is null));

    /// <summary>The state runs ahead of the journal by one batch; nobody is told of it before the batch is written.</summary>
    private Decision Decide(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(_state, command, _steady.Now, _settings.Policy);
        foreach (var happened in decision.Events)
        {
            var before = _state;
            _state = _state.Apply(happened);
            _leases.Follow(happened);
            _events.Add(happened);
            if (happened is TrialEvent about && before.Trials[about.Key].Lease is { } ended && _state.Trials[about.Key].Lease is null)
            {
                EndAttempt(new(about.Key, ended.Attempt), ended.Worker, about);
            }
        }

        if (decision.Events.Any(happened => happened is StudySubmitted or StudyResumed or TrialRetried or TrialFaulted or TrialReleased or TrialResultLost))
        {
            foreach (var worker in _roster.TakeHungry())
            {
                Say(worker.Actor, new WorkAvailable(_state.Epoch));
            }
        }

        if (decision.Events.Count > 0)
        {
            foreach (var study in _watchers.Studies.Where(study => _state.Studies.GetValueOrDefault(study)?.IsSettled ?? false))
            {
                Announce(study);
            }

            FlushSoon();
        }

        return decision;
    }

    private void EndAttempt(AttemptId attempt, WorkerIdentity worker, TrialEvent ending)
    {
        _roster.Taken(attempt);
        _watchers.Forget(attempt);
        var isItsOwnWord = ending is TrialReleased
            || (ending is TrialAccepted accepted && accepted.Attempt == attempt.Number)
            || (ending is TrialFaulted faulted && faulted.Record.Fault.Kind != FaultKind.LostWorker);
        if (!isItsOwnWord && _roster.Find(worker) is { } holder)
        {
            Say(holder.Actor, new AbandonTrial(_state.Epoch, attempt));
        }
    }

    private void Announce(string study)
    {
        foreach (var followup in _watchers.TellAll(_state, study))
        {
            Then(followup);
        }
    }

    private void Say(IActorRef to, object message) => Then(new Followup.Say(to, message));

    private void Then(Followup followup)
    {
        _followups.Add(followup);
        FlushSoon();
    }

    private void FlushSoon()
    {
        if (!_isFlushDue)
        {
            _isFlushDue = true;
            Self.Tell(Flush.Instance);
        }
    }

    private void Persist()
    {
        _isFlushDue = false;
        ImmutableArray<SweepEvent> events = [.. _events];
        ImmutableArray<Followup> followups = [.. _followups];
        _events.Clear();
        _followups.Clear();
        if (events.IsEmpty)
        {
            _writer.Tell(new WriterMessages.Write([], LastSequenceNr, followups));
            return;
        }

        var left = events.Length;
        PersistAll(events, happened =>
        {
            DecisionLog.Write(_log, happened, _state);
            if (--left == 0)
            {
                Persisted(events, followups);
            }
        });
    }

    private void Persisted(ImmutableArray<SweepEvent> events, ImmutableArray<Followup> followups)
    {
        _writer.Tell(new WriterMessages.Write(events, LastSequenceNr, followups));
        var isSettled = DecisionLog.WriteSettled(_log, events, _state);
        // Saving takes longer than the next batches do, each of which would find the last snapshot too old still.
        var isOld = !_isSavingSnapshot && LastSequenceNr - _lastSnapshot >= _settings.SnapshotAfter(_state.Trials.Count);
        if (isOld || isSettled)
        {
            _isSavingSnapshot = true;
            // Commands wait while a batch is written, so the state is exactly what the journal holds now.
            SaveSnapshot(_state);
        }
    }

    private void Stop()
    {
        if (_isFlushDue)
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
