using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// Both tails of Student's t together, far out too: the bounds of a first look lie where a quantile that is searched on a straight scale
/// of t ends or loses its digits.
/// </summary>
internal static class StudentTail
{
    /// <summary>P(|T| ≥ t).</summary>
    public static double P(double t, int degrees) =>
        t == 0 ? 1 : SpecialFunctions.BetaRegularized(degrees / 2.0, 0.5, degrees / (degrees + (t * t)));

    /// <summary>The t with P(|T| ≥ t) = p.</summary>
    public static double Quantile(double p, int degrees) =>
        p >= 1 ? 0
        : Math.Exp(Brent.FindRoot(log => Math.Log(P(Math.Exp(log), degrees) + double.Epsilon) - Math.Log(p), -40, 340, 1e-13, 500));
}
