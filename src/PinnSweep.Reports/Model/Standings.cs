using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>The test that looks for a difference between methods and the best of a column.</summary>
internal enum TieTest
{
    /// <summary>Wilcoxon's signed-rank test with Holm's correction: the default.</summary>
    SignedRank,

    /// <summary>
    /// The paired t test with Holm's correction, where too few seeds are paired for a signed-rank test to reject anything.
    /// </summary>
    PairedT,
}

/// <summary>
/// Who is best in a column and how the others stand to it. The best has the smallest geometric mean among the cells that are rankable and
/// solved; each other such cell is compared with it over the replicates both have: first for equivalence, then for a difference by
/// Wilcoxon's signed-rank test, each Holm-corrected within the column. Where the design is so small that Wilcoxon's test can never reject,
/// a paired t test on log10 error takes its place, and the table says so. With fewer than two common seeds, or fewer than the test needs to
/// reject at all, nothing is compared.
/// </summary>
internal static class Standings
{
    /// <summary>The cells with their standing filled in, column by column.</summary>
    public static IEnumerable<ReportCell> Of(IEnumerable<ReportCell> cells)
    {
        foreach (var column in cells.GroupBy(cell => cell.Column))
        {
            var (best, rivals, differences) = Ranked(column);
            var found = Rivals(differences);
            foreach (var cell in column)
            {
                var rival = Array.IndexOf(rivals, cell);
                yield return cell with
                {
                    Standing = cell.Void is not null ? Standing.Void
                        : cell == best ? Standing.Best
                        : rival >= 0 ? found[rival]
                        : cell.IsUnsolved ? Standing.Unsolved
                        : cell.IsTrivial ? Standing.Trivial : Standing.Unranked,
                };
            }
        }
    }

    /// <summary>Which test decided a column; null where there was nothing to compare.</summary>
    public static TieTest? TestOf(IEnumerable<ReportCell> column)
    {
        var (_, rivals, differences) = Ranked(column);
        return rivals.Length == 0 ? null : TestOf(differences);
    }

    private static Standing[] Rivals(double[][] differences)
    {
        var isRanked = TestOf(differences) == TieTest.SignedRank;
        var ranked = HolmFamily.OfSignedRanks(differences);
        var adjusted = isRanked ? ranked.Adjusted : HolmFamily.Adjust(differences, [.. differences.Select(logs => PairedTTest.Of(logs).P)]);
        var equivalent = EquivalenceTest.Adjusted(differences);
        return
        [
            .. differences.Select((logs, i) =>
                logs.Length < 2 ? Standing.NotTested
                : equivalent[i] <= Significance.Alpha ? Standing.Equivalent
                : adjusted[i] <= Significance.Alpha ? Standing.Behind
                : isRanked && ranked.Tests[i].SmallestP > Significance.Alpha ? Standing.NotTested
                : Standing.Undecided),
        ];
    }

    private static (ReportCell? Best, ReportCell[] Rivals, double[][] Differences) Ranked(IEnumerable<ReportCell> column)
    {
        var ranked = column.Where(cell => cell.IsRankable).ToArray();
        var best = ranked.OrderBy(cell => cell.Accuracy.Mean).FirstOrDefault();
        ReportCell[] rivals = [.. ranked.Where(cell => cell != best)];
        return (best, rivals, [.. rivals.Select(rival => rival.LogRatios(best!))]);
    }

    // The design decides, not the outcome: every pair may use all its replicates or none may.
    private static TieTest TestOf(double[][] differences) =>
        differences.Length == 0 || HolmFamily.OfSignedRanks(differences).IsAnyAttainable ? TieTest.SignedRank : TieTest.PairedT;
}
