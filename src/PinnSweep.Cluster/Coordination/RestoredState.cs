using PinnSweep.Storage;
using PinnSweep.Storage.Decisions;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// The state that a damaged journal and the tables give together. A pure function of both. What only a lost event knew (a lease, a pause, a
/// priority) is lost; a result that is in the tables is not, and attempts that might have been granted are not granted again.
/// </summary>
internal static class RestoredState
{
    /// <summary>The state to go on from.</summary>
    public static CoordinatorState Of(JournalExamination seen, Store store) => Of(seen, store.Decisions.Facts());

    internal static CoordinatorState Of(JournalExamination seen, RecordedFacts facts)
    {
        var state = Fold(seen, facts);
        foreach (var result in facts.Results)
        {
            state = WithStudyOf(state, result, facts);
            state = state.Trials.TryGetValue(result.Key, out var trial) && trial.Phase is not TrialPhase.Accepted && result.Attempt > trial.LostThrough
                ? state.Apply(result)
                : state;
        }

        var attempts = Attempts(seen, facts);
        var checkpoints = facts.Checkpoints.ToLookup(stored => stored.Key, stored => stored.Checkpoint);
        var faults = facts.Faults.ToLookup(fault => fault.Key, fault => fault.Record);
        var epoch = seen.Events.Select(entry => entry.Event).OfType<TrialLeased>().Select(leased => leased.Lease.Epoch).Append(state.Epoch).Max() + 1;
        return CoordinatorState.Restore(
            epoch,
            state.Studies.Values.OrderBy(study => study.Order).Select(study => (new StudySubmitted(study.Hash, study.Name, study.Trials, default, study.Placement) { Seeds = study.Seeds, Stage = study.Stage }, study.IsWanted, study.IsPaused)),
            state.Trials.Values.Select(trial => WithFacts(trial, checkpoints[trial.Key].LastOrDefault(), faults[trial.Key], facts.Quarantined.Contains(trial.Key), attempts.GetValueOrDefault(trial.Key))));
    }

    /// <summary>What the snapshot and the events after it say, as far as they can be read.</summary>
    internal static CoordinatorState Fold(JournalExamination seen, RecordedFacts facts)
    {
        var state = seen.Snapshot?.State ?? CoordinatorState.Empty;
        foreach (var (_, happened) in seen.Events.Where(entry => entry.Number > (seen.Snapshot?.Number ?? 0)))
        {
            state = WithStudyOf(state, happened, facts);
            state = JournalExamination.Knows(state, happened) ? state.Apply(happened) : state;
        }

        return state;
    }

    /// <summary>A study whose submission was lost is submitted when something that came later names it or one of its trials.</summary>
    private static CoordinatorState WithStudyOf(CoordinatorState state, SweepEvent happened, RecordedFacts facts) =>
        JournalExamination.Knows(state, happened)
            ? state
            : facts.Studies.Where(study => happened switch
            {
                TrialEvent about => study.Trials.Contains(about.Key),
                StudyExtended extended => study.Hash == extended.Hash,
                StudyCancelled cancelled => study.Hash == cancelled.Hash,
                StudyPaused paused => study.Hash == paused.Hash,
                StudyResumed resumed => study.Hash == resumed.Hash,
                _ => false,
            }).Aggregate(state, (known, study) => known.Apply(study));

    private static TrialState WithFacts(TrialState trial, CheckpointReference? checkpoint, IEnumerable<FaultRecord> faults, bool isQuarantined, int attempts)
    {
        if (trial.Phase is TrialPhase.Accepted accepted)
        {
            return trial with { Granted = Math.Max(trial.Granted, Math.Max(attempts, accepted.Attempt)) };
        }

        var known = trial.Faults.Select(fault => fault.Attempt).ToHashSet();
        return trial with
        {
            // One more than was seen: the last grant may be among the lost events, and its worker at work still.
            Granted = Math.Max(trial.Granted, attempts) + 1,
            Checkpoint = checkpoint is not null && !(trial.Checkpoint?.Step >= checkpoint.Step) && trial.Phase is not TrialPhase.Cancelled ? checkpoint : trial.Checkpoint,
            Faults = [.. trial.Faults, .. faults.Where(fault => !known.Contains(fault.Attempt))],
            Phase = trial.Phase is TrialPhase.Waiting && isQuarantined ? new TrialPhase.Quarantined() : trial.Phase,
        };
    }

    /// <summary>The highest attempt of each trial that anything tells of.</summary>
    private static Dictionary<TrialKey, int> Attempts(JournalExamination seen, RecordedFacts facts)
    {
        var attempts = new Dictionary<TrialKey, int>();
        foreach (var happened in seen.Events.Select(entry => entry.Event).Concat(facts.Results).Concat(facts.Checkpoints).Concat(facts.Faults))
        {
            var attempt = happened switch
            {
                TrialLeased leased => leased.Lease.Attempt,
                TrialCheckpointed marked => marked.Attempt,
                TrialAccepted accepted => accepted.Attempt,
                TrialReleased released => released.Attempt,
                TrialFaulted faulted => faulted.Record.Attempt,
                _ => 0,
            };
            if (attempt > 0)
            {
                var key = ((TrialEvent)happened).Key;
                attempts[key] = Math.Max(attempt, attempts.GetValueOrDefault(key));
            }
        }

        return attempts;
    }
}
