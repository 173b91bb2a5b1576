using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>How much one dimension of a search mattered.</summary>
/// <param name="Name">Of the dimension.</param>
/// <param name="Rank">Its share of the variance of ranks; null where it did not vary.</param>
/// <param name="Ped">Its share of what tells the best tenth from all; null below <see cref="PedAnova.Fewest"/> proposals.</param>
internal sealed record ParameterImportance(string Name, RankImportance? Rank, PedImportance? Ped)
{
    /// <summary>The importance of each dimension, in their order.</summary>
    public static ImmutableArray<ParameterImportance> Of(SearchView search)
    {
        var scores = search.Scores;
        var units = search.Dimensions.Select((_, d) => search.UnitsOf(d)).ToArray();
        var ped = PedAnova.Of([.. search.Dimensions.Select((dimension, d) => Places(dimension, units[d]))], scores, FormattableString.Invariant($"{search.Number}"));
        return
        [
            .. search.Dimensions.Select((dimension, d) => new ParameterImportance(
                dimension.Name,
                RankImportance.Of(
                    dimension.Choices.Count > 0 ? Numbers(dimension, units[d]) : RankGroups.Of(units[d]), scores, FormattableString.Invariant($"{search.Number}/{dimension.Name}")),
                ped?[d])),
        ];
    }

    /// <summary>The number of each proposal's choice, from its place; −1 where the dimension means nothing.</summary>
    public static int[] Numbers(DimensionView dimension, double[] units) =>
        [.. units.Select(unit => double.IsNaN(unit) ? -1 : Math.Min((int)(unit * dimension.Choices.Count), dimension.Choices.Count - 1))];

    private static PedDimension Places(DimensionView dimension, double[] units) =>
        dimension.Choices.Count > 0 ? PedDimension.OfChoices(Numbers(dimension, units), dimension.Choices.Count) : PedDimension.OfNumbers(units);
}
