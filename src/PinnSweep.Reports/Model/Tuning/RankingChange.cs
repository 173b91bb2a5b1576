using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>Whether tuning changes who is best, and the whole order of methods.</summary>
/// <param name="Column">The problem.</param>
/// <param name="Tau">Kendall's τ-b between the orders of methods with defaults and tuned; an unranked method is last.</param>
/// <param name="BestByDefault">Null where no method is ranked.</param>
/// <param name="BestTuned">Likewise.</param>
internal sealed record RankingChange(string Column, RankAgreement Tau, string? BestByDefault, string? BestTuned)
{
    /// <summary>Whether another method wins.</summary>
    public bool IsWinnerChanged => BestByDefault != BestTuned;

    /// <summary>The columns of a block that have at least two methods to rank.</summary>
    public static ImmutableArray<RankingChange> AllOf(ReportBlock tuned, ReportBlock standard) =>
    [
        .. from column in tuned.Columns
           let rows = tuned.Rows.Where(row => tuned[row, column] is { Finished: > 0 } && standard[row, column] is { Finished: > 0 }).ToArray()
           where rows.Length >= 2
           select new RankingChange(
               column,
               RankAgreement.Kendall([.. rows.Select(row => Score(standard[row, column]!))], [.. rows.Select(row => Score(tuned[row, column]!))]),
               Best(standard, column),
               Best(tuned, column)),
    ];

    private static double Score(ReportCell cell) => cell.IsRankable ? cell.Accuracy.Mean : double.PositiveInfinity;

    private static string? Best(ReportBlock block, string column) => block.Column(column).FirstOrDefault(cell => cell.Standing == Standing.Best)?.Row;
}
