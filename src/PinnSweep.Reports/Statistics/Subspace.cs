namespace PinnSweep.Reports;

/// <summary>The space that columns of a design span, as an orthonormal basis (Gram and Schmidt, twice, which keeps it orthogonal to rounding).</summary>
internal sealed class Subspace(int length)
{
    private const double Dependent = 1e-9;
    private readonly List<double[]> _basis = [];

    public int Count => _basis.Count;

    public Subspace Copy()
    {
        var copy = new Subspace(length);
        copy._basis.AddRange(_basis);
        return copy;
    }

    /// <summary>Adds what the columns have beyond the basis.</summary>
    public void Add(IEnumerable<double[]> columns)
    {
        foreach (var column in columns)
        {
            var before = Math.Sqrt(Square(column));
            var rest = Residual(Residual(column, Count), Count);
            var norm = Math.Sqrt(Square(rest));
            if (norm > Dependent * Math.Max(before, 1))
            {
                _basis.Add([.. rest.Select(value => value / norm)]);
            }
        }
    }

    /// <summary>What the first <paramref name="count"/> vectors of the basis leave of the values.</summary>
    public double[] Residual(double[] values, int count)
    {
        var rest = (double[])values.Clone();
        for (var b = 0; b < count; b++)
        {
            var (vector, along) = (_basis[b], Dot(_basis[b], rest));
            for (var i = 0; i < rest.Length; i++)
            {
                rest[i] -= along * vector[i];
            }
        }

        return rest;
    }

    /// <summary>The square sum of the values along the vectors from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public double Explained(double[] values, int from, int to)
    {
        var sum = 0.0;
        for (var b = from; b < to; b++)
        {
            var along = Dot(_basis[b], values);
            sum += along * along;
        }

        return sum;
    }

    /// <summary>The square sum along the vectors from <paramref name="from"/> on, and of all that the vectors before leave.</summary>
    public (double Part, double Total) Split(double[] values, int from) =>
        (Explained(values, from, Count), Square(values) - Explained(values, 0, from));

    public static double Square(double[] values) => Dot(values, values);

    // Four sums in a fixed order: the same bits with every width of vectors and in every tier of the compiler, and not four times slower.
    private static double Dot(double[] first, double[] second)
    {
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0);
        var i = 0;
        for (; i + 3 < first.Length; i += 4)
        {
            a += first[i] * second[i];
            b += first[i + 1] * second[i + 1];
            c += first[i + 2] * second[i + 2];
            d += first[i + 3] * second[i + 3];
        }

        for (; i < first.Length; i++)
        {
            a += first[i] * second[i];
        }

        return (a + b) + (c + d);
    }
}
