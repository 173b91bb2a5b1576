using PinnSweep.Numerics.Streams;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>Draws from candidates by their densities.</summary>
internal static class WeightedChoice
{
    /// <summary>rᵏ/mean(rᵏ) + c (Wu et al. 2023, eq. 2); 1 for all where every rᵏ is 0.</summary>
    public static double[] Density(ReadOnlySpan<double> magnitudes, double k, double c)
    {
        var density = new double[magnitudes.Length];
        var sum = 0.0;
        for (var i = 0; i < density.Length; i++)
        {
            density[i] = k == 1 ? magnitudes[i] : Math.Pow(magnitudes[i], k);
            sum += density[i];
        }

        var mean = sum / density.Length;
        for (var i = 0; i < density.Length; i++)
        {
            density[i] = mean > 0 && double.IsFinite(mean) ? (density[i] / mean) + c : 1;
        }

        return density;
    }

    /// <summary>
    /// So many different indices, one after another each in proportion to the density of those that are left: the first arrivals of
    /// exponential clocks with these rates have that law (Efraimidis, Spirakis 2006).
    /// </summary>
    public static int[] WithoutReplacement(ReadOnlySpan<double> density, int count, RandomStream stream)
    {
        var arrivals = new double[density.Length];
        stream.FillUniform(arrivals);
        for (var i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = density[i] > 0 ? -Math.Log(1 - arrivals[i]) / density[i] : double.PositiveInfinity;
        }

        if (First(arrivals, count) is { } first)
        {
            return first;
        }

        var indices = Enumerable.Range(0, density.Length).ToArray();
        Array.Sort(arrivals, indices);
        return indices[..Math.Min(count, indices.Length)];
    }

    /// <summary>
    /// The indices of the smallest entries in their order, without sorting the others; null where they are many, or where two are equal, so
    /// that their order is that of the sorting of all.
    /// </summary>
    private static int[]? First(double[] arrivals, int count)
    {
        if (count == 0 || count > arrivals.Length / 4)
        {
            return null;
        }

        var bound = Selection.Smallest([.. arrivals], count - 1);
        var (indices, taken) = (new int[count], 0);
        for (var i = 0; i < arrivals.Length; i++)
        {
            if (arrivals[i] <= bound)
            {
                if (taken == count)
                {
                    return null;
                }

                indices[taken++] = i;
            }
        }

        var keys = Array.ConvertAll(indices, i => arrivals[i]);
        Array.Sort(keys, indices);
        for (var i = 1; i < count; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                return null;
            }
        }

        return indices;
    }

    /// <summary>Independent draws, each in proportion to the density.</summary>
    public static int[] WithReplacement(ReadOnlySpan<double> density, int count, RandomStream stream)
    {
        var below = new double[density.Length];
        var sum = 0.0;
        for (var i = 0; i < below.Length; i++)
        {
            sum += density[i];
            below[i] = sum;
        }

        var chosen = new int[count];
        for (var i = 0; i < count; i++)
        {
            // The first entry above the number: candidates of density 0 are never it.
            var wanted = stream.NextDouble() * sum;
            var (low, high) = (0, below.Length - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = below[middle] > wanted ? (low, middle) : (middle + 1, high);
            }

            chosen[i] = low;
        }

        return chosen;
    }
}
