using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>What the paired tests of the comparison with the control say of a method.</summary>
public enum ControlVerdict
{
    /// <summary>Its errors are smaller.</summary>
    Better,

    /// <summary>Its errors are larger.</summary>
    Worse,

    /// <summary>The ratio lies within the region of practical equivalence.</summary>
    Equivalent,

    /// <summary>Compared, and neither a difference nor equivalence is shown.</summary>
    Undecided,

    /// <summary>Fewer than two common seeds, or over problems too few of these for the test to reject.</summary>
    NotTested,

    /// <summary>A trial of one of both diverged or was given up, or one of both solved nothing: the ratio favours neither.</summary>
    NotRanked,
}

/// <summary>Verdicts on comparisons with the control, by the numbers of its table.</summary>
internal static class ControlVerdicts
{
    /// <summary>In lower case: <c>not tested</c>.</summary>
    public static string Of(ControlVerdict verdict) => verdict switch
    {
        ControlVerdict.NotTested => "not tested",
        ControlVerdict.NotRanked => "not ranked",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>
    /// Of all comparisons of one problem: first equivalence (<see cref="EquivalenceTest"/>), then the paired t test, each Holm-corrected over the
    /// methods of the problem, as of <see cref="UndecidedComparison"/>.
    /// </summary>
    public static ImmutableArray<ControlVerdict> Of(ReportBlock block, string control, IReadOnlyList<ControlComparison> comparisons)
    {
        var equivalent = EquivalenceTest.Adjusted([.. comparisons.Select(comparison => comparison.IsUnsolved ? [] : comparison.LogRatios.ToArray())]);
        return
        [
            .. comparisons.Select((comparison, i) =>
                block[comparison.Row, comparison.Column] is not { } method || block[control, comparison.Column] is not { } baseline || !method.IsComparableWith(baseline) ? ControlVerdict.NotRanked
                : comparison.Paired.Count < 2 ? ControlVerdict.NotTested
                : equivalent[i] <= Significance.Alpha ? ControlVerdict.Equivalent
                : comparison.PairedHolm > Significance.Alpha ? ControlVerdict.Undecided
                : comparison.Paired.Mean >= 0 ? ControlVerdict.Worse
                : method.IsTrivial ? ControlVerdict.NotRanked : ControlVerdict.Better),
        ];
    }

    /// <summary>Of a method over all problems: the signed-rank test over problems, Holm-corrected over the methods.</summary>
    public static ControlVerdict Of(Aggregate aggregate, AggregateRow row) =>
        row is not { SignedRankHolm: { } holm, Ratio: { } ratio } || !aggregate.IsSignedRankAttainable ? ControlVerdict.NotTested
        : holm > Significance.Alpha ? ControlVerdict.Undecided
        : ratio < 1 ? ControlVerdict.Better : ControlVerdict.Worse;
}
