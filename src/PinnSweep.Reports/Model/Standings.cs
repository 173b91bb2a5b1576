namespace PinnSweep.Reports;

/// <summary>
/// Who is best in a column and who cannot be told from it. The best has the smallest geometric mean among the rankable cells; each other
/// rankable cell is compared with it by a paired t test on log10 error over the seeds both have, Holm-corrected within the column. A method
/// is *tied* when that test does not reject, which is also what fewer than two common seeds give.
/// </summary>
public static class Standings
{
    /// <summary>The cells with their standing filled in, column by column.</summary>
    public static IEnumerable<ReportCell> Of(IEnumerable<ReportCell> cells)
    {
        foreach (var column in cells.GroupBy(cell => cell.Column))
        {
            var ranked = column.Where(cell => cell.IsRankable).ToArray();
            var best = ranked.OrderBy(cell => cell.Accuracy.Mean).FirstOrDefault();
            var rivals = ranked.Where(cell => cell != best).ToArray();
            var adjusted = HolmCorrection.Adjust([.. rivals.Select(rival => PairedTTest.Of(rival.LogRatios(best!)).P)]);
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
}
