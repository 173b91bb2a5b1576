using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>What is said of a method against the control before and after both were tuned.</summary>
/// <param name="Column">The problem.</param>
/// <param name="Row">The method.</param>
/// <param name="ByDefault">In words: <c>better</c>, <c>worse</c>, <c>no difference shown</c>, <c>not compared</c>.</param>
/// <param name="Tuned">Likewise.</param>
internal sealed record ConclusionChange(string Column, string Row, string ByDefault, string Tuned)
{
    /// <summary>Whether another conclusion is drawn.</summary>
    public bool IsChanged => ByDefault != Tuned;

    /// <summary>All methods of a block, column by column; none where it has no control.</summary>
    public static ImmutableArray<ConclusionChange> AllOf(ReportBlock tuned, ReportBlock standard, string? control)
    {
        var before = Words(ControlComparison.AllOf(standard, control));
        var after = Words(ControlComparison.AllOf(tuned, control));
        return
        [
            .. from column in tuned.Columns
               from row in tuned.Rows
               where before.ContainsKey((column, row)) || after.ContainsKey((column, row))
               select new ConclusionChange(column, row, before.GetValueOrDefault((column, row), "not compared"), after.GetValueOrDefault((column, row), "not compared")),
        ];
    }

    private static Dictionary<(string Column, string Row), string> Words(ImmutableArray<ControlComparison> comparisons) => comparisons.ToDictionary(
        comparison => (comparison.Column, comparison.Row),
        comparison => comparison.IsUnsolved || comparison.LogRatios.Length < 2 ? "not compared"
            : comparison.PairedHolm > Significance.Alpha ? "no difference shown"
            : comparison.Paired.Mean < 0 ? "better" : "worse");
}
