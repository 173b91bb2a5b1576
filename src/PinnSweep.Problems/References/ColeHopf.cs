namespace PinnSweep.Problems.References;

/// <summary>
/// The exact solution of u_t + u u_x = ν u_xx with u(x, 0) = −sin πx and u(±1, t) = 0 by the Cole–Hopf transformation:
/// u = −∫ sin π(x−η) f(x−η) g(η) dη / ∫ f(x−η) g(η) dη, f(y) = exp(−cos(πy)/(2πν)), g(η) = exp(−η²/(4νt)).
/// With η = 2√(νt) z both integrals are trapezoid sums, which converge geometrically; the largest exponent is taken out first.
/// </summary>
internal static class ColeHopf
{
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
    public static double Burgers(double x, double t, double viscosity, int nodes = 1500)
    {
        if (t == 0)
        {
            return -Math.Sin(Math.PI * x);
        }

        var spread = 2 * Math.Sqrt(viscosity * t);
        var reach = Math.Min(12 + (0.6 / Math.Sqrt(viscosity * t)), 40);
        double Exponent(double z) => (-Math.Cos(Math.PI * (x - (spread * z))) / (2 * Math.PI * viscosity)) - (z * z);

        var largest = double.NegativeInfinity;
        for (var i = 0; i <= nodes; i++)
        {
            largest = Math.Max(largest, Exponent(-reach + (2 * reach * i / nodes)));
        }

        double numerator = 0, denominator = 0;
        for (var i = 0; i <= nodes; i++)
        {
            var z = -reach + (2 * reach * i / nodes);
            var weight = Math.Exp(Exponent(z) - largest);
            numerator += Math.Sin(Math.PI * (x - (spread * z))) * weight;
            denominator += weight;
        }

        return -numerator / denominator;
    }
}
