using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Testing.Histories;

/// <summary>
/// The promise as a function of a finished run: every planned trial ends with exactly one accepted result or is quarantined with its
/// evidence, whatever crashed. Returns what was broken, in words; nothing when the promise was kept.
/// </summary>
public static class HistoryChecker
{
    /// <summary>
    /// More attempts than this without a new checkpoint or an end is starvation: faults and lost workers end a trial long before.
    /// </summary>
    public const int MostGrants = 60;

    public static ImmutableArray<string> Check(SweepRecord record) =>
    [
        .. AcceptedOnce(record),
        .. NoneLost(record),
        .. OnlyGranted(record),
        .. AcknowledgedIsDurable(record),
        .. SameValues(record),
        .. NobodyStarves(record),
        .. NeverTooMuch(record),
        .. OneCoordinatorAtATime(record),
        .. EvidenceOfQuarantine(record),
    ];

    /// <summary>
    /// (a) At most one accepted result a trial, in the journal and in the table; one that the store lost makes room for another.
    /// </summary>
    private static IEnumerable<string> AcceptedOnce(SweepRecord record) =>
        from life in record.Journal.OfType<TrialEvent>().GroupBy(happened => happened.Key)
        let accepted = life.OfType<TrialAccepted>().ToArray()
        where accepted.Length > 1 + life.OfType<TrialResultLost>().Count()
        select $"(a) trial {life.Key.Short} was accepted {accepted.Length} times: attempts {string.Join(", ", accepted.Select(happened => happened.Attempt))}";

    /// <summary>(b) Every planned trial is accepted or quarantined, and the table says what the journal says.</summary>
    private static IEnumerable<string> NoneLost(SweepRecord record)
    {
        var state = CoordinatorState.Empty.ApplyAll(record.Journal);
        foreach (var key in record.Planned)
        {
            var phase = state.Trials.GetValueOrDefault(key)?.Phase;
            if (phase is not (TrialPhase.Accepted or TrialPhase.Quarantined))
            {
                yield return $"(b) trial {key.Short} is lost: {phase?.GetType().Name ?? "nobody knows it"}";
            }

            if (phase is TrialPhase.Accepted accepted != record.Stored.ContainsKey(key))
            {
                yield return $"(b) trial {key.Short} is {phase?.GetType().Name} in the journal and {(record.Stored.ContainsKey(key) ? "present" : "absent")} in the table of results";
            }
        }
    }

    /// <summary>(c) What was accepted had been granted before.</summary>
    private static IEnumerable<string> OnlyGranted(SweepRecord record)
    {
        var granted = new HashSet<AttemptId>();
        foreach (var happened in record.Journal)
        {
            if (happened is TrialLeased leased && !granted.Add(new(leased.Key, leased.Lease.Attempt)))
            {
                yield return $"(c) attempt {leased.Lease.Attempt} of trial {leased.Key.Short} was granted twice";
            }

            if (happened is TrialAccepted accepted && !granted.Contains(new(accepted.Key, accepted.Attempt)))
            {
                yield return $"(c) attempt {accepted.Attempt} of trial {accepted.Key.Short} was accepted and never granted";
            }
        }
    }

    /// <summary>(d) A result that its worker was told is counted is still there.</summary>
    private static IEnumerable<string> AcknowledgedIsDurable(SweepRecord record)
    {
        var accepted = record.Journal.OfType<TrialAccepted>().Select(happened => new AttemptId(happened.Key, happened.Attempt)).ToHashSet();
        return record.Acknowledged.Where(attempt => !accepted.Contains(attempt))
            .Select(attempt => $"(d) attempt {attempt.Number} of trial {attempt.Key.Short} was acknowledged as counted and is not accepted");
    }

    /// <summary>(e) The stored content is that of an uninterrupted run.</summary>
    private static IEnumerable<string> SameValues(SweepRecord record) =>
        record.Stored.Where(stored => record.Expected.TryGetValue(stored.Key, out var expected) && expected != stored.Value.Content)
            .Select(stored => $"(e) trial {stored.Key.Short} has {stored.Value.Content} where an uninterrupted run has {record.Expected[stored.Key]}");

    /// <summary>(f) A bounded number of grants to a new checkpoint or an end.</summary>
    private static IEnumerable<string> NobodyStarves(SweepRecord record)
    {
        var grants = new Dictionary<TrialKey, int>();
        foreach (var happened in record.Journal)
        {
            switch (happened)
            {
                case TrialCheckpointed advanced:
                    grants[advanced.Key] = 0;
                    break;
                case TrialLeased leased when (grants[leased.Key] = grants.GetValueOrDefault(leased.Key) + 1) == MostGrants + 1:
                    yield return $"(f) trial {leased.Key.Short} was granted more than {MostGrants} times without progress";
                    break;
            }
        }
    }

    /// <summary>(g) Leases of a worker never exceed its slots.</summary>
    private static IEnumerable<string> NeverTooMuch(SweepRecord record)
    {
        var state = CoordinatorState.Empty;
        foreach (var happened in record.Journal)
        {
            state = state.Apply(happened);
            if (happened is TrialLeased { Lease.Worker: var worker })
            {
                var held = state.Leases.Where(lease => lease.Lease.Worker == worker).Sum(lease => lease.Lease.Slots);
                if (held > record.Slots[worker.Name])
                {
                    yield return $"(g) worker {worker.Name} had {held} leases on {record.Slots[worker.Name]} slots";
                }
            }
        }
    }

    /// <summary>(h) Epochs grow, and nothing is granted in the name of an older one.</summary>
    private static IEnumerable<string> OneCoordinatorAtATime(SweepRecord record)
    {
        var epoch = 0L;
        foreach (var happened in record.Journal)
        {
            switch (happened)
            {
                case EpochBegan began when began.Epoch <= epoch:
                    yield return $"(h) epoch {began.Epoch} began after epoch {epoch}";
                    break;
                case EpochBegan began:
                    epoch = began.Epoch;
                    break;
                case TrialLeased leased when leased.Lease.Epoch != epoch:
                    yield return $"(h) trial {leased.Key.Short} was granted by epoch {leased.Lease.Epoch} in epoch {epoch}";
                    break;
            }
        }
    }

    /// <summary>(i) What was given up has a fault for every lost attempt.</summary>
    private static IEnumerable<string> EvidenceOfQuarantine(SweepRecord record)
    {
        var state = CoordinatorState.Empty.ApplyAll(record.Journal);
        return state.Trials.Values.Where(trial => trial.Phase is TrialPhase.Quarantined && (trial.Faults.IsEmpty || trial.Faults.Any(fault => fault.Fault.Message.Length == 0)))
            .Select(trial => $"(i) trial {trial.Key.Short} is quarantined without evidence");
    }
}
