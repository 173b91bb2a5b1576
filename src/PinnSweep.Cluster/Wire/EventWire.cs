using Google.Protobuf;
using PinnSweep.Cluster.Wire.Proto;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Wire;

/// <summary>Events of the journal and the coordinator's snapshot, to the wire and back.</summary>
internal static class EventWire
{
    public static IMessage Write(EpochBegan e) => new EpochBeganEvent { Epoch = e.Epoch, At = e.At.Write() };

    public static EpochBegan Read(EpochBeganEvent e) => new(e.Epoch, e.At.ReadTime());

    public static IMessage Write(JournalMended e) => new JournalMendedEvent { Reason = e.Reason, At = e.At.Write() };

    public static JournalMended Read(JournalMendedEvent e) => new(e.Reason, e.At.ReadTime());

    public static IMessage Write(StudySubmitted e) =>
        new StudySubmittedEvent { Hash = e.Hash, Name = e.Name, Trials = e.Trials.Write(), At = e.At.Write(), Placement = e.Placement.Write(), Seeds = e.Seeds, Stage = e.Stage?.Write(), Continued = e.Continues.Write() };

    public static StudySubmitted Read(StudySubmittedEvent e) =>
        new(e.Hash, e.Name, e.Trials.ReadKeys(), e.At.ReadTime(), e.Placement.Read()) { Seeds = e.Seeds, Stage = e.Stage?.Read(), Continues = e.Continued.ReadContinued() };

    public static IMessage Write(StudyExtended e) =>
        new StudyExtendedEvent { Hash = e.Hash, Stage = e.Stage.Write(), Trials = e.Trials.Write(), Document = e.Document, At = e.At.Write(), Continued = e.Continues.Write(), Forgotten = e.Forgets.Write() };

    public static StudyExtended Read(StudyExtendedEvent e) => new(e.Hash, e.Stage.Read(), e.Trials.ReadKeys(), e.Document, e.At.ReadTime())
    {
        Continues = e.Continued.ReadContinued(),
        Forgets = e.Forgotten.ReadKeys(),
    };

    public static IMessage Write(StudyPaused e) => new StudyPausedEvent { Hash = e.Hash, At = e.At.Write() };

    public static StudyPaused Read(StudyPausedEvent e) => new(e.Hash, e.At.ReadTime());

    public static IMessage Write(StudyResumed e) => new StudyResumedEvent { Hash = e.Hash, At = e.At.Write() };

    public static StudyResumed Read(StudyResumedEvent e) => new(e.Hash, e.At.ReadTime());

    public static IMessage Write(StudyCancelled e) => new StudyCancelledEvent { Hash = e.Hash, At = e.At.Write(), Forgotten = e.Forgets.Write() };

    public static StudyCancelled Read(StudyCancelledEvent e) => new(e.Hash, e.At.ReadTime()) { Forgets = e.Forgotten.ReadKeys() };

    public static IMessage Write(TrialLeased e) => new TrialLeasedEvent { Key = e.Key.Write(), Lease = e.Lease.Write(), At = e.At.Write() };

    public static TrialLeased Read(TrialLeasedEvent e) => new(e.Key.ReadKey(), e.Lease.Read(), e.At.ReadTime());

    public static IMessage Write(TrialCheckpointed e) =>
        new TrialCheckpointedEvent { Key = e.Key.Write(), Attempt = e.Attempt, Checkpoint = e.Checkpoint.Write(), At = e.At.Write() };

    public static TrialCheckpointed Read(TrialCheckpointedEvent e) => new(e.Key.ReadKey(), e.Attempt, e.Checkpoint.Read(), e.At.ReadTime());

    public static IMessage Write(TrialAccepted e) =>
        new TrialAcceptedEvent { Key = e.Key.Write(), Attempt = e.Attempt, Result = e.Result.Write(), At = e.At.Write(), KeepsFinal = e.KeepsFinal };

    public static TrialAccepted Read(TrialAcceptedEvent e) => new(e.Key.ReadKey(), e.Attempt, e.Result.Read(), e.At.ReadTime()) { KeepsFinal = e.KeepsFinal };

    public static IMessage Write(TrialResultLost e) =>
        new TrialResultLostEvent { Key = e.Key.Write(), Attempt = e.Attempt, Reason = e.Reason, At = e.At.Write() };

    public static TrialResultLost Read(TrialResultLostEvent e) => new(e.Key.ReadKey(), e.Attempt, e.Reason, e.At.ReadTime());

    public static IMessage Write(TrialCheckpointLost e) =>
        new TrialCheckpointLostEvent { Key = e.Key.Write(), Attempt = e.Attempt, Reason = e.Reason, At = e.At.Write() };

    public static TrialCheckpointLost Read(TrialCheckpointLostEvent e) => new(e.Key.ReadKey(), e.Attempt, e.Reason, e.At.ReadTime());

    public static IMessage Write(TrialReleased e) =>
        new TrialReleasedEvent { Key = e.Key.Write(), Attempt = e.Attempt, Reason = e.Reason, At = e.At.Write() };

    public static TrialReleased Read(TrialReleasedEvent e) => new(e.Key.ReadKey(), e.Attempt, e.Reason, e.At.ReadTime());

