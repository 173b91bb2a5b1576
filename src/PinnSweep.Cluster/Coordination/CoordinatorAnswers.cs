using System.Collections.Immutable;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials;
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

    // Half of what a frame between nodes holds: nothing that is this long is told to the log.
    private const int RoomForWorkers = 60_000;

    public static StudyList Of(ListStudies list, CoordinatorState state) => new(
        state.Studies.Count,
        [
            .. state.Studies.Values.OrderByDescending(study => study.Order).Skip(list.Skip).Take(Math.Min(list.Take, StudyStatus.MaxListed))
                .Select(StudyWatchers.Summary)
        ]);

    public static IClusterMessage Of(GetStudy get, CoordinatorState state, StudyWatchers watchers) =>
        state.Studies.TryGetValue(get.Hash, out var study) ? watchers.StatusOf(state, study, get.FromPosition) : new StudyAnswer(get.Hash, false);

    /// <summary>As many as fit into a frame: those on machines with many devices have more to tell.</summary>
    public static WorkerList Of(ListWorkers list, CoordinatorState state, WorkerRoster roster, DateTimeOffset now)
    {
        var running = state.Leases.ToLookup(held => held.Lease.Worker);
        var workers = ImmutableArray.CreateBuilder<WorkerSummary>();
        var left = RoomForWorkers;
        foreach (var entry in roster.Workers.Skip(list.Skip).Take(Math.Min(list.Take, StudyStatus.MaxListed)))
        {
            var summary = Summary(entry, running[entry.Worker].Count(), now);
            left -= summary.Size;
            if (left < 0 && workers.Count > 0)
            {
                break;
            }

            workers.Add(summary);
        }

        return new(state.Epoch, roster.Count, workers.ToImmutable());
    }

    public static WorkerDetail Of(GetWorker get, CoordinatorState state, WorkerRoster roster, StudyWatchers watchers, DateTimeOffset now)
    {
        if (roster.Find(get.Name) is not { } entry)
        {
            return new(state.Epoch, null, []);
        }

        var held = state.Leases.Where(held => held.Lease.Worker == entry.Worker).ToArray();
        return new(
            state.Epoch,
            Summary(entry, held.Length, now),
            [
                .. held.Select(held => (Attempt: new AttemptId(held.Key, held.Lease.Attempt), held.Lease))
                    .Select(held => new HeldAttempt(
                        held.Attempt, StudyOf(state, held.Attempt.Key), held.Lease.Slots, entry.Places.GetValueOrDefault(held.Attempt), watchers.ProgressOf(held.Attempt)))
                    .OrderBy(held => held.Place.Slot ?? int.MaxValue).ThenBy(held => held.Attempt.Key.Hex, StringComparer.Ordinal)
                    .Take(StudyStatus.MaxListed)
            ]);
    }

    private static string StudyOf(CoordinatorState state, TrialKey key) =>
        state.Places[key].Select(place => state.Studies[place.Study]).OrderByDescending(study => study.IsWanted).ThenBy(study => study.Order).First().Hash;

    private static WorkerSummary Summary(RosterEntry entry, int running, DateTimeOffset now) => new(
        entry.Worker.Name,
        entry.Actor.Path.Address.ToString(),
        entry.Slots,
        running,
        entry.Software,
        entry.IsDraining,
        (now - entry.HeardAt).TotalSeconds,
        entry.Paused)
    {
        Mode = entry.Asked ?? entry.Mode,
        Machine = entry.Machine,
        Pulse = entry.Pulse,
    };

    public static TrialAnswer Of(WhyTrial why, CoordinatorState state, WorkerRoster roster)
    {
        var matches = state.Trials.Keys.Where(key => key.Hex.StartsWith(why.Key, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return matches is [var key]
            ? new(key, 1, TrialPhaseWords.PhaseOf(state.Trials[key]), [.. TrialExplanation.Of(state, key, roster.Fleet), .. PackExplanation.Of(state.Trials[key], roster)])
            : new(null, matches.Length, "", matches.Length == 0 ? [.. TrialExplanation.OfUnknown(state).Take(MaxStudiesTold)] : []);
    }
}
