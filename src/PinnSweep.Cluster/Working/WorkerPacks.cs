using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Working;

/// <summary>How many trials may share the trainer of a pack now.</summary>
/// <param name="Lanes">So many at most.</param>
/// <param name="IsKept">Memory is as large as it is: this does not grow again.</param>
internal sealed record PackLimit(int Lanes, bool IsKept);

/// <summary>
/// What a worker does about trainers that several trials share: one that ended or ran out of memory trains half as many from then on, down
/// to one, whose crash is its trial's. After a crash each trial that ends well makes room for one more; after memory none does, and where
/// all were of one shape that is remembered of the shape. How many fit together is a sum: a trial takes one part of as many as its device
/// bears of its shape.
/// </summary>
internal static class WorkerPacks
{
    private const double Rounding = 1e-9;

    /// <summary>Fewer trials share the trainer. All of them tell of the same end, of which the first word counts.</summary>
    public static void Narrow(WorkerCourse course, WorkerCommand.HearCrowd crowd)
    {
        var slot = course.State.Slots[crowd.Slot];
        var lanes = Math.Max(1, crowd.Company / 2);
        if (crowd.IsMemory && OnlyShape(course.State, slot.Pack) is { } shape)
        {
            var known = course.State.LimitOf(slot, shape);
            if (known is not { IsSettled: true } || lanes < known.Lanes)
            {
                course.Do(new WorkerAct.LimitShape(
                    new(slot.Hardware, shape.Id), new(Math.Min(lanes, known?.Lanes ?? lanes), true, shape.Words, FormattableString.Invariant($"{crowd.Why} with {crowd.Company}")), IsTrouble: true));
            }

            return;
        }

        var limit = course.State.LimitOf(slot.Pack);
        if (limit is null || lanes < limit.Lanes || (crowd.IsMemory && !limit.IsKept))
        {
            course.Do(new WorkerAct.LimitPack(slot.Pack, Math.Min(lanes, limit?.Lanes ?? int.MaxValue), crowd.IsMemory || limit is { IsKept: true }, crowd.Why));
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

    /// <summary>How fast a pack is was measured: where more of the shape are tried, that may be enough now.</summary>
    public static void Probe(WorkerCourse course, WorkerCommand.SeePace seen)
    {
        var slots = course.State.Slots.Where(slot => slot.Pack == seen.Pack).ToArray();
        if (slots[0].IsProbed && OnlyShape(course.State, seen.Pack) is { } shape
            && LaneProbe.After(course.State.LimitOf(slots[0], shape) ?? new(LaneProbe.First, false, shape.Words, ""), seen.Measure, slots.Length) is { } next)
        {
            course.Do(new WorkerAct.LimitShape(new(slots[0].Hardware, shape.Id), next, IsTrouble: false));
            course.AskForWork();
        }
    }

    /// <summary>Free slots that may be filled: those of packs that bear one trial more.</summary>
    public static IEnumerable<SlotPlace> Open(WorkerState state) =>
        Packs(state).Where(pack => Room(state, pack) > 0).SelectMany(pack => pack.Where(slot => IsFree(state, slot)));

    /// <summary>Trials that may be taken at most, whatever room each needs; null where slots alone count.</summary>
    public static int? Most(WorkerState state) =>
        state.PackLimits.IsEmpty && !state.LimitsShapes ? null : Packs(state).Sum(pack => Room(state, pack));

    /// <summary>Packs, by number, that bear a trial of this shape beside what they train.</summary>
    public static HashSet<int> Bearing(WorkerState state, TrialShape? shape) =>
        [.. Packs(state).Where(pack => !state.LimitsShapes || Taken(state, pack) + (1.0 / Lanes(state, pack, shape)) <= 1 + Rounding).Select(pack => pack[0].Pack)];

    /// <summary>Trials of this shape that the device of a pack bears, were they alone.</summary>
    public static int Lanes(WorkerState state, ImmutableArray<SlotPlace> pack, TrialShape? shape) =>
        Math.Min(pack.Length, shape is null ? pack.Length : state.LimitOf(pack[0], shape)?.Lanes ?? (pack[0].IsProbed ? LaneProbe.First : pack.Length));

    /// <summary>The slots of each pack.</summary>
    public static IEnumerable<ImmutableArray<SlotPlace>> Packs(WorkerState state) => state.Slots.GroupBy(slot => slot.Pack, (_, slots) => slots.ToImmutableArray());

    private static int Room(WorkerState state, ImmutableArray<SlotPlace> pack)
    {
        var free = pack.Count(slot => IsFree(state, slot));
        var room = Math.Min(free, (state.LimitOf(pack[0].Pack)?.Lanes ?? int.MaxValue) - pack.Count(slot => slot.Trains));
        return Math.Max(0, state.LimitsShapes ? Math.Min(room, RoomByShape(state, pack)) : room);
    }

    private static int RoomByShape(WorkerState state, ImmutableArray<SlotPlace> pack)
    {
        var training = pack.Where(slot => slot.Trains).ToArray();
        if (training.Length == 0)
        {
            // What shape comes is not known yet; the rest is asked for once it is there.
            var fewest = state.ShapeLimits.Where(limit => limit.Key.Hardware == pack[0].Hardware).Select(limit => limit.Value.Lanes).DefaultIfEmpty(int.MaxValue).Min();
            return Math.Min(fewest, pack[0].IsProbed ? LaneProbe.First : int.MaxValue);
        }

        return (int)(((1 - Taken(state, pack)) * training.Min(slot => Lanes(state, pack, slot.Shape))) + Rounding);
    }

    private static double Taken(WorkerState state, ImmutableArray<SlotPlace> pack) =>
        pack.Where(slot => slot.Trains).GroupBy(slot => slot.Shape).Sum(same => same.Count() / (double)Lanes(state, pack, same.Key));

    private static bool IsFree(WorkerState state, SlotPlace slot) =>
        slot.Attempt is null && (slot.Gpu is not { } gpu || state.Gpus.GetValueOrDefault(gpu) is null or { TakesWork: true });

    /// <summary>The shape of all trials of a pack; null where there are several, or one that cannot be told.</summary>
    private static TrialShape? OnlyShape(WorkerState state, int pack) =>
        state.Slots.Where(slot => slot.Pack == pack && slot.Trains).Select(slot => slot.Shape).Distinct().Take(2).ToArray() is [{ } only] ? only : null;
}