    public static IMessage Write(TrialFaulted e) => new TrialFaultedEvent { Key = e.Key.Write(), Record = e.Record.Write(), At = e.At.Write() };

    public static TrialFaulted Read(TrialFaultedEvent e) => new(e.Key.ReadKey(), e.Record.Read(), e.At.ReadTime());

    public static IMessage Write(TrialQuarantined e) => new TrialQuarantinedEvent { Key = e.Key.Write(), At = e.At.Write() };

    public static TrialQuarantined Read(TrialQuarantinedEvent e) => new(e.Key.ReadKey(), e.At.ReadTime());

    public static IMessage Write(TrialCancelled e) => new TrialCancelledEvent { Key = e.Key.Write(), At = e.At.Write() };

    public static TrialCancelled Read(TrialCancelledEvent e) => new(e.Key.ReadKey(), e.At.ReadTime());

    public static IMessage Write(TrialRetried e) => new TrialRetriedEvent { Key = e.Key.Write(), At = e.At.Write() };

    public static TrialRetried Read(TrialRetriedEvent e) => new(e.Key.ReadKey(), e.At.ReadTime());

    public static IMessage Write(CoordinatorState state)
    {
        var snapshot = new CoordinatorSnapshot { Epoch = state.Epoch };
        snapshot.Studies.AddRange(state.Studies.Values.OrderBy(study => study.Order).Select(study => new CoordinatorSnapshot.Types.Study
        {
            Hash = study.Hash,
            Name = study.Name,
            Trials = study.Trials.Write(),
            IsWanted = study.IsWanted,
            Placement = study.Placement.Write(),
            IsPaused = study.IsPaused,
            Seeds = study.Seeds,
            Stage = study.Stage?.Write(),
        }));
        snapshot.Trials.AddRange(state.Trials.Values.OrderBy(trial => trial.Key.Hex, StringComparer.Ordinal).Select(Write));
        return snapshot;
    }

    public static CoordinatorState Read(CoordinatorSnapshot snapshot) => CoordinatorState.Restore(
        snapshot.Epoch,
        snapshot.Studies.Select(study => (
            new StudySubmitted(study.Hash, study.Name, study.Trials.ReadKeys(), default, study.Placement.Read()) { Seeds = study.Seeds, Stage = study.Stage?.Read() }, study.IsWanted, study.IsPaused)),
        snapshot.Trials.Select(Read));

    private static CoordinatorSnapshot.Types.Trial Write(TrialState state)
    {
        var trial = new CoordinatorSnapshot.Types.Trial
        {
            Key = state.Key.Write(),
            Granted = state.Granted,
            Checkpoint = state.Checkpoint?.Write(),
            Forgiven = state.Forgiven,
            SettledAt = state.SettledAt?.Write() ?? 0,
            CheckpointAttempt = state.CheckpointOrigin?.Attempt ?? 0,
            CheckpointAt = state.CheckpointOrigin?.At.Write() ?? 0,
            LostThrough = state.LostThrough,
            Overcome = state.Overcome,
            Reached = state.Reached == state.Checkpoint?.Step ? 0 : state.Reached,
            Continued = state.Continued?.Write(),
        };
        trial.Faults.AddRange(state.Faults.Select(fault => fault.Write()));
        switch (state.Phase)
        {
            case TrialPhase.Leased leased:
                trial.Leased = leased.Lease.Write();
                break;
            case TrialPhase.Accepted accepted:
                trial.Accepted = new() { Attempt = accepted.Attempt, Result = accepted.Result.Write() };
                break;
            case TrialPhase.Quarantined:
                trial.Quarantined = new();
                break;
            case TrialPhase.Cancelled:
                trial.Cancelled = new();
                break;
        }

        return trial;
    }

    private static TrialState Read(CoordinatorSnapshot.Types.Trial trial) => new(
        trial.Key.ReadKey(),
        trial.PhaseCase switch
        {
            CoordinatorSnapshot.Types.Trial.PhaseOneofCase.Leased => new TrialPhase.Leased(trial.Leased.Read()),
            CoordinatorSnapshot.Types.Trial.PhaseOneofCase.Accepted => new TrialPhase.Accepted(trial.Accepted.Attempt, trial.Accepted.Result.Read()),
            CoordinatorSnapshot.Types.Trial.PhaseOneofCase.Quarantined => new TrialPhase.Quarantined(),
            CoordinatorSnapshot.Types.Trial.PhaseOneofCase.Cancelled => new TrialPhase.Cancelled(),
            _ => TrialPhase.Waiting.Instance,
        },
        trial.Granted,
        trial.Checkpoint?.Read(),
        [.. trial.Faults.Select(fault => fault.Read())],
        trial.Forgiven)
    {
        SettledAt = trial.SettledAt == 0 ? null : trial.SettledAt.ReadTime(),
        CheckpointOrigin = trial.CheckpointAttempt == 0 ? null : new(trial.CheckpointAttempt, trial.CheckpointAt.ReadTime()),
        LostThrough = trial.LostThrough,
        Overcome = trial.Overcome,
        Reached = Math.Max(trial.Reached, trial.Checkpoint?.Step ?? 0),
        Continued = trial.Continued?.Read(),
    };
}
