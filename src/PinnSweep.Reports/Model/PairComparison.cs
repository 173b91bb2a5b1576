using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>Two methods of a block over its problems, or over the replicates where it has one problem.</summary>
/// <param name="First">A method.</param>
/// <param name="Second">Another.</param>
/// <param name="Differences">log10 of (first ÷ second) for each unit; infinite where one of them diverged or is of an unsolved
/// cell.</param>
/// <param name="Record">Units won, tied and lost by the first.</param>
/// <param name="SignedRank">Exact signed-rank test of the differences.</param>
/// <param name="Holm">Its p, Holm-corrected over all pairs.</param>
/// <param name="IsAttainable">Whether a corrected p of at most α is possible with so many units.</param>
/// <param name="Bayesian">How sure one may be that one is practically better; null without units.</param>
/// <param name="Improvement">Probability that a run of the first has the smaller error (Vargha and Delaney's A, mean over
/// problems).</param>
/// <param name="ImprovementInterval">Its 95 % stratified bootstrap interval; null where nothing can be drawn again.</param>
/// <param name="Delta">Cliff's δ, mean over problems; below zero the first has the smaller errors.</param>
public sealed record PairComparison(
    string First,
    string Second,
    ImmutableArray<double> Differences,
    WinTieLoss Record,
    TestResult SignedRank,
    double Holm,
    bool IsAttainable,
    BayesianSignedRank? Bayesian,
    double Improvement,
    Interval? ImprovementInterval,
    double Delta)
{
    /// <summary>All pairs of methods that have finished trials on every problem, in the order of the table.</summary>
    public static ImmutableArray<PairComparison> AllOf(StudyReport report, ReportBlock block)
    {
        var isOverProblems = report.IsOverProblems && block.Columns.Length > 1;
        if (!isOverProblems && block.Columns.Length > 1)
        {
            return [];
        }

        var rows = block.Rows.Where(row => block.Columns.All(column => block[row, column] is { Finished: > 0 })).ToArray();
        var pairs = rows.SelectMany((first, i) => rows.Skip(i + 1).Select(second => (First: first, Second: second))).ToArray();
        var differences = pairs.Select(pair => isOverProblems
            ? [.. block.Columns.Select(column => Aggregate.Difference(Aggregate.Score(block[pair.First, column]), Aggregate.Score(block[pair.Second, column])))]
            : block[pair.First, block.Columns[0]]!.RankedLogRatios(block[pair.Second, block.Columns[0]]!)).ToArray();
        var family = HolmFamily.OfSignedRanks(differences);
        return [.. pairs.AsParallel().AsOrdered().Select((pair, i) => Of(block, pair.First, pair.Second, differences[i], family, i))];
    }

    /// <summary>Probability of improvement over the problems of a block, with its interval.</summary>
    public static (double Probability, Interval? Interval) ImprovementOf(ReportBlock block, string first, string second)
    {
        var mine = block.Columns.Select(column => block[first, column]!.RankedErrors()).ToArray();
        var theirs = block.Columns.Select(column => block[second, column]!.RankedErrors()).ToArray();
        var resampled = new SmallerProbability(mine, theirs);
        return (
            mine.Zip(theirs, (a, b) => EffectSizes.ProbabilityOfSmaller(a, b)).Average(),
            StratifiedBootstrap.Of(resampled.Sizes, resampled.Of, $"improvement/{first}/{second}", Resamples));
    }

    private const int Resamples = 500;

    private static PairComparison Of(ReportBlock block, string first, string second, double[] differences, HolmFamily family, int index)
    {
        var (probability, interval) = ImprovementOf(block, first, second);
        return new(
            first,
            second,
            [.. differences],
            WinTieLoss.Of(differences),
            family.Tests[index],
            family.Adjusted[index],
            family.IsAttainable(index),
            BayesianSignedRank.Of(differences, $"{first}/{second}"),
            probability,
            interval,
            1 - (2 * probability));
    }
}
