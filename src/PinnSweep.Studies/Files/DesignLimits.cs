using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Files;

/// <summary>Why a space is too large for a design, told before any point is made.</summary>
internal static class DesignLimits
{
    /// <summary>The reason; null where it is not.</summary>
    /// <param name="space">What is varied.</param>
    /// <param name="kind">The design.</param>
    /// <param name="count">The points that are wanted.</param>
    /// <param name="canLearn">Whether tpe can take its place.</param>
    public static string? WhyNot(SearchSpace space, DesignKind kind, int count, bool canLearn) => kind switch
    {
        DesignKind.Sobol when space.Dimensions.Length > SpaceDesign.SobolDimensions =>
            FormattableString.Invariant($"sobol knows {SpaceDesign.SobolDimensions} dimensions at most, and {space.Dimensions.Length} are varied here; ")
            + $"vary fewer, or use {(canLearn ? "random, lhs, halton or tpe" : "random, lhs or halton")}",
        DesignKind.Grid when count > 0 && (SpaceDesign.SmallestGrid(space) is not { } least || least > count) =>
            $"the smallest grid, of all values and the bounds of each range, has {Number(SpaceDesign.SmallestGrid(space))} points, "
            + FormattableString.Invariant($"more than the {count:N0} asked for; ask for that many, vary less, ")
            + $"or use {(canLearn ? "random, lhs, sobol, halton or tpe" : "random, lhs, sobol or halton")}",
        _ => null,
    };

    private static string Number(long? count) => count is { } known ? FormattableString.Invariant($"{known:N0}") : "more than 10¹⁸";
}
