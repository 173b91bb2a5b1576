using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Working;

/// <summary>Which trials a worker would rather have where, so that those of one shape share a device.</summary>
internal static class PackShapes
{
    private const int Most = 16;

    /// <summary>Ids of the shapes that train where there is room, the most frequent first; null where no slots share a trainer.</summary>
    public static ImmutableArray<string>? Wanted(WorkerState state)
    {
        if (!state.HasPacks)
        {
            return null;
        }

        var open = state.Open.Select(slot => slot.Pack).ToHashSet();
        return
        [
            .. state.Slots.Where(slot => slot.Shape is not null && open.Contains(slot.Pack))
                .CountBy(slot => slot.Shape!.Id)
                .OrderByDescending(shape => shape.Value).ThenBy(shape => shape.Key, StringComparer.Ordinal)
                .Take(Most).Select(shape => shape.Key)
        ];
    }

    /// <summary>
    /// Packs by number, those that a trial goes to first with the lowest rank: to others of its shape, then where nothing trains, then
    /// beside trials of other shapes. All are alike for a trial whose shape cannot be told.
    /// </summary>
    public static Dictionary<int, int> Ranks(WorkerState state, TrialShape? shape) => state.Slots.GroupBy(slot => slot.Pack).ToDictionary(
        pack => pack.Key,
        pack => shape is null || pack.Any(slot => slot.Shape?.Id == shape.Id) ? 0 : pack.Any(slot => slot.Trains) ? 2 : 1);
}
