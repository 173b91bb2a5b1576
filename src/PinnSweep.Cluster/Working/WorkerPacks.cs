using System.Collections.Immutable;

namespace PinnSweep.Cluster.Working;

/// <summary>How many trials may share the trainer of a pack now.</summary>
/// <param name="Lanes">So many at most.</param>
/// <param name="IsKept">Memory is as large as it is: this does not grow again.</param>
internal sealed record PackLimit(int Lanes, bool IsKept);

/// <summary>
/// What a worker does about trainers that several trials share: one that ended or ran out of memory trains half as many from then on, down
/// to one, whose crash is its trial's. After a crash each trial that ends well makes room for one more; after memory none does.
/// </summary>
internal static class WorkerPacks
{
    /// <summary>Fewer trials share the trainer. All of them tell of the same end, of which the first word counts.</summary>
    public static void Narrow(WorkerCourse course, WorkerCommand.HearCrowd crowd)
    {
        var pack = course.State.Slots[crowd.Slot].Pack;
        var limit = course.State.LimitOf(pack);
        var lanes = Math.Max(1, crowd.Company / 2);
        if (limit is null || lanes < limit.Lanes || (crowd.IsMemory && !limit.IsKept))
        {
            course.Do(new WorkerAct.LimitPack(pack, Math.Min(lanes, limit?.Lanes ?? int.MaxValue), crowd.IsMemory || limit is { IsKept: true }, crowd.Why));
        }
    }

    /// <summary>A trial of this slot ended well.</summary>
    public static void Widen(WorkerCourse course, SlotPlace slot)
    {
        if (course.State.LimitOf(slot.Pack) is { IsKept: false } limit && limit.Lanes < course.State.Slots.Count(other => other.Pack == slot.Pack))
        {
            course.Do(new WorkerAct.LimitPack(slot.Pack, limit.Lanes + 1, IsKept: false, Why: null));
        }
    }

    /// <summary>Free slots that may be filled: those of packs that bear one trial more.</summary>
    public static IEnumerable<SlotPlace> Open(ImmutableArray<SlotPlace> slots, ImmutableSortedDictionary<int, PackLimit> limits) =>
        slots.Where(slot => slot.Attempt is null && (limits.IsEmpty || Left(slots, limits, slot.Pack) > 0));

    /// <summary>Trials that may be taken at most, whatever room each needs; null where slots alone count.</summary>
    public static int? Most(ImmutableArray<SlotPlace> slots, ImmutableSortedDictionary<int, PackLimit> limits) =>
        limits.IsEmpty ? null : slots.Where(slot => slot.Attempt is null).GroupBy(slot => slot.Pack).Sum(pack => Math.Clamp(Left(slots, limits, pack.Key), 0, pack.Count()));

    private static int Left(ImmutableArray<SlotPlace> slots, ImmutableSortedDictionary<int, PackLimit> limits, int pack) =>
        (limits.GetValueOrDefault(pack)?.Lanes ?? int.MaxValue) - slots.Count(slot => slot.Pack == pack && slot.Trains);
}
