using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One method on one problem with its defaults and tuned, both on seeds that no search saw.</summary>
/// <param name="Row">The method.</param>
/// <param name="Column">The problem.</param>
/// <param name="Default">With defaults.</param>
/// <param name="Tuned">With what was chosen.</param>
/// <param name="Gain">log10(default ÷ tuned), paired by seed: above zero tuning helped.</param>
/// <param name="IsDefaultKept">Whether the search chose the default, so that both are the same trials.</param>
internal sealed record TunedComparison(string Row, string Column, ReportCell Default, ReportCell Tuned, PairedTTest Gain, bool IsDefaultKept)
{
    /// <summary>The factor by which the error fell; NaN without pairs.</summary>
    public double Factor => Math.Pow(10, Gain.Mean);

    /// <summary>Its 95 % interval.</summary>
    public Interval? FactorInterval => Gain.Interval is { } interval ? new(Math.Pow(10, interval.Lower), Math.Pow(10, interval.Upper)) : null;

    /// <summary>All methods of a block, column by column.</summary>
    public static ImmutableArray<TunedComparison> AllOf(ReportBlock tuned, ReportBlock standard) =>
    [
        .. from column in tuned.Columns
           from row in tuned.Rows
           let chosen = tuned[row, column]
           let known = standard[row, column]
           where chosen is { NotApplicable: null } && known is not null
           select new TunedComparison(
               row, column, known, chosen, PairedTTest.Of(known.LogRatios(chosen)),
               chosen.Trials.Length > 0 && chosen.Trials.Select(trial => trial.Key).ToHashSet().SetEquals(known.Trials.Select(trial => trial.Key))),
    ];
}
