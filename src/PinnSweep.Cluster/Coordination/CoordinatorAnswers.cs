using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// What people ask of the coordinator, answered from its state; nothing is decided here. Lists are cut where a frame between nodes ends,
/// and say how many there are in all.
/// </summary>
internal static class CoordinatorAnswers
{
    private const int MaxStudiesTold = 10;

    public static StudyList Of(ListStudies list, CoordinatorState state) => new(
        state.Studies.Count,
        [
            .. state.Studies.Values.OrderByDescending(study => study.Order).Skip(list.Skip).Take(Math.Min(list.Take, StudyStatus.MaxListed))
                .Select(StudyWatchers.Summary)
        ]);

    public static IClusterMessage Of(GetStudy get, CoordinatorState state, StudyWatchers watchers) =>
        state.Studies.TryGetValue(get.Hash, out var study) ? watchers.StatusOf(state, study, get.FromPosition) : new StudyAnswer(get.Hash, false);

    public static WorkerList Of(ListWorkers list, CoordinatorState state, WorkerRoster roster, DateTimeOffset now)
    {
        var running = state.Leases.ToLookup(held => held.Lease.Worker);
        return new(
            state.Epoch,
            roster.Count,
            [
                .. roster.Workers.Skip(list.Skip).Take(Math.Min(list.Take, StudyStatus.MaxListed)).Select(entry => new WorkerSummary(
                    entry.Worker.Name,
                    entry.Actor.Path.Address.ToString(),
                    entry.Slots,
                    running[entry.Worker].Count(),
                    entry.Software,
                    entry.IsDraining,
                    (now - entry.HeardAt).TotalSeconds,
                    entry.Paused))
            ]);
    }

    public static TrialAnswer Of(WhyTrial why, CoordinatorState state, WorkerRoster roster)
    {
        var matches = state.Trials.Keys.Where(key => key.Hex.StartsWith(why.Key, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return matches is [var key]
            ? new(key, 1, TrialPhaseWords.PhaseOf(state.Trials[key]), TrialExplanation.Of(state, key, roster.Fleet))
            : new(null, matches.Length, "", matches.Length == 0 ? [.. TrialExplanation.OfUnknown(state).Take(MaxStudiesTold)] : []);
    }
}
