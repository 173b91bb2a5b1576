namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// The rules of a trial's life. A result is accepted exactly once. The rule for late ones: the result of an attempt that is no longer the
/// running one is accepted if and only if the attempt was really granted and the trial has no accepted result yet, whatever its phase;
/// every other one is acknowledged and not counted. Only a result that the store can no longer read makes room for another one, of an
/// attempt granted after that. The numbers of a trial do not depend on which attempt computed them, so throwing away finished work would
/// gain nothing.
/// </summary>
internal static class TrialDecider
{
    /// <summary>What follows from a command for a trial in this state.</summary>
    public static Decision Decide(TrialState state, TrialCommand command, DateTimeOffset now, LeasePolicy policy) => command switch
    {
        LeaseTrial lease => Grant(state, lease, now, policy),
        RecordCheckpoint checkpoint => Remember(state, checkpoint, now),
        AcceptResult result => Accept(state, result, now),
        RecordFault fault => Count(state, fault, now, policy),
        ReleaseTrial release => WhileRunning(state, release.Attempt) ?? Decision.Of(new TrialReleased(state.Key, release.Attempt, release.Reason, now)),
        LoseResult lost => Lose(state, lost, now),
        LoseCheckpoint lost => WhileRunning(state, lost.Attempt) ?? (state.Checkpoint?.Blob == lost.Blob
            ? Decision.Of(new TrialCheckpointLost(state.Key, lost.Attempt, lost.Reason, now))
            : Decision.Nothing),
        CancelTrial => state.IsSettled ? Decision.Nothing : Decision.Of(new TrialCancelled(state.Key, now)),
        RetryTrial => Retry(state, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command to a trial"),
    };

    private static Decision Grant(TrialState state, LeaseTrial lease, DateTimeOffset now, LeasePolicy policy) =>
        state.Phase is TrialPhase.Waiting
            ? Decision.Of(new TrialLeased(state.Key, new(state.Granted + 1, lease.Worker, lease.Epoch, now + policy.LeaseDuration, lease.Device, lease.Slots), now))
            : Decision.Refused(Rejection.WrongPhase);

    private static Decision Remember(TrialState state, RecordCheckpoint checkpoint, DateTimeOffset now) =>
        WhileRunning(state, checkpoint.Attempt)
        ?? (state.Checkpoint is { } before && before.Step >= checkpoint.Checkpoint.Step
            ? Decision.Refused(Rejection.NotAhead)
            : Decision.Of(new TrialCheckpointed(state.Key, checkpoint.Attempt, checkpoint.Checkpoint, now)));

    private static Decision Accept(TrialState state, AcceptResult result, DateTimeOffset now) =>
        WasGranted(state, result.Attempt) switch
        {
            false => Decision.Refused(Rejection.NeverGranted),
            true when state.Phase is TrialPhase.Accepted => Decision.Refused(Rejection.AlreadyAccepted),
            true when result.Attempt <= state.LostThrough => Decision.Refused(Rejection.Superseded),
            true => Decision.Of(new TrialAccepted(state.Key, result.Attempt, result.Result, now)),
        };

    private static Decision Count(TrialState state, RecordFault command, DateTimeOffset now, LeasePolicy policy)
    {
        if (WhileRunning(state, command.Attempt) is { } refused)
        {
            return refused;
        }

        var record = new FaultRecord(command.Attempt, state.Lease!.Worker, command.Fault, now);
        var faulted = new TrialFaulted(state.Key, record, now);
        return IsTooMuch(state.Apply(faulted), policy)
            ? Decision.Of(faulted, new TrialQuarantined(state.Key, now))
            : Decision.Of(faulted);
    }

    private static bool IsTooMuch(TrialState state, LeasePolicy policy)
    {
        var counted = state.CountedFaults();
        var lostWorkers = 0;
        foreach (var record in counted)
        {
            lostWorkers += record.Fault.Kind == FaultKind.LostWorker ? 1 : 0;
        }

        return counted.Length - lostWorkers >= policy.FaultLimit || lostWorkers >= policy.LostWorkerLimit;
    }

    private static Decision Retry(TrialState state, DateTimeOffset now) => state.Phase switch
    {
        TrialPhase.Quarantined or TrialPhase.Cancelled => Decision.Of(new TrialRetried(state.Key, now)),
        TrialPhase.Accepted => Decision.Refused(Rejection.AlreadyAccepted),
        _ => Decision.Nothing,
    };

    private static Decision Lose(TrialState state, LoseResult lost, DateTimeOffset now) =>
        state.Phase is not TrialPhase.Accepted accepted ? Decision.Refused(Rejection.WrongPhase)
        : accepted.Attempt != lost.Attempt ? Decision.Refused(Rejection.Superseded)
        : Decision.Of(new TrialResultLost(state.Key, lost.Attempt, lost.Reason, now));

    private static bool WasGranted(TrialState state, int attempt) => attempt >= 1 && attempt <= state.Granted;

    /// <summary>Null when the attempt is the running one, else why a report about it changes nothing.</summary>
    private static Decision? WhileRunning(TrialState state, int attempt) =>
        state.Lease?.Attempt == attempt ? null
        : !WasGranted(state, attempt) ? Decision.Refused(Rejection.NeverGranted)
        : Decision.Refused(state.Phase is TrialPhase.Accepted ? Rejection.AlreadyAccepted : Rejection.Superseded);
}
