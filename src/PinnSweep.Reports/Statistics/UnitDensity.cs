namespace PinnSweep.Reports.Statistics;

/// <summary>The density of a parameter over cells, from how often each cell was taken; sums to 1 and is nowhere 0.</summary>
internal static class UnitDensity
{
    /// <summary>Cells of the unit interval for what has an order.</summary>
    public const int Cells = 64;

    /// <summary>The cell of a place in the unit interval.</summary>
    public static int CellOf(double unit) => Math.Clamp((int)(unit * Cells), 0, Cells - 1);

    /// <summary>
    /// Of ordered cells: a Gaussian kernel at each centre, σ n^(−1/5) wide (Scott 1992) and at least a cell, reflected at both ends, so
    /// that nothing is lost beyond them. One observation spread evenly is added to all: no cell is thought impossible.
    /// </summary>
    public static void Smooth(ReadOnlySpan<int> counts, Span<double> density)
    {
        var (cells, n, sum, square) = (counts.Length, 0, 0.0, 0.0);
        for (var i = 0; i < cells; i++)
        {
            n += counts[i];
            sum += counts[i] * (double)i;
        }

        for (var i = 0; i < cells; i++)
        {
            square += counts[i] * (i - (sum / n)) * (i - (sum / n));
        }

        var width = n > 1 ? Math.Max(1, Math.Sqrt(square / (n - 1)) * Math.Pow(n, -0.2)) : cells;
        Span<double> kernel = stackalloc double[2 * cells];
        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i] = Math.Exp(-0.5 * i * i / (width * width));
        }

        density.Clear();
        for (var j = 0; j < cells; j++)
        {
            for (var i = 0; i < cells && counts[j] > 0; i++)
            {
                density[i] += counts[j] * (kernel[Math.Abs(i - j)] + kernel[i + j + 1] + kernel[(2 * cells) - 1 - i - j]);
            }
        }

        var total = 0.0;
        foreach (var value in density)
        {
            total += value;
        }

        for (var i = 0; i < cells; i++)
        {
            density[i] = ((n * density[i] / total) + (1.0 / cells)) / (n + 1);
        }
    }

    /// <summary>Of values without an order: their shares, with one observation spread evenly over all.</summary>
    public static void Plain(ReadOnlySpan<int> counts, Span<double> density)
    {
        var n = 0;
        foreach (var count in counts)
        {
            n += count;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            density[i] = (counts[i] + (1.0 / counts.Length)) / (n + 1);
        }
    }
}
