namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// Polynomials on [0, 1] by their values at x_j = (1 + cos(πj/n))/2, from 1 down to 0 (Trefethen, Spectral Methods in MATLAB, 2000,
/// chapters 6 and 12).
/// </summary>
internal sealed class Chebyshev
{
    /// <summary>Prepares polynomials of one degree.</summary>
    public Chebyshev(int degree)
    {
        var n = degree;
        Nodes = [.. Enumerable.Range(0, n + 1).Select(j => 0.5 * (1 + Math.Cos(Math.PI * j / n)))];
        First = new double[n + 1, n + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= n; j++)
            {
                if (i != j)
                {
                    First[i, j] = Side(i) / Side(j) * ((i + j) % 2 == 0 ? 1 : -1) / (Nodes[i] - Nodes[j]);

                    // The rows of a derivative add up to zero; this keeps it so under rounding.
                    First[i, i] -= First[i, j];
                }
            }
        }

        Second = Product(First, First);
        Third = Product(Second, First);
        Fourth = Product(Second, Second);
        Weights = [.. Enumerable.Range(0, n + 1).Select(Weight)];
    }

    /// <summary>The nodes.</summary>
    public double[] Nodes { get; }

    /// <summary>Derivative matrices of order one to four.</summary>
    public double[,] First { get; }

    /// <inheritdoc cref="First"/>
    public double[,] Second { get; }

    /// <inheritdoc cref="First"/>
    public double[,] Third { get; }

    /// <inheritdoc cref="First"/>
    public double[,] Fourth { get; }

    /// <summary>Clenshaw–Curtis weights: ∫₀¹ f = Σ w_j f(x_j).</summary>
    public double[] Weights { get; }

    /// <summary>The matrix from values at the nodes to values at other places, by the barycentric formula.</summary>
    public double[,] Interpolation(IReadOnlyList<double> places)
    {
        var n = Nodes.Length - 1;
        var matrix = new double[places.Count, n + 1];
        for (var i = 0; i < places.Count; i++)
        {
            var hit = Array.IndexOf(Nodes, places[i]);
            var sum = 0.0;
            for (var j = 0; j <= n; j++)
            {
                matrix[i, j] = hit >= 0 ? (j == hit ? 1 : 0) : (j % 2 == 0 ? 1 : -1) / Side(j) / (places[i] - Nodes[j]);
                sum += matrix[i, j];
            }

            for (var j = 0; j <= n; j++)
            {
                matrix[i, j] /= sum;
            }
        }

        return matrix;
    }

    /// <summary>A B.</summary>
    public static double[,] Product(double[,] a, double[,] b)
    {
        var result = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var k = 0; k < b.GetLength(0); k++)
            {
                for (var j = 0; j < b.GetLength(1); j++)
                {
                    result[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return result;
    }

    /// <summary>Aᵀ.</summary>
    public static double[,] Transpose(double[,] a)
    {
        var result = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
            {
                result[j, i] = a[i, j];
            }
        }

        return result;
    }

    private double Side(int j) => j == 0 || j == Nodes.Length - 1 ? 2 : 1;

    private double Weight(int j)
    {
        var n = Nodes.Length - 1;
        var sum = 1.0;
        for (var k = 1; k <= n / 2; k++)
        {
            sum -= (2 * k == n ? 1 : 2) * Math.Cos(2 * Math.PI * j * k / n) / ((4.0 * k * k) - 1);
        }

        return sum / n / Side(j);
    }
}
