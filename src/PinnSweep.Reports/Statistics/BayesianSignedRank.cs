using PinnSweep.Numerics.Streams;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The Bayesian signed-rank test with a region of practical equivalence (Benavoli, Corani, Demšar, Zaffalon 2017, arXiv:1606.04316): a
/// Dirichlet process on the differences, whose prior is one pseudo-difference of zero with weight ½. The three probabilities say how sure
/// one may be that the first is practically better, that the two are practically equal, and that the second is better; they sum to one.
/// </summary>
/// <param name="First">Probability that the first is better (differences below −ρ dominate).</param>
/// <param name="Equivalent">Probability that they are practically equal.</param>
/// <param name="Second">Probability that the second is better.</param>
public sealed record BayesianSignedRank(double First, double Equivalent, double Second)
{
    /// <summary>Draws from the posterior.</summary>
    public const int Draws = 2000;

    /// <summary>Seed of the draws.</summary>
    public const long Seed = 20171;

    /// <summary>The test on differences of log10 error (first − second).</summary>
    /// <param name="differences">One a problem, or a seed where there is one problem; infinite ones are beyond every region.</param>
    /// <param name="name">Name of the random stream.</param>
    /// <param name="region">ρ: half the width of the region of practical equivalence.</param>
    public static BayesianSignedRank? Of(double[] differences, string name, double? region = null)
    {
        if (differences.Length == 0)
        {
            return null;
        }

        // Walsh sums zᵢ + zⱼ of the differences and the prior's zero. In ascending order those of one i that are below the region are the
        // first few j and those above it the last few, so that a draw needs sums of leading weights and no sum over all pairs.
        var rope = 2 * (region ?? Math.Log10(WinTieLoss.EquivalenceFactor));
        double[] z = [.. differences.Append(0).Order()];

        // Weights are drawn in the order of size, the prior's first: neither the order of problems nor which method is named first then
        // matters.
        int[] places = [.. Enumerable.Range(0, z.Length).OrderBy(i => Math.Abs(z[i]))];

        // −∞ + ∞ is no number and stays in the middle.
        var below = z.Select(one => z.Count(other => one + other < -rope)).ToArray();
        var notAbove = z.Select(one => z.Length - z.Count(other => one + other > rope)).ToArray();
        var stream = new RandomStream(Seed, $"bayes/{name}");
        var weights = new double[z.Length];
        var uniform = new double[z.Length + 1];
        var leading = new double[z.Length + 1];
        var (first, equivalent, second) = (0.0, 0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            stream.FillUniform(uniform);
            Dirichlet(uniform, places, weights);
            for (var i = 0; i < weights.Length; i++)
            {
                leading[i + 1] = leading[i] + weights[i];
            }

            var (left, right) = (0.0, 0.0);
            for (var i = 0; i < weights.Length; i++)
            {
                left += weights[i] * leading[below[i]];
                right += weights[i] * (leading[^1] - leading[notAbove[i]]);
            }

            var middle = 1 - left - right;
            var most = Math.Max(left, Math.Max(middle, right));
            var winners = (left == most ? 1 : 0) + (middle == most ? 1 : 0) + (right == most ? 1 : 0);
            first += left == most ? 1.0 / winners : 0;
            equivalent += middle == most ? 1.0 / winners : 0;
            second += right == most ? 1.0 / winners : 0;
        }

        return new(first / Draws, equivalent / Draws, second / Draws);
    }

    // Gamma(1) is −ln U, Gamma(½) half the square of a normal value, which takes two of the uniform ones (Box and Muller).
    private static void Dirichlet(double[] uniform, int[] places, double[] weights)
    {
        var cosine = Math.Cos(2 * Math.PI * uniform[^1]);
        var sum = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            var gamma = -Math.Log(1 - uniform[i]) * (i == 0 ? cosine * cosine : 1);
            weights[places[i]] = gamma;
            sum += gamma;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
    }
}
