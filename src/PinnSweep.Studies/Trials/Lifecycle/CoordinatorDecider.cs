using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// The rules above the single trial: which one to lease next, which trials a study shares with others, whose leases are lost.
/// </summary>
public static class CoordinatorDecider
{
    /// <summary>What follows from a command.</summary>
    public static Decision Decide(CoordinatorState state, SweepCommand command, DateTimeOffset now, LeasePolicy policy) => command switch
    {
        BeginEpoch => Decision.Of(new EpochBegan(state.Epoch + 1, now)),
        SubmitStudy submit => Submit(state, submit, now, policy),
        ExtendStudy extend => Extend(state, extend, now, policy),
        CancelStudy cancel => Cancel(state, cancel, now, policy),
        RetryStudy retry => Retry(state, retry, now, policy),
        PauseStudy pause => Pause(state, pause.Hash, true, now),
        ResumeStudy resume => Pause(state, resume.Hash, false, now),
        GrantWork grant => Grant(state, grant, now, policy),
        WelcomeWorker welcome => Welcome(state, welcome, now, policy),
        LoseWorker lost => Lose(state, now, policy, lease => lease.Lease.Worker == lost.Worker ? lost.Reason : null),
        ExpireLeases expired => Lose(
            state, now, policy, lease => expired.Attempts.Contains(new(lease.Key, lease.Lease.Attempt)) ? "the lease ran out" : null),
        AcceptResult result when state.Trials.TryGetValue(result.Key, out var trial) => FinalCheckpoints.Keep(state, trial, TrialDecider.Decide(trial, result, now, policy)),
        LoseResult lost when state.Trials.TryGetValue(lost.Key, out var trial) => Lose(state, trial, lost, now, policy),
        TrialCommand about when state.Trials.TryGetValue(about.Key, out var trial) => TrialDecider.Decide(trial, about, now, policy),
        TrialCommand => Decision.Refused(Rejection.UnknownTrial),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command to the coordinator"),
    };

    private static Decision Submit(CoordinatorState state, SubmitStudy submit, DateTimeOffset now, LeasePolicy policy)
    {
        var known = state.Studies.GetValueOrDefault(submit.Hash);
        var placement = submit.Placement ?? known?.Placement ?? Placement.Default;
        var seeds = submit.Seeds > 0 ? submit.Seeds : known?.Seeds ?? 0;
        var goOn = FinalCheckpoints.GoOn(state, submit);
        if (known is { IsWanted: true } && known.Placement == placement && known.Seeds == seeds && goOn.IsEmpty)
        {
            return Decision.Nothing;
        }

        var wantedAgain = submit.Trials.Where(key => state.Trials.GetValueOrDefault(key)?.Phase is TrialPhase.Cancelled);
        return new([
            new StudySubmitted(submit.Hash, submit.Name, submit.Trials, now, placement) { Seeds = seeds, Stage = submit.Stage, Continues = goOn },
            .. wantedAgain.SelectMany(key => TrialDecider.Decide(state.Trials[key], new RetryTrial(key), now, policy).Events)]);
    }

    /// <summary>Stages follow one another: one that is known already is a repeat, and none is left out.</summary>
    private static Decision Extend(CoordinatorState state, ExtendStudy extend, DateTimeOffset now, LeasePolicy policy)
    {
        if (!state.Studies.TryGetValue(extend.Hash, out var study))
        {
            return Decision.Refused(Rejection.UnknownStudy);
        }

        if (study is not { IsWanted: true, Stage: { IsLast: false } stage } || extend.Stage.Number != stage.Number + 1)
        {
            return Decision.Nothing;
        }

        // After a mended journal the study may have them already.
        var known = study.Trials.ToHashSet();
        var added = extend.Trials.Where(key => !known.Contains(key)).ToImmutableArray();
        var wantedAgain = added.Where(key => state.Trials.GetValueOrDefault(key)?.Phase is TrialPhase.Cancelled);
        return new([
            FinalCheckpoints.HandOn(state, study, extend.Continues, new(extend.Hash, extend.Stage, added, extend.Document, now)),
            .. wantedAgain.SelectMany(key => TrialDecider.Decide(state.Trials[key], new RetryTrial(key), now, policy).Events)]);
    }

