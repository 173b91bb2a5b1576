using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>Two combinations with the same points, compared by point: its difference is the mean over seeds of log10.</summary>
/// <param name="First">A combination.</param>
/// <param name="Second">Another; the control where there is one.</param>
/// <param name="Differences">log10(first ÷ second) of each point that both have; infinite where one failed or was not solved.</param>
/// <param name="Paired">t test on those that are finite.</param>
/// <param name="PairedHolm">Its p, Holm-corrected over the comparisons of the report.</param>
/// <param name="SignedRank">Exact signed-rank test on all.</param>
/// <param name="SignedRankHolm">Its p, likewise.</param>
/// <param name="IsAttainable">Whether that p could be at most α with so many points.</param>
internal sealed record PointComparison(
    DesignedCombination First,
    DesignedCombination Second,
    ImmutableArray<double> Differences,
    PairedTTest Paired,
    double PairedHolm,
    TestResult SignedRank,
    double SignedRankHolm,
    bool IsAttainable)
{
    /// <summary>Points with the smaller error of the first, within the region of equivalence, of the second.</summary>
    public WinTieLoss Record => WinTieLoss.Of(Differences.AsSpan());

    /// <summary>Geometric mean of the ratios over points: below 1 the first has the smaller errors; NaN without any.</summary>
    public double Ratio => Math.Pow(10, Paired.Mean);

    /// <summary>Its 95 % interval.</summary>
    public Interval? RatioInterval => Paired.Interval is { } interval ? new(Math.Pow(10, interval.Lower), Math.Pow(10, interval.Upper)) : null;

    /// <summary>All methods against the control, or all pairs where there is none; those with the same ranges on the same problem.</summary>
    public static ImmutableArray<PointComparison> AllOf(ImmutableArray<DesignedCombination> combinations, string? control)
    {
        var ranged = combinations.Where(combination => !combination.Dimensions.IsEmpty).ToArray();
        (DesignedCombination First, DesignedCombination Second)[] pairs =
        [
            .. from first in ranged
               from second in ranged
               where first.On == second.On && first.HasPointsOf(second)
                   && (control is null ? first.Number < second.Number : first.Method != control && second.Method == control)
               select (first, second),
        ];
        var ranked = pairs.Select(pair => pair.First.Points.Zip(pair.Second.Points, (one, other) => one.Difference(other)).OfType<double>().ToArray()).ToArray();
        var solved = pairs.Select(pair => pair.First.Points.Zip(pair.Second.Points)
            .Where(point => !point.First.IsBad && !point.Second.IsBad).Select(point => point.First.Difference(point.Second)).OfType<double>().ToArray()).ToArray();
        var paired = solved.Select(logs => PairedTTest.Of(logs)).ToArray();
        var pairedHolm = HolmFamily.Adjust(solved, [.. paired.Select(test => test.P)]);
        var family = HolmFamily.OfSignedRanks(ranked);
        return
        [
            .. pairs.Select((pair, i) => new PointComparison(
                pair.First, pair.Second, [.. ranked[i]], paired[i], pairedHolm[i], family.Tests[i], family.Adjusted[i], family.IsAttainable(i))),
        ];
    }
}
