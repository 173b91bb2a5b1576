namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// Polynomials on [−1, 1] by their values at the Gauss–Lobatto–Legendre nodes, from −1 up to 1, which are the nodes of a quadrature too, exact for
/// degree 2n − 1: what spectral elements are made of (Karniadakis, Sherwin, Spectral/hp Element Methods, 2005, appendices A and B).
/// </summary>
internal sealed class LobattoElement
{
    private const int MostIterations = 100;
    private readonly double[] _barycentric;

    /// <summary>Prepares polynomials of one degree, at least 1.</summary>
    public LobattoElement(int degree)
    {
        (Degree, Nodes, Weights, First) = (degree, new double[degree + 1], new double[degree + 1], new double[degree + 1, degree + 1]);
        for (var i = 0; i <= degree; i++)
        {
            Nodes[i] = Node(i);
            var value = Legendre(Nodes[i]).Value;
            Weights[i] = 2 / (degree * (degree + 1.0) * value * value);
        }

        _barycentric = [.. Nodes.Select(node => 1 / Nodes.Where(other => other != node).Aggregate(1.0, (product, other) => product * (node - other)))];
        for (var i = 0; i <= degree; i++)
        {
            for (var j = 0; j <= degree; j++)
            {
                if (i != j)
                {
                    First[i, j] = _barycentric[j] / _barycentric[i] / (Nodes[i] - Nodes[j]);

                    // The rows of a derivative add up to zero; this keeps it so under rounding.
                    First[i, i] -= First[i, j];
                }
            }
        }
    }

    /// <summary>n.</summary>
    public int Degree { get; }

    /// <summary>The nodes.</summary>
    public double[] Nodes { get; }

    /// <summary>∫ f = Σ w_j f(x_j).</summary>
    public double[] Weights { get; }

    /// <summary>Derivative matrix.</summary>
    public double[,] First { get; }

    /// <summary>The weights of the values at the nodes that give the value at a place.</summary>
    public double[] Interpolation(double place)
    {
        var weights = new double[Degree + 1];
        var hit = Array.IndexOf(Nodes, place);
        if (hit >= 0)
        {
            weights[hit] = 1;
            return weights;
        }

        var sum = 0.0;
        for (var j = 0; j <= Degree; j++)
        {
            weights[j] = _barycentric[j] / (place - Nodes[j]);
            sum += weights[j];
        }

        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>A zero of (1 − x²) P_n', by Newton's method from the Chebyshev node beside it.</summary>
    private double Node(int i)
    {
        if (i == 0 || i == Degree)
        {
            return i == 0 ? -1 : 1;
        }

        var x = -Math.Cos(Math.PI * i / Degree);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var (value, before) = Legendre(x);

            // (1 − x²) P_n' = n (P_{n−1} − x P_n), whose derivative is −n (n + 1) P_n.
            var change = (before - (x * value)) / ((Degree + 1) * value);
            x += change;
            if (Math.Abs(change) < 1e-15)
            {
                break;
            }
        }

        return x;
    }

    private (double Value, double Before) Legendre(double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= Degree; k++)
        {
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        }

        return (value, before);
    }
}
