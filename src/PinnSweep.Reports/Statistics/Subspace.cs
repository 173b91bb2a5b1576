namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The space that the indicators of groupings span, as an orthonormal basis (Gram and Schmidt, twice, which keeps it orthogonal to
/// rounding). Each vector of the basis is also known as a combination of indicators: what lies along it follows from the sums of the
/// groups, which are far fewer than the observations, and permutations ask for nothing else.
/// </summary>
internal sealed class Subspace(int length)
{
    private const double Dependent = 1e-9;
    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _combinations = [];
    private readonly List<(int[] Groups, int First)> _groupings = [];
    private int _columns;

    /// <summary>Vectors of the basis.</summary>
    public int Count => _basis.Count;

    /// <summary>Operations of one <see cref="Split"/>, about.</summary>
    public double Work => ((double)length * _groupings.Count) + ((double)Count * _columns);

    /// <summary>Adds what the indicators of a grouping have beyond the basis.</summary>
    /// <param name="groups">The group of each observation, from 0.</param>
    public void Add(int[] groups)
    {
        var first = _columns;
        _groupings.Add((groups, first));
        _columns += groups.Max() + 1;
        for (var column = first; column < _columns; column++)
        {
            AddIndicator(groups, column, first);
        }
    }

    /// <summary>What the whole basis leaves of the values.</summary>
    public double[] Residual(double[] values)
    {
        var rest = (double[])values.Clone();
        foreach (var vector in _basis)
        {
            Subtract(rest, Dot(vector, rest), vector);
        }

        return rest;
    }

    /// <summary>What the vectors from <paramref name="from"/> up to, not including, <paramref name="to"/> make of the values.</summary>
    public double[] Projection(double[] values, int from, int to)
    {
        var part = new double[length];
        for (var b = from; b < to; b++)
        {
            Subtract(part, -Dot(_basis[b], values), _basis[b]);
        }

        return part;
    }

    /// <summary>Room for the sums of the groups.</summary>
    public double[] Sums() => new double[_columns];

    /// <summary>
    /// The square sums of the values along the whole basis, and along its vectors from <paramref name="from"/> up to, not including,
    /// <paramref name="to"/>.
    /// </summary>
    public (double Whole, double Part) Split(double[] values, int from, int to, double[] sums)
    {
        Array.Clear(sums);
        foreach (var (groups, first) in _groupings)
        {
            for (var i = 0; i < groups.Length; i++)
            {
                sums[first + groups[i]] += values[i];
            }
        }

        var (whole, part) = (0.0, 0.0);
        for (var b = 0; b < Count; b++)
        {
            var along = Dot(_combinations[b], sums);
            whole += along * along;
            part += b >= from && b < to ? along * along : 0;
        }

        return (whole, part);
    }

    /// <summary>The square sum of values.</summary>
    public static double Square(double[] values) => Dot(values, values);

    private void AddIndicator(int[] groups, int column, int first)
    {
        var rest = new double[length];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = groups[i] == column - first ? 1 : 0;
        }

        var combination = new double[column + 1];
        combination[column] = 1;
        var before = Math.Sqrt(Square(rest));
        for (var pass = 0; pass < 2; pass++)
        {
            for (var b = 0; b < _basis.Count; b++)
            {
                var along = Dot(_basis[b], rest);
                Subtract(rest, along, _basis[b]);
                Subtract(combination, along, _combinations[b]);
            }
        }

        var norm = Math.Sqrt(Square(rest));
        if (norm > Dependent * Math.Max(before, 1))
        {
            _basis.Add([.. rest.Select(value => value / norm)]);
            _combinations.Add([.. combination.Select(value => value / norm)]);
        }
    }

    private static void Subtract(double[] from, double factor, double[] vector)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            from[i] -= factor * vector[i];
        }
    }

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
