using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The probability of each place of each method in a fresh study of one problem with as many seeds: the runs of every method are drawn
/// again with replacement and methods ranked by the mean of their logarithms, as the table of accuracy ranks them. A run that failed makes
/// the mean infinite, so that failures rank last.
/// </summary>
internal static class PlaceBootstrap
{
    /// <summary>By method and place; null where no method has two runs.</summary>
    /// <param name="logs">log10 errors by method and run; infinite where a run failed.</param>
    public static ImmutableArray<ImmutableArray<double>>? Of(double[][] logs)
    {
        if (logs.All(runs => runs.Length < 2))
        {
            return null;
        }

        var stream = new RandomStream(StratifiedBootstrap.Seed, "places");
        var uniform = new double[logs.Sum(runs => runs.Length)];
        var (means, places) = (new double[logs.Length], new PlaceCounts(logs.Length));
        for (var draw = 0; draw < MeanRankBootstrap.Resamples; draw++)
        {
            stream.FillUniform(uniform);
            var at = 0;
            for (var m = 0; m < logs.Length; m++)
            {
                var sum = 0.0;
                foreach (var value in uniform.AsSpan(at, logs[m].Length))
                {
                    sum += logs[m][(int)(value * logs[m].Length)];
                }

                means[m] = sum / logs[m].Length;
                at += logs[m].Length;
            }

            places.Add(means);
        }

        return places.Shares();
    }
}
