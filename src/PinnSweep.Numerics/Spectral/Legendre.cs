namespace PinnSweep.Numerics.Spectral;

/// <summary>Legendre's polynomials and Gauss' quadrature on [−1, 1] (Abramowitz, Stegun 1964, 22.7.10 and 25.4.29).</summary>
internal static class Legendre
{
    /// <summary>P_0 … P_degree at a point.</summary>
    public static double[] Values(int degree, double x)
    {
        var values = new double[degree + 1];
        (values[0], values[Math.Min(1, degree)]) = (1, degree == 0 ? 1 : x);
        for (var k = 1; k < degree; k++)
        {
            values[k + 1] = ((((2 * k) + 1) * x * values[k]) - (k * values[k - 1])) / (k + 1);
        }

        return values;
    }

    /// <summary>The zeros of P_count in ascending order and their weights, exact for polynomials of degree 2 · count − 1.</summary>
    public static (double[] Nodes, double[] Weights) Gauss(int count)
    {
        var (nodes, weights) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = -Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;

            // Newton's method from there is done in four or five steps.
            for (var step = 0; step < 12; step++)
            {
                var p = Values(count, x);
                slope = count * ((x * p[count]) - p[count - 1]) / ((x * x) - 1);
                x -= p[count] / slope;
            }

            (nodes[i], weights[i]) = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return (nodes, weights);
    }
}
