namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// Functions on the square [−1, 1]²: velocities as polynomials of one degree in each coordinate by their values at Gauss–Lobatto points,
/// pressures as Legendre polynomials of a total degree one less, which need not meet at the sides of elements (the pair Q_N, P_{N−1}: Bernardi
/// and Maday, Handbook of Numerical Analysis V, 1997, section 25). Everything is known at Gauss points, enough of them to integrate u·∇u times
/// a velocity exactly. A node has the index i·(N + 1) + j, the second coordinate running fastest.
/// </summary>
internal sealed class FlowBasis
{
    /// <summary>Prepares functions of one degree, 2 or more.</summary>
    public FlowBasis(int degree)
    {
        Degree = degree;
        Nodes = Lobatto(degree);
        var (places, weights) = Gauss((((3 * degree) + 1) / 2) + 1);
        var (count, line) = (places.Length, degree + 1);
        var values = places.Select(Along).ToArray();
        var slopes = places.Select(SlopesAlong).ToArray();
        var legendre = places.Select(place => Legendre(degree, place)).ToArray();
        Modes = [.. from i in Enumerable.Range(0, degree) from j in Enumerable.Range(0, degree - i) select (i, j)];
        Weights = new double[count * count];
        Places = new (double, double)[count * count];
        (Values, SlopesX, SlopesY, Pressures) = (new double[count * count][], new double[count * count][], new double[count * count][], new double[count * count][]);
        for (var q = 0; q < count * count; q++)
        {
            var (r, s) = (q / count, q % count);
            (Weights[q], Places[q]) = (weights[r] * weights[s], (places[r], places[s]));
            Values[q] = Products(values[r], values[s], line);
            SlopesX[q] = Products(slopes[r], values[s], line);
            SlopesY[q] = Products(values[r], slopes[s], line);
            Pressures[q] = [.. Modes.Select(mode => legendre[r][mode.I] * legendre[s][mode.J])];
        }
    }

    /// <summary>N.</summary>
    public int Degree { get; }

    /// <summary>The N + 1 nodes along a side, from −1 to 1.</summary>
    public double[] Nodes { get; }

    /// <summary>The degrees of each pressure in both coordinates; the first is the constant.</summary>
    public (int I, int J)[] Modes { get; }

    /// <summary>The Gauss points.</summary>
    public (double X, double Y)[] Places { get; }

    /// <summary>Their weights.</summary>
    public double[] Weights { get; }

    /// <summary>Of each Gauss point, the value of the function of each node.</summary>
    public double[][] Values { get; }

    /// <summary>Of each Gauss point, the derivatives of these functions along the first coordinate.</summary>
    public double[][] SlopesX { get; }

    /// <inheritdoc cref="SlopesX"/>
    public double[][] SlopesY { get; }

    /// <summary>Of each Gauss point, the value of each pressure.</summary>
    public double[][] Pressures { get; }

    /// <summary>The values of the functions of all nodes at any point of the square.</summary>
    public double[] ValuesAt(double x, double y) => Products(Along(x), Along(y), Degree + 1);

    /// <summary>The values of all pressures at any point of the square.</summary>
    public double[] PressuresAt(double x, double y)
    {
        var (alongX, alongY) = (Legendre(Degree, x), Legendre(Degree, y));
        return [.. Modes.Select(mode => alongX[mode.I] * alongY[mode.J])];
    }

    /// <summary>P₀ … P_n at a place.</summary>
    private static double[] Legendre(int n, double x)
    {
        var p = new double[n + 1];
        (p[0], p[1]) = (1, x);
        for (var k = 1; k < n; k++)
        {
            p[k + 1] = ((((2 * k) + 1) * x * p[k]) - (k * p[k - 1])) / (k + 1);
        }

        return p;
    }

    private static double[] Products(double[] x, double[] y, int line) => [.. Enumerable.Range(0, line * line).Select(a => x[a / line] * y[a % line])];

    /// <summary>Zeros of (1 − x²) P_n′ by Newton's method from those of Chebyshev.</summary>
    private static double[] Lobatto(int n)
    {
        var nodes = new double[n + 1];
        (nodes[0], nodes[n]) = (-1, 1);
        for (var j = 1; j < n; j++)
        {
            var x = -Math.Cos(Math.PI * j / n);
            for (var step = 0; step < 20; step++)
            {
                // P_n′ and, by Legendre's equation, P_n″.
                var p = Legendre(n, x);
                var slope = n * (p[n - 1] - (x * p[n])) / (1 - (x * x));
                x -= slope / (((2 * x * slope) - (n * (n + 1) * p[n])) / (1 - (x * x)));
            }

            nodes[j] = x;
        }

        return nodes;
    }

    private static (double[] Places, double[] Weights) Gauss(int n)
    {
        var (places, weights) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var (x, slope) = (-Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), 1.0);
            for (var step = 0; step < 20; step++)
            {
                var p = Legendre(n, x);
                slope = n * (p[n - 1] - (x * p[n])) / (1 - (x * x));
                x -= p[n] / slope;
            }

            (places[i], weights[i]) = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return (places, weights);
    }

    private double[] Along(double x) => [.. Enumerable.Range(0, Degree + 1).Select(i => Product(x, i, i))];

    private double[] SlopesAlong(double x) => [.. Enumerable.Range(0, Degree + 1).Select(i =>
        Enumerable.Range(0, Degree + 1).Where(k => k != i).Sum(k => Product(x, i, k) / (Nodes[i] - Nodes[k])))];

    /// <summary>∏ (x − x_m)/(x_i − x_m) over all m but i and k.</summary>
    private double Product(double x, int i, int k)
    {
        var product = 1.0;
        for (var m = 0; m <= Degree; m++)
        {
            product *= m == i || m == k ? 1 : (x - Nodes[m]) / (Nodes[i] - Nodes[m]);
        }

        return product;
    }
}
