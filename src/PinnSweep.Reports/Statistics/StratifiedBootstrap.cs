using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>
/// Percentile bootstrap that resamples runs inside each problem and never problems (Agarwal et al. 2021, arXiv:2108.13264). It says how far the
/// number could move with other seeds on the same problems. With few seeds it covers less than it states: about 74 % at 3, 83 % at 5, 90 % at 10.
/// A pure function of the data and the stated seed.
/// </summary>
public static class StratifiedBootstrap
{
    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 2000;

    /// <summary>Seed of the resampling.</summary>
    public const long Seed = 20211;

    /// <summary>95 % interval of a statistic of strata; null where no stratum has two values.</summary>
    /// <param name="strata">Values of each problem.</param>
    /// <param name="statistic">The statistic of resampled strata.</param>
    /// <param name="name">Name of the random stream, so that intervals do not depend on each other's order.</param>
    /// <param name="resamples">Resamples drawn.</param>
    public static Interval? Of(IReadOnlyList<double[]> strata, Func<IReadOnlyList<double[]>, double> statistic, string name, int resamples = Resamples)
    {
        if (strata.All(stratum => stratum.Length < 2))
        {
            return null;
        }

        var stream = new RandomStream(Seed, name);
        var resampled = strata.Select(stratum => new double[stratum.Length]).ToArray();
        var values = new double[resamples];
        for (var draw = 0; draw < resamples; draw++)
        {
            for (var s = 0; s < resampled.Length; s++)
            {
                for (var i = 0; i < resampled[s].Length; i++)
                {
                    resampled[s][i] = strata[s][stream.NextInt(strata[s].Length)];
                }
            }

            values[draw] = statistic(resampled);
        }

        return new(Descriptive.Quantile(values, Significance.Alpha / 2), Descriptive.Quantile(values, 1 - (Significance.Alpha / 2)));
    }
}
