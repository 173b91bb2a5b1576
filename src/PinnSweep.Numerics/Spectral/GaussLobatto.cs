namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// Polynomials on [−1, 1] by their values at the Gauss–Lobatto–Legendre points, whose weights integrate degree 2n − 1 exactly (Canuto,
/// Hussaini, Quarteroni, Zang, Spectral Methods, 2006, section 2.3): a spectral element has its nodes there, and so a diagonal mass matrix.
/// </summary>
internal sealed class GaussLobatto
{
    /// <summary>Prepares polynomials of one degree, at least 1.</summary>
    public GaussLobatto(int degree)
    {
        var n = degree;
        (Nodes, Weights, First) = (new double[n + 1], new double[n + 1], new double[n + 1, n + 1]);
        var legendre = new double[n + 1];
        for (var j = 0; j <= n; j++)
        {
            (Nodes[j], legendre[j]) = Node(n, j);
            Weights[j] = 2 / (n * (n + 1) * legendre[j] * legendre[j]);
        }

        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= n; j++)
            {
                if (i != j)
                {
                    First[i, j] = legendre[i] / (legendre[j] * (Nodes[i] - Nodes[j]));

                    // The rows of a derivative add up to zero; this keeps it so under rounding.
                    First[i, i] -= First[i, j];
                }
            }
        }

        Barycentric = [.. Enumerable.Range(0, n + 1).Select(j => 1 / Enumerable.Range(0, n + 1).Where(k => k != j).Aggregate(1.0, (product, k) => product * (Nodes[j] - Nodes[k])))];
    }

    /// <summary>The nodes, from −1 to 1.</summary>
    public double[] Nodes { get; }

    /// <summary>∫ f = Σ w_j f(x_j).</summary>
    public double[] Weights { get; }

    /// <summary>From values at the nodes to derivatives there.</summary>
    public double[,] First { get; }

    private double[] Barycentric { get; }

    /// <summary>The factors of the values at the nodes in the value at a place.</summary>
    public void Interpolation(double place, Span<double> factors)
    {
        var hit = Array.IndexOf(Nodes, place);
        var sum = 0.0;
        for (var j = 0; j < Nodes.Length; j++)
        {
            factors[j] = hit >= 0 ? (j == hit ? 1 : 0) : Barycentric[j] / (place - Nodes[j]);
            sum += factors[j];
        }

        for (var j = 0; j < Nodes.Length; j++)
        {
            factors[j] /= sum;
        }
    }

    /// <summary>A node and the Legendre polynomial there: Newton's method on (1 − x²) P'ₙ(x), from the Chebyshev points.</summary>
    private static (double Node, double Legendre) Node(int n, int j)
    {
        if (j == 0 || j == n)
        {
            return (j == 0 ? -1 : 1, j == 0 && n % 2 == 1 ? -1 : 1);
        }

        var x = -Math.Cos(Math.PI * j / n);
        for (var i = 0; i < 100; i++)
        {
            var (before, last) = Legendre(n, x);
            var step = ((x * last) - before) / ((n + 1) * last);
            x -= step;
            if (Math.Abs(step) < 1e-16)
            {
                break;
            }
        }

        return (x, Legendre(n, x).Last);
    }

    private static (double Before, double Last) Legendre(int n, double x)
    {
        var (before, last) = (1.0, x);
        for (var k = 2; k <= n; k++)
        {
            (before, last) = (last, (((2 * k) - 1) * x * last / k) - ((k - 1) * before / k));
        }

        return (before, last);
    }
}
