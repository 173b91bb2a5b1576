using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>
/// The Bayesian signed-rank test with a region of practical equivalence (Benavoli, Corani, Demšar, Zaffalon 2017, arXiv:1606.04316): a Dirichlet
/// process on the differences, whose prior is one pseudo-difference of zero with weight ½. The three probabilities say how sure one may be that
/// the first is practically better, that the two are practically equal, and that the second is better; they sum to one.
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

    private const double PriorWeight = 0.5;

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

        // Walsh sums zᵢ + zⱼ of the differences with the prior's zero in front.
        var rope = 2 * (region ?? Math.Log10(WinTieLoss.EquivalenceFactor));
        double[] z = [0, .. differences];
        var sign = new sbyte[z.Length, z.Length];
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = 0; j < z.Length; j++)
            {
                // −∞ + ∞ is no number and stays in the middle.
                var sum = z[i] + z[j];
                sign[i, j] = (sbyte)(sum < -rope ? -1 : sum > rope ? 1 : 0);
            }
        }

        var stream = new RandomStream(Seed, $"bayes/{name}");
        var weights = new double[z.Length];
        var (first, equivalent, second) = (0.0, 0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            Dirichlet(stream, weights);
            var (left, middle, right) = Masses(sign, weights);
            var most = Math.Max(left, Math.Max(middle, right));
            var winners = (left == most ? 1 : 0) + (middle == most ? 1 : 0) + (right == most ? 1 : 0);
            first += left == most ? 1.0 / winners : 0;
            equivalent += middle == most ? 1.0 / winners : 0;
            second += right == most ? 1.0 / winners : 0;
        }

        return new(first / Draws, equivalent / Draws, second / Draws);
    }

    private static (double Left, double Middle, double Right) Masses(sbyte[,] sign, double[] weights)
    {
        var (left, right) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var (below, above) = (0.0, 0.0);
            for (var j = 0; j < weights.Length; j++)
            {
                below += sign[i, j] < 0 ? weights[j] : 0;
                above += sign[i, j] > 0 ? weights[j] : 0;
            }

            left += weights[i] * below;
            right += weights[i] * above;
        }

        return (left, 1 - left - right, right);
    }

    // Gamma(1) is −ln U, Gamma(½) half the square of a normal value.
    private static void Dirichlet(RandomStream stream, double[] weights)
    {
        var gaussian = stream.NextGaussian();
        weights[0] = gaussian * gaussian * PriorWeight;
        var sum = weights[0];
        for (var i = 1; i < weights.Length; i++)
        {
            weights[i] = -Math.Log(1 - stream.NextDouble());
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
    }
}
