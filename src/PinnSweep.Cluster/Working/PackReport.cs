using System.Collections.Immutable;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker tells people of its packs, and of GPUs that are in trouble.</summary>
internal static class PackReport
{
    /// <summary>Its packs by slot; none where no slots share a trainer and no GPU is in trouble.</summary>
    public static ImmutableArray<PackPulse> Of(WorkerState state) =>
    [
        .. WorkerPacks.Packs(state).Where(pack => pack.Length > 1 || TroubleOf(state, pack[0]) is not null).Select(pack => Of(state, pack))
    ];

    private static PackPulse Of(WorkerState state, ImmutableArray<SlotPlace> pack)
    {
        var shapes = pack.Where(slot => slot.Trains).GroupBy(slot => slot.Shape).OrderByDescending(shape => shape.Count()).Select(shape => shape.Key).ToArray();
        // Of several shapes the one that most trials have.
        var most = shapes.FirstOrDefault();
        var byShape = WorkerPacks.Lanes(state, pack, most);
        var byFault = state.LimitOf(pack[0].Pack)?.Lanes ?? pack.Length;
        var trouble = TroubleOf(state, pack[0]);
        return new(pack[0].Number, pack.Length, pack.Count(slot => slot.Trains), state.IsOut(pack[0]) ? 0 : Math.Min(byShape, byFault))
        {
            Gpu = pack[0].Gpu,
            Shape = shapes.Length > 1 ? FormattableString.Invariant($"{shapes.Length} shapes, most {most?.Words ?? "unknown"}") : most?.Words,
            Why = byFault < Math.Min(byShape, pack.Length) ? "after an end of their trainer fewer train at once, so that nobody is charged whose fault it was not"
                : byShape < pack.Length ? state.LimitOf(pack[0], most!)?.Why ?? "more are tried once these were measured"
                : null,
            Trouble = trouble,
        };
    }

    private static string? TroubleOf(WorkerState state, SlotPlace slot) => slot.Gpu is { } gpu && state.Gpus.GetValueOrDefault(gpu) is { } condition
        ? condition.Drained is { } why
            ? FormattableString.Invariant($"GPU {gpu} is out of use: {why}. {WorkerGpus.Remedy(gpu, state.Identity.Name)}")
            : FormattableString.Invariant($"GPU {gpu} was lost by {condition.Strikes} of {WorkerGpus.Limit} trainers since a trial got on there")
        : null;
}
