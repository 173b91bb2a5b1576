using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// Two one-sided t tests (Schuirmann 1987) that the geometric mean ratio of two methods lies within a region of practical equivalence, here
/// the factor <see cref="WinTieLoss.EquivalenceFactor"/> either way. It rejects at α where the 1 − 2α interval of the ratio lies inside.
/// That no difference was found says nothing of equivalence: with few seeds both tests are silent.
/// </summary>
internal static class EquivalenceTest
{
    /// <summary>The larger p of the two; 1 for fewer than two pairs, which can show nothing.</summary>
    /// <param name="differences">log10 of the ratio, pair by pair.</param>
    /// <param name="factor">The region reaches from 1 ÷ factor to factor.</param>
    public static double P(ReadOnlySpan<double> differences, double factor = WinTieLoss.EquivalenceFactor)
    {
        if (differences.Length < 2)
        {
            return 1;
        }

        var region = Math.Log10(factor);
        var mean = Descriptive.Mean(differences);
        var error = Descriptive.StandardDeviation(differences) / Math.Sqrt(differences.Length);
        return error > 0 ? StudentT.CDF(0, 1, differences.Length - 1, (Math.Abs(mean) - region) / error)
            : Math.Abs(mean) < region ? 0 : 1;
    }

    /// <summary>
    /// The p of several such tests, Holm-corrected. A copy counts once, and one of the method compared with, which is equivalent for
    /// certain, not at all.
    /// </summary>
    public static ImmutableArray<double> Adjusted(IReadOnlyList<double[]> differences) =>
    [
        .. HolmFamily.Adjust(differences, [.. differences.Select(values => P(values))])
            .Select((p, i) => differences[i].Length >= 2 && differences[i].All(value => value == 0) ? 0 : p),
    ];
}
