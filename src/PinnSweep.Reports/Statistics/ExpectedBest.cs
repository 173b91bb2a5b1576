using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The best score that n proposals can be expected to find, for each n from 1 to as many as a search had: the mean of the best over all
/// groups of n, Σ v₍ᵢ₎ C(B − i, n − 1) ÷ C(B, n). Drawn without replacement it has no bias; the plug-in estimator of Dodge et al. (2019),
/// with replacement, is too good, and its bootstrap intervals cover too seldom (Tang et al. 2020, arXiv:2004.13705). Past half of the
/// proposals nearly all groups share the same few best, so the curve is a line through single draws: see <see cref="IsTrusted"/>.
/// </summary>
/// <param name="Count">B: proposals, failed ones included.</param>
/// <param name="Failures">How many had no finite score. They lose no place in the purse: each counts as <paramref name="Cap"/>.</param>
/// <param name="Cap">The worst score that any proposal counts as.</param>
/// <param name="Mean">The expected best of n, at n − 1.</param>
/// <param name="Band">
/// The 95 % interval of the median of the best of n, at n − 1, which is the quantile 1 − 2^(−1/n) of the scores: between two order
/// statistics, whatever the distribution. The lower end is −∞ where even the best score seen cannot close it, about n > B/5; the upper end
/// is +∞ where the worst cannot.
/// </param>
internal sealed record ExpectedBest(int Count, int Failures, double Cap, ImmutableArray<double> Mean, ImmutableArray<Interval> Band)
{
    // Weights below it move no digit, whatever scores are.
    private const double Negligible = 1e-60;

    /// <summary>Whether the curve is to be trusted at n.</summary>
    public bool IsTrusted(int n) => 2 * n <= Count;

    /// <summary>The curve of a search; null for no proposals, or where all failed and no cap is given.</summary>
    /// <param name="scores">Smaller is better; what is not finite has failed.</param>
    /// <param name="cap">No score counts as worse; null for the worst finite one.</param>
    public static ExpectedBest? Of(ReadOnlySpan<double> scores, double? cap = null)
    {
        var (failures, worst) = (0, double.NegativeInfinity);
        foreach (var score in scores)
        {
            failures += double.IsFinite(score) ? 0 : 1;
            worst = double.IsFinite(score) ? Math.Max(worst, score) : worst;
        }

        if (scores.IsEmpty || (failures == scores.Length && cap is null))
        {
            return null;
        }

        var limit = cap ?? worst;
        var sorted = scores.ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = double.IsFinite(sorted[i]) ? Math.Min(sorted[i], limit) : limit;
        }

        Array.Sort(sorted);
        return new(sorted.Length, failures, limit, [.. Enumerable.Range(1, sorted.Length).Select(n => BestOf(sorted, n))], Bands(sorted));
    }

    // The i-th smallest is the best of C(B − i, n − 1) groups; the ratio of neighbours needs no binomial, and sums only what is positive.
    private static double BestOf(double[] sorted, int n)
    {
        var (sum, weight) = (0.0, n / (double)sorted.Length);
        for (var i = 1; i <= sorted.Length - n + 1 && weight > Negligible; i++)
        {
            sum += weight * sorted[i - 1];
            weight *= (sorted.Length - i - n + 1.0) / Math.Max(1, sorted.Length - i);
        }

        return sum;
    }

    // Both ends only fall as n grows, so all n together look at each order statistic once.
    private static ImmutableArray<Interval> Bands(double[] sorted)
    {
        var count = sorted.Length;
        var (lower, upper) = ((count + 1) / 2, count + 1);
        var bands = ImmutableArray.CreateBuilder<Interval>(count);
        for (var n = 1; n <= count; n++)
        {
            var below = 1 - Math.Pow(2, -1.0 / n);
            while (lower > 0 && Binomial.CDF(below, count, lower - 1) > Significance.Alpha / 2)
            {
                lower--;
            }

            while (upper > 1 && 1 - Binomial.CDF(below, count, upper - 2) <= Significance.Alpha / 2)
            {
                upper--;
            }

            bands.Add(new(lower > 0 ? sorted[lower - 1] : double.NegativeInfinity, upper <= count ? sorted[upper - 1] : double.PositiveInfinity));
        }

        return bands.MoveToImmutable();
    }
}
