using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>One method over all problems of a block.</summary>
/// <param name="Row">The method.</param>
/// <param name="MeanRank">Mean over problems of its rank among the methods compared.</param>
/// <param name="MeanRankInterval">Its 95 % stratified bootstrap interval; null where no cell has two runs.</param>
/// <param name="Record">Problems won, tied and lost against the control; null for the control and without one.</param>
/// <param name="Ratio">10 to the interquartile mean of log10(method ÷ control) over all problems and seeds, infinite factors included; null
/// as above, and where they cancel.</param>
/// <param name="RatioInterval">Its 95 % stratified bootstrap interval.</param>
/// <param name="ProbabilityOfImprovement">Mean over problems of the probability that its error is smaller than the control's; null as
/// above.</param>
/// <param name="ImprovementInterval">Its 95 % stratified bootstrap interval.</param>
/// <param name="Bayesian">Bayesian signed-rank test of its scores against the control's; null as above.</param>
/// <param name="SignedRank">Exact signed-rank test of its scores against the control's over problems; null as above.</param>
/// <param name="SignedRankHolm">Its p, Holm-corrected over the methods.</param>
public sealed record AggregateRow(
    string Row,
    double MeanRank,
    Interval? MeanRankInterval,
    WinTieLoss? Record,
    double? Ratio,
    Interval? RatioInterval,
    double? ProbabilityOfImprovement,
    Interval? ImprovementInterval,
    BayesianSignedRank? Bayesian,
    TestResult? SignedRank,
    double? SignedRankHolm)
{
    /// <summary>
    /// The probability that it comes to each place in a fresh study of the same problems with as many seeds, from the draws of
    /// <see cref="MeanRankInterval"/>; empty where there are none.
    /// </summary>
    public ImmutableArray<double> Places { get; init; } = [];
}

/// <summary>
/// Methods over several problems. The unit is the problem: seeds are aggregated first, since runs of one problem are no independent
/// problems (pseudo-replication). The score of a method on a problem is the median over seeds of log10 error, a diverged seed and every
/// seed of an unsolved cell counting as the worst.
/// </summary>
/// <param name="Rows">Methods that have a score on every problem, by mean rank.</param>
/// <param name="LeftOut">Methods that have not.</param>
/// <param name="Problems">N.</param>
/// <param name="Friedman">Whether the methods differ at all; null for fewer than three methods.</param>
/// <param name="CriticalDifference">Nemenyi's critical difference of mean ranks; null where it was not asked for, and as above.</param>
/// <param name="SkillingsMack">Whether the methods differ when those left out are counted where they have a score; null where none is left
/// out.</param>
/// <param name="IsSignedRankAttainable">Whether the Holm-corrected signed-rank test could reject at this number of problems.</param>
public sealed record Aggregate(
    ImmutableArray<AggregateRow> Rows,
    ImmutableArray<string> LeftOut,
    int Problems,
    FriedmanTest? Friedman,
    double? CriticalDifference,
    SkillingsMackTest? SkillingsMack,
    bool IsSignedRankAttainable)
{
    /// <summary>The aggregate of a block; null where it has fewer than two problems or methods with a score on each.</summary>
    /// <param name="block">The block.</param>
    /// <param name="control">The row to compare with; null for none.</param>
    /// <param name="hasNemenyi">Whether the critical difference of mean ranks is asked for.</param>
    public static Aggregate? Of(ReportBlock block, string? control, bool hasNemenyi = false)
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
        var differences = hasControl ? rivals.Select(row => Differences(scores[row], scores[control!])).ToArray() : [];
        var family = HolmFamily.OfSignedRanks(differences);
        var intervals = MeanRankBootstrap.Of([.. block.Columns.Select(column => complete.Select(row => RankedLogs(block[row, column]!)).ToArray())]);
        var rows = complete.AsParallel().AsOrdered().Select((row, j) => new AggregateRow(row, friedman.MeanRanks[j], intervals?[j].Interval, null, null, null, null, null, null, null, null) { Places = intervals?[j].Places ?? [] }).Select(row =>
        {
            var index = Array.IndexOf(rivals, row.Row);
            return !hasControl || index < 0 ? row : Against(block, row, control!, differences[index], family.Tests[index], family.Adjusted[index]);
        });
        return new(
            [.. rows.AsEnumerable().OrderBy(row => row.MeanRank).ThenBy(row => block.Rows.IndexOf(row.Row))],
            [.. block.Rows.Except(complete)],
            block.Columns.Length,
            complete.Length >= 3 ? friedman : null,
            hasNemenyi && complete.Length >= 3 ? NemenyiDifference.Of(complete.Length, block.Columns.Length) : null,
            complete.Length < block.Rows.Length
                ? SkillingsMackTest.Of([.. block.Columns.Select(column => block.Rows.Select(row => Score(block[row, column])).ToArray())])
                : null,
            SignedRankTest.SmallestP(block.Columns.Length) * Math.Max(1, family.Size) <= Significance.Alpha);
    }

    private static AggregateRow Against(
        ReportBlock block, AggregateRow row, string control, double[] differences, TestResult test, double holm)
    {
        var strata = block.Columns.Select(column => block[row.Row, column]!.RankedLogRatios(block[control, column]!)).ToArray();
        var hasPairs = strata.Any(stratum => stratum.Length > 0);
        double[] ratios = [.. strata.SelectMany(stratum => stratum)];
        int[] places = [.. Enumerable.Range(0, ratios.Length)];
        Array.Sort(ratios, places);
        var interval = StratifiedBootstrap.Of([.. strata.Select(stratum => stratum.Length)], counts => Descriptive.InterquartileMean(ratios, places, counts), $"iqm/{row.Row}");
        var (improvement, improvementInterval) = PairComparison.ImprovementOf(block, row.Row, control);
        return row with
        {
            Record = WinTieLoss.Of(differences),
            Ratio = hasPairs && Descriptive.InterquartileMean(ratios) is var mean && !double.IsNaN(mean) ? Math.Pow(10, mean) : null,
            RatioInterval = interval is { } logs && !double.IsNaN(logs.Lower) && !double.IsNaN(logs.Upper) ? new Interval(Math.Pow(10, logs.Lower), Math.Pow(10, logs.Upper)) : null,
            ProbabilityOfImprovement = improvement,
            ImprovementInterval = improvementInterval,
            Bayesian = BayesianSignedRank.Of(differences, $"{row.Row}/{control}"),
            SignedRank = test,
            SignedRankHolm = holm,
        };
    }

    // Two that are worst are equal; one of them is an infinite difference, which ranks last.
    private static double[] Differences(double[] first, double[] second) => [.. first.Zip(second, Difference)];

    internal static double Difference(double first, double second) => double.IsInfinity(first) && double.IsInfinity(second) ? 0 : first - second;

    internal static double Score(ReportCell? cell) => cell is null ? double.NaN : Descriptive.Median(RankedLogs(cell));

    private static double[] RankedLogs(ReportCell cell) => [.. cell.RankedErrors().Select(error => double.IsInfinity(error) ? error : LogErrorMean.Logs([error])[0])];
}
