using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// 95 % percentile intervals of mean ranks when the runs of every problem are drawn again (stratified bootstrap, as in
/// <see cref="StratifiedBootstrap"/>): how far a rank could move with other seeds on the same problems.
/// </summary>
internal static class MeanRankBootstrap
{
    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 1000;

    /// <summary>
    /// The interval of each method's mean rank, and how often it comes to each place when methods are ordered by mean rank; null where no cell
    /// has two runs.
    /// </summary>
    /// <param name="logs">log10 errors by problem, method and run; infinite where a run diverged or is of an unsolved cell.</param>
    public static ImmutableArray<(Interval Interval, ImmutableArray<double> Places)>? Of(double[][][] logs)
    {
        if (logs.All(problem => problem.All(runs => runs.Length < 2)))
        {
            return null;
        }

        var methods = logs[0].Length;
        var sorted = logs.Select(problem => problem.Select(runs => runs.Order().ToArray()).ToArray()).ToArray();
        var uniform = new double[logs.Sum(problem => problem.Sum(runs => runs.Length))];
        var counts = new int[logs.Max(problem => problem.Max(runs => runs.Length))];
        var stream = new RandomStream(StratifiedBootstrap.Seed, "mean-rank");
        var drawn = Enumerable.Range(0, methods).Select(_ => new double[Resamples]).ToArray();
        var medians = new double[methods];
        var ranks = new int[methods];
        var (sums, places) = (new double[methods], new PlaceCounts(methods));
        for (var draw = 0; draw < Resamples; draw++)
        {
            stream.FillUniform(uniform);
            var at = 0;
            Array.Clear(sums);
            foreach (var problem in sorted)
            {
                for (var m = 0; m < methods; m++)
                {
                    medians[m] = MedianOfResample(problem[m], uniform.AsSpan(at, problem[m].Length), counts);
                    at += problem[m].Length;
                }

                Ranks.Doubled(medians, ranks);
                for (var m = 0; m < methods; m++)
                {
                    drawn[m][draw] += ranks[m] / 2.0 / logs.Length;
                    sums[m] += ranks[m];
                }
            }

            places.Add(sums);
        }

        return
        [
            .. drawn.Zip(places.Shares(), (means, shares) => (
                new Interval(Descriptive.Quantile(means, Significance.Alpha / 2), Descriptive.Quantile(means, 1 - (Significance.Alpha / 2))),
                shares)),
        ];
    }

    // Runs ascend, so the middle of a resample is found by counting.
    private static double MedianOfResample(double[] runs, ReadOnlySpan<double> uniform, int[] counts)
    {
        Array.Clear(counts, 0, runs.Length);
        foreach (var value in uniform)
        {
            counts[(int)(value * runs.Length)]++;
        }

        var (lower, upper) = ((runs.Length - 1) / 2, runs.Length / 2);
        var (at, below) = (0, counts[0]);
        while (below <= lower)
        {
            below += counts[++at];
        }

        var low = runs[at];
        while (below <= upper)
        {
            below += counts[++at];
        }

        return low == runs[at] ? low : (low + runs[at]) / 2;
    }
}
