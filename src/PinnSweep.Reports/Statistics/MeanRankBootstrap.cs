using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>
/// 95 % percentile intervals of mean ranks when the runs of every problem are drawn again (stratified bootstrap, as in
/// <see cref="StratifiedBootstrap"/>): how far a rank could move with other seeds on the same problems.
/// </summary>
public static class MeanRankBootstrap
{
    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 1000;

    /// <summary>The interval of each method's mean rank; null where no cell has two runs.</summary>
    /// <param name="logs">log10 errors by problem, method and run; infinite where a run failed.</param>
    public static ImmutableArray<Interval>? Of(double[][][] logs)
    {
        if (logs.All(problem => problem.All(runs => runs.Length < 2)))
        {
            return null;
        }

        var methods = logs[0].Length;
        var stream = new RandomStream(StratifiedBootstrap.Seed, "mean-rank");
        var drawn = Enumerable.Range(0, methods).Select(_ => new double[Resamples]).ToArray();
        var medians = new double[methods];
        for (var draw = 0; draw < Resamples; draw++)
        {
            foreach (var problem in logs)
            {
                for (var m = 0; m < methods; m++)
                {
                    medians[m] = MedianOfResample(problem[m], stream);
                }

                var ranks = Ranks.Doubled(medians);
                for (var m = 0; m < methods; m++)
                {
                    drawn[m][draw] += ranks[m] / 2.0 / logs.Length;
                }
            }
        }

        return
        [
            .. drawn.Select(ranks => new Interval(
                Descriptive.Quantile(ranks, Significance.Alpha / 2), Descriptive.Quantile(ranks, 1 - (Significance.Alpha / 2)))),
        ];
    }

    private static double MedianOfResample(double[] runs, RandomStream stream)
    {
        Span<double> sample = runs.Length <= 64 ? stackalloc double[64] : new double[runs.Length];
        sample = sample[..runs.Length];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = runs[stream.NextInt(runs.Length)];
        }

        sample.Sort();
        var (low, high) = (sample[(sample.Length - 1) / 2], sample[sample.Length / 2]);
        return low == high ? low : (low + high) / 2;
    }
}
