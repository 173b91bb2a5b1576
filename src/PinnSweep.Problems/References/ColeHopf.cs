using System.Globalization;

namespace PinnSweep.Problems.References;

/// <summary>
/// The exact solution of u_t + u u_x = ν u_xx with u(x, 0) = −sin πx and u(±1, t) = 0 by the Cole–Hopf transformation:
/// u = −∫ sin π(x−η) f(x−η) g(η) dη / ∫ f(x−η) g(η) dη, f(y) = exp(−cos(πy)/(2πν)), g(η) = exp(−η²/(4νt)).
/// With η = 2√(νt) z both integrals are trapezoid sums, which converge geometrically; the largest exponent is taken out first.
/// </summary>
internal static class ColeHopf
{
    // Of a smaller number the exponential is zero.
    private const double NoWeight = -746;
    private const int Nodes = 1500;

    /// <summary>Names the solution among the kept references: on a test grid it takes half a second.</summary>
    /// <param name="viscosity">ν.</param>
    public static string Identity(double viscosity) => string.Create(CultureInfo.InvariantCulture, $"cole-hopf {viscosity:R} {Nodes}");

    /// <summary>
    /// Relative L2 distance to sums over more than twice as many nodes, none of them the same, at every <paramref name="stride"/>th of the
    /// points.
    /// </summary>
    /// <param name="points">Pairs (x, t).</param>
    /// <param name="stride">1 takes all.</param>
    /// <param name="viscosity">ν.</param>
    public static double Floor(ReadOnlySpan<double> points, int stride, double viscosity)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < points.Length; i += 2 * stride)
        {
            var finer = Burgers(points[i], points[i + 1], viscosity, 3701);
            difference += Math.Pow(Burgers(points[i], points[i + 1], viscosity) - finer, 2);
            norm += finer * finer;
        }

        return Math.Sqrt(difference / norm);
    }

    /// <summary>u at a point.</summary>
    /// <param name="x">−1 to 1.</param>
    /// <param name="t">≥ 0.</param>
    /// <param name="viscosity">ν.</param>
    /// <param name="nodes">Trapezoid nodes; 1,500 give full double precision for ν ≥ 1/1000.</param>
    public static double Burgers(double x, double t, double viscosity, int nodes = Nodes)
    {
        if (t == 0)
        {
            return -Math.Sin(Math.PI * x);
        }

        var spread = 2 * Math.Sqrt(viscosity * t);
        var reach = Math.Min(12 + (0.6 / Math.Sqrt(viscosity * t)), 40);
        Span<double> exponents = nodes < 4096 ? stackalloc double[nodes + 1] : new double[nodes + 1];
        var largest = double.NegativeInfinity;
        for (var i = 0; i <= nodes; i++)
        {
            var z = -reach + (2 * reach * i / nodes);
            exponents[i] = (-Math.Cos(Math.PI * (x - (spread * z))) / (2 * Math.PI * viscosity)) - (z * z);
            largest = Math.Max(largest, exponents[i]);
        }

        double numerator = 0, denominator = 0;
        for (var i = 0; i <= nodes; i++)
        {
            if (exponents[i] - largest < NoWeight)
            {
                continue;
            }

            var z = -reach + (2 * reach * i / nodes);
            var weight = Math.Exp(exponents[i] - largest);
            numerator += Math.Sin(Math.PI * (x - (spread * z))) * weight;
            denominator += weight;
        }

        return -numerator / denominator;
    }
}
