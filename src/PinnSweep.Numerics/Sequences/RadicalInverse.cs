namespace PinnSweep.Numerics.Sequences;

/// <summary>The digits of a number mirrored at the point: φ_b(Σ dᵢ bⁱ) = Σ dᵢ b⁻ⁱ⁻¹ (van der Corput 1935).</summary>
internal static class RadicalInverse
{
    /// <summary>φ of an index in a base.</summary>
    public static double Of(int index, int radix)
    {
        var (value, weight) = (0.0, 1.0 / radix);
        for (var rest = index; rest > 0; rest /= radix)
        {
            value += rest % radix * weight;
            weight /= radix;
        }

        return value;
    }

    /// <summary>The first primes.</summary>
    public static int[] Primes(int count)
    {
        var primes = new List<int>();
        for (var candidate = 2; primes.Count < count; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
            {
                primes.Add(candidate);
            }
        }

        return [.. primes];
    }

    /// <summary>Adds to each coordinate a number of its own, modulo 1 (Cranley, Patterson 1976).</summary>
    public static void Shift(Span<double> unit, ReadOnlySpan<double> by)
    {
        for (var i = 0; i < unit.Length; i++)
        {
            var moved = unit[i] + by[i % by.Length];
            unit[i] = moved >= 1 ? moved - 1 : moved;
        }
    }
}
