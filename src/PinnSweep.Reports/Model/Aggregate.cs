using System.Collections.Immutable;

namespace PinnSweep.Reports;

/// <summary>One method over all problems of a block.</summary>
/// <param name="Row">The method.</param>
/// <param name="MeanRank">Mean over problems of its rank among the methods compared.</param>
/// <param name="Record">Problems won, tied and lost against the control; null for the control and without one.</param>
/// <param name="Ratio">10 to the interquartile mean of log10(method ÷ control) over all problems and seeds; null as above.</param>
/// <param name="RatioInterval">Its 95 % stratified bootstrap interval.</param>
/// <param name="ProbabilityOfImprovement">Mean over problems of the probability that its error is smaller than the control's; null as above.</param>
/// <param name="SignedRank">Exact signed-rank test of its scores against the control's over problems; null as above.</param>
/// <param name="SignedRankHolm">Its p, Holm-corrected over the methods.</param>
public sealed record AggregateRow(
    string Row,
    double MeanRank,
    WinTieLoss? Record,
    double? Ratio,
    Interval? RatioInterval,
    double? ProbabilityOfImprovement,
    TestResult? SignedRank,
    double? SignedRankHolm);

/// <summary>
/// Methods over several problems. The unit is the problem: seeds are aggregated first, since runs of one problem are no independent problems
/// (pseudo-replication). The score of a method on a problem is the median over seeds of log10 error, a diverged seed counting as the worst.
/// </summary>
/// <param name="Rows">Methods that have a score on every problem, by mean rank.</param>
/// <param name="LeftOut">Methods that have not.</param>
/// <param name="Problems">N.</param>
/// <param name="Friedman">Whether the methods differ at all; null for fewer than three methods.</param>
/// <param name="CriticalDifference">Nemenyi's critical difference of mean ranks; null as above.</param>
/// <param name="IsSignedRankAttainable">Whether the Holm-corrected signed-rank test could reject at this number of problems.</param>
public sealed record Aggregate(
    ImmutableArray<AggregateRow> Rows,
    ImmutableArray<string> LeftOut,
    int Problems,
    FriedmanTest? Friedman,
    double? CriticalDifference,
    bool IsSignedRankAttainable)
{
    /// <summary>The aggregate of a block; null where it has fewer than two problems or methods with a score on each.</summary>
    public static Aggregate? Of(ReportBlock block, string? control)
    {
        var scores = block.Rows.ToDictionary(row => row, row => block.Columns.Select(column => Score(block[row, column])).ToArray());
        var complete = block.Rows.Where(row => !scores[row].Any(double.IsNaN)).ToArray();
        if (block.Columns.Length < 2 || complete.Length < 2)
        {
            return null;
        }

        var values = Enumerable.Range(0, block.Columns.Length).Select(p => complete.Select(row => scores[row][p]).ToArray()).ToArray();
        var friedman = FriedmanTest.Of(values);
        var hasControl = control is not null && complete.Contains(control);
        var rivals = complete.Where(row => row != control).ToArray();
        var tests = hasControl ? rivals.Select(row => SignedRankTest.Of(Differences(scores[row], scores[control!]))).ToArray() : [];
        var holm = HolmCorrection.Adjust([.. tests.Select(test => test.P)]);
        var rows = complete.Select((row, j) => (Row: row, Rank: friedman.MeanRanks[j])).Select(pair =>
        {
            var index = Array.IndexOf(rivals, pair.Row);
            return !hasControl || index < 0
                ? new AggregateRow(pair.Row, pair.Rank, null, null, null, null, null, null)
                : Against(block, pair.Row, pair.Rank, control!, Differences(scores[pair.Row], scores[control!]), tests[index], holm[index]);
        });
        return new(
            [.. rows.OrderBy(row => row.MeanRank).ThenBy(row => block.Rows.IndexOf(row.Row))],
            [.. block.Rows.Except(complete)],
            block.Columns.Length,
            complete.Length >= 3 ? friedman : null,
            complete.Length >= 3 ? NemenyiDifference.Of(complete.Length, block.Columns.Length) : null,
            SignedRankTest.SmallestP(block.Columns.Length) * Math.Max(1, rivals.Length) <= Significance.Alpha);
    }

    private static AggregateRow Against(
        ReportBlock block, string row, double rank, string control, double[] differences, TestResult test, double holm)
    {
        var strata = block.Columns.Select(column => block[row, column]!.LogRatios(block[control, column]!)).ToArray();
        var hasPairs = strata.Any(stratum => stratum.Length > 0);
        double Iqm(IReadOnlyList<double[]> all) => Descriptive.InterquartileMean([.. all.SelectMany(stratum => stratum)]);
        var interval = StratifiedBootstrap.Of(strata, Iqm, $"iqm/{row}");
        return new(
            row,
            rank,
            WinTieLoss.Of(differences),
            hasPairs ? Math.Pow(10, Iqm(strata)) : null,
            interval is { } logs ? new Interval(Math.Pow(10, logs.Lower), Math.Pow(10, logs.Upper)) : null,
            block.Columns.Average(column => EffectSizes.ProbabilityOfSmaller(block[row, column]!.ErrorsWithFailures(), block[control, column]!.ErrorsWithFailures())),
            test,
            holm);
    }

    // Two failures are equal; one failure is an infinite difference, which ranks last.
    private static double[] Differences(double[] first, double[] second) =>
        [.. first.Zip(second, (a, b) => double.IsInfinity(a) && double.IsInfinity(b) ? 0 : a - b)];

    private static double Score(ReportCell? cell) => cell is null ? double.NaN : Descriptive.Median(LogsWithFailures(cell));

    private static double[] LogsWithFailures(ReportCell cell) => [.. cell.ErrorsWithFailures().Select(error => double.IsInfinity(error) ? error : LogErrorMean.Logs([error])[0])];
}
