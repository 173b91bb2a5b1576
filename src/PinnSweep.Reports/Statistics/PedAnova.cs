using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// PED-ANOVA (Watanabe, Bansal, Hutter 2023, arXiv:2304.10255): how far the best tenth of the proposals differs from all of them in each
/// parameter alone, Σ q (p/q − 1)² of the two densities, which is the parameter's part of the variance of "belongs to the best". It needs
/// no model of the scores; a forest (fANOVA, Hutter 2014) on a few hundred proposals measures the forest. Against all proposals and not
/// against the whole space, so it also holds for proposals that a search has gathered where scores were good.
/// </summary>
internal static class PedAnova
{
    /// <summary>Below this many proposals the best are too few for a density.</summary>
    public const int Fewest = 100;

    /// <summary>γ: the share of the proposals that are the best.</summary>
    public const double Best = 0.1;

    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 500;

    /// <summary>Seed of the resampling.</summary>
    public const long Seed = 20231;

    /// <summary>The importance of each parameter; null where there are too few proposals.</summary>
    /// <param name="dimensions">All parameters of one search.</param>
    /// <param name="scores">Smaller is better; what is not finite has failed and is never among the best.</param>
    /// <param name="name">Name of the random stream.</param>
    public static ImmutableArray<PedImportance>? Of(IReadOnlyList<PedDimension> dimensions, ReadOnlySpan<double> scores, string name)
    {
        if (scores.Length < Fewest)
        {
            return null;
        }

        var values = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i])).OrderBy(i => values[i])];
        var once = Enumerable.Repeat(1, values.Length).ToArray();
        double[] observed = [.. dimensions.Select(dimension => Divergence(dimension, order, once))];
        var shares = Enumerable.Range(0, dimensions.Count).Select(_ => new double[Resamples]).ToArray();
        var stream = new RandomStream(Seed, $"ped-anova/{name}");
        var (uniform, counts, drawn) = (new double[values.Length], new int[values.Length], new double[dimensions.Count]);
        for (var draw = 0; draw < Resamples; draw++)
        {
            stream.FillUniform(uniform);
            Array.Clear(counts);
            foreach (var value in uniform)
            {
                counts[(int)(value * values.Length)]++;
            }

            for (var d = 0; d < drawn.Length; d++)
            {
                drawn[d] = Divergence(dimensions[d], order, counts);
            }

            for (var d = 0; d < drawn.Length; d++)
            {
                shares[d][draw] = Share(drawn[d], drawn.Sum());
            }
        }

        return [.. observed.Select((divergence, d) => new PedImportance(divergence, Share(divergence, observed.Sum()), Around(Share(divergence, observed.Sum()), shares[d])))];
    }

    // Proposals of equal scores enter in their own order, so that the best are always as many.
    private static double Divergence(PedDimension dimension, int[] order, int[] counts)
    {
        var room = (int)Math.Ceiling(Best * counts.Length);
        Span<int> best = stackalloc int[dimension.Count];
        Span<int> all = stackalloc int[dimension.Count];
        foreach (var i in order)
        {
            var taken = Math.Min(room, counts[i]);
            room -= taken;
            if (dimension.Cells[i] >= 0)
            {
                best[dimension.Cells[i]] += taken;
            }
        }

        for (var i = 0; i < counts.Length; i++)
        {
            if (dimension.Cells[i] >= 0)
            {
                all[dimension.Cells[i]] += counts[i];
            }
        }

        Span<double> p = stackalloc double[dimension.Count];
        Span<double> q = stackalloc double[dimension.Count];
        Density(dimension, best, p);
        Density(dimension, all, q);
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += q[i] * ((p[i] / q[i]) - 1) * ((p[i] / q[i]) - 1);
        }

        return sum;
    }

    private static void Density(PedDimension dimension, ReadOnlySpan<int> counts, Span<double> density)
    {
        // None at all say nothing: even.
        if (dimension.IsOrdered && counts.ContainsAnyExcept(0))
        {
            UnitDensity.Smooth(counts, density);
        }
        else
        {
            UnitDensity.Plain(counts, density);
        }
    }

    private static double Share(double divergence, double sum) => sum > 0 ? divergence / sum : 0;

    private static Interval Around(double share, double[] shares)
    {
        Array.Sort(shares);
        return new(
            Math.Min(share, Descriptive.QuantileOfSorted(shares, Significance.Alpha / 2)),
            Math.Max(share, Descriptive.QuantileOfSorted(shares, 1 - (Significance.Alpha / 2))));
    }
}