    private static Decision Cancel(CoordinatorState state, CancelStudy cancel, DateTimeOffset now, LeasePolicy policy)
    {
        if (!state.Studies.TryGetValue(cancel.Hash, out var study))
        {
            return Decision.Refused(Rejection.UnknownStudy);
        }

        if (!study.IsWanted)
        {
            return Decision.Nothing;
        }

        bool IsWantedElsewhere(TrialKey key) => state.Places[key].Any(place => place.Study != cancel.Hash && state.Studies[place.Study].IsWanted);
        return new([
            new StudyCancelled(cancel.Hash, now) { Forgets = FinalCheckpoints.NotWanted(state, study, []) },
            .. study.Trials.Where(key => !IsWantedElsewhere(key))
                .SelectMany(key => TrialDecider.Decide(state.Trials[key], new CancelTrial(key), now, policy).Events)]);
    }

    private static Decision Retry(CoordinatorState state, RetryStudy retry, DateTimeOffset now, LeasePolicy policy) =>
        state.Studies.TryGetValue(retry.Hash, out var study)
            ? new([
                .. study.Trials.Where(key => state.Trials[key].Phase is TrialPhase.Quarantined)
                    .SelectMany(key => TrialDecider.Decide(state.Trials[key], new RetryTrial(key), now, policy).Events)])
            : Decision.Refused(Rejection.UnknownStudy);

    private static Decision Pause(CoordinatorState state, string hash, bool pause, DateTimeOffset now) =>
        !state.Studies.TryGetValue(hash, out var study) ? Decision.Refused(Rejection.UnknownStudy)
        : study.IsPaused == pause ? Decision.Nothing
        : Decision.Of(pause ? new StudyPaused(hash, now) : new StudyResumed(hash, now));

    private static Decision Grant(CoordinatorState state, GrantWork grant, DateTimeOffset now, LeasePolicy policy)
    {
        var events = new List<SweepEvent>();
        var free = grant.Free;
        for (var left = grant.Most ?? int.MaxValue; left > 0 && PlacementPolicy.Next(state, grant, free) is { } next; left--)
        {
            var granted = TrialDecider.Decide(state.Trials[next.Key], next, now, policy).Events;
            events.AddRange(granted);
            state = state.ApplyAll(granted);
            grant = grant with { Shapes = grant.Shapes?.With(state, next.Key) };
            free = free.Without(next.Device, next.Slots);
        }

        return new(events);
    }

    /// <summary>A trial whose result is lost is trained again only if a study still wants it.</summary>
    private static Decision Lose(CoordinatorState state, TrialState trial, LoseResult lost, DateTimeOffset now, LeasePolicy policy)
    {
        var decision = TrialDecider.Decide(trial, lost, now, policy);
        return decision.Events.Count > 0 && !state.Places[lost.Key].Any(place => state.Studies[place.Study].IsWanted)
            ? new([.. decision.Events, new TrialCancelled(lost.Key, now)])
            : decision;
    }

    /// <summary>
    /// Attempts of an earlier process of the worker are lost. What this process was granted and does not hold, it never began: the grant
    /// was on its way when its coordinator ended.
    /// </summary>
    private static Decision Welcome(CoordinatorState state, WelcomeWorker welcome, DateTimeOffset now, LeasePolicy policy)
    {
        var lost = Lose(
            state,
            now,
            policy,
            held => held.Lease.Worker.Name == welcome.Worker.Name && held.Lease.Worker != welcome.Worker ? "the worker's process ended and was started again" : null);
        return new([
            .. lost.Events,
            .. from held in state.Leases
               where held.Lease.Worker == welcome.Worker && !welcome.Holding.Contains(new(held.Key, held.Lease.Attempt))
               from happened in TrialDecider.Decide(
                   state.Trials[held.Key], new ReleaseTrial(held.Key, held.Lease.Attempt, "the worker never got the grant"), now, policy).Events
               select happened]);
    }

    private static Decision Lose(
        CoordinatorState state, DateTimeOffset now, LeasePolicy policy, Func<(TrialKey Key, Lease Lease), string?> whyLost) =>
        new([
            .. from held in state.Leases
               let reason = whyLost(held)
               where reason is not null
               from happened in TrialDecider.Decide(
                   state.Trials[held.Key],
                   new RecordFault(held.Key, held.Lease.Attempt, new(FaultKind.LostWorker, reason, "")),
                   now,
                   policy).Events
               select happened]);
}
