using System.Collections.Immutable;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Limits as a definition holds them: by coordinate a lower and an upper end, none where it is open.</summary>
internal static class LimitsValue
{
    /// <summary>For a definition.</summary>
    public static SpecValue.Map Of(Limits limits, ImmutableArray<string> coordinates) => new(limits.Axes.ToImmutableSortedDictionary(
        axis => coordinates[axis],
        axis => (SpecValue)new SpecValue.List([End(limits.Of(axis).Lower), End(limits.Of(axis).Upper)]),
        StringComparer.Ordinal));

    /// <summary>From a definition.</summary>
    public static Limits From(SpecValue.Map map, ImmutableArray<string> coordinates) => map.Entries.Aggregate(Limits.None, (limits, entry) => entry.Value is SpecValue.List { Items: [var lower, var upper] }
        ? limits.With(coordinates.IndexOf(entry.Key), (lower as SpecValue.Number)?.Value ?? double.NegativeInfinity, (upper as SpecValue.Number)?.Value ?? double.PositiveInfinity)
        : limits);

    private static SpecValue End(double value) => double.IsFinite(value) ? new SpecValue.Number(value) : SpecValue.None.Value;
}
