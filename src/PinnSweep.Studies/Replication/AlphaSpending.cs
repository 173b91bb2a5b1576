using MathNet.Numerics.Distributions;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// How much of a two-sided α is spent by the time that a share t of the seeds is there (Lan and DeMets 1983). Each side has α/2 of its own:
/// O'Brien–Fleming 2 − 2Φ(z(α/4) ÷ √t) a side, Pocock (α/2) ln(1 + (e − 1) t).
/// </summary>
internal static class AlphaSpending
{
    /// <summary>α spent on both sides together at the share <paramref name="t"/>, 0 … 1.</summary>
    public static double Spent(SpendingFunction spending, double alpha, double t) => spending == SpendingFunction.Pocock
        ? alpha * Math.Log(1 + ((Math.E - 1) * t))
        : 4 * Normal.CDF(0, 1, Normal.InvCDF(0, 1, alpha / 4) / Math.Sqrt(t));
}
