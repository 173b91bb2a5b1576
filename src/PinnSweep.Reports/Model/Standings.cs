namespace PinnSweep.Reports;

/// <summary>The test that decides which methods cannot be told from the best of a column.</summary>
public enum TieTest
{
    /// <summary>Wilcoxon's signed-rank test with Holm's correction: the default.</summary>
    SignedRank,

    /// <summary>The paired t test with Holm's correction, where too few seeds are paired for a signed-rank test to reject anything.</summary>
    PairedT,
}

/// <summary>
/// Who is best in a column and who cannot be told from it. The best has the smallest geometric mean among the rankable cells; each other
/// rankable cell is compared with it by Wilcoxon's signed-rank test over the replicates both have, Holm-corrected within the column. Where the
/// design is so small that this test can never reject, a paired t test on log10 error takes its place, which the table says. A method is *tied*
/// when its test does not reject, which is also what fewer than two common seeds give.
/// </summary>
public static class Standings
{
    /// <summary>The cells with their standing filled in, column by column.</summary>
    public static IEnumerable<ReportCell> Of(IEnumerable<ReportCell> cells)
    {
        foreach (var column in cells.GroupBy(cell => cell.Column))
        {
            var (best, rivals, differences) = Ranked(column);
            var adjusted = TestOf(differences) == TieTest.SignedRank
                ? HolmFamily.OfSignedRanks(differences).Adjusted
                : HolmFamily.Adjust(differences, [.. differences.Select(logs => PairedTTest.Of(logs).P)]);
            foreach (var cell in column)
            {
                var rival = Array.IndexOf(rivals, cell);
                yield return cell with
                {
                    Standing = cell == best ? Standing.Best
                        : rival < 0 ? Standing.Unranked
                        : adjusted[rival] <= Significance.Alpha ? Standing.Behind : Standing.Tied,
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
