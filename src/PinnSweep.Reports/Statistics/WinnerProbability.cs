using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The probability of each of several log-normal errors to be the smallest in a fresh run of each: ∫ fᵢ Πⱼ≠ᵢ (1 − Fⱼ), by quadrature between
/// the ends of all densities, so that one that is narrow beside the others is not stepped over. Means and standard deviations are matched:
/// σ² = ln(1 + (s/x̄)²), μ = ln x̄ − σ²/2.
/// </summary>
internal static class WinnerProbability
{
    private const double Reach = 8;
    private const int Order = 32;
    private static readonly double[] Marks = [-Reach, -4, -2, 0, 2, 4, Reach];

    /// <summary>The probabilities, in the order of the methods; they sum to 1. Methods without spread that tie share theirs.</summary>
    /// <param name="methods">Mean and standard deviation of each; means above zero.</param>
    public static double[] Of(IReadOnlyList<(double Mean, double Deviation)> methods) => OfLogs([.. methods.Select(method => LogsOf(method.Mean, method.Deviation))]);

    /// <summary>The same of means and standard deviations of natural logarithms.</summary>
    public static double[] OfLogs((double Mean, double Deviation)[] logs) =>
        [.. Enumerable.Range(0, logs.Length).Select(i => logs[i].Deviation > 0 ? Spread(logs, i) : Fixed(logs, i))];

    private static (double Mean, double Deviation) LogsOf(double mean, double deviation)
    {
        var variance = Math.Log(1 + (deviation / mean * (deviation / mean)));
        return (Math.Log(mean) - (variance / 2), Math.Sqrt(variance));
    }

    private static double Spread((double Mean, double Deviation)[] logs, int i)
    {
        var own = logs[i];
        var (low, high) = (own.Mean - (Reach * own.Deviation), own.Mean + (Reach * own.Deviation));
        double[] ends =
        [
            .. logs.SelectMany(other => Marks.Select(mark => other.Mean + (mark * other.Deviation))).Where(end => end > low && end < high).Append(low).Append(high).Distinct().Order(),
        ];
        return ends.Zip(ends.Skip(1)).Sum(part => GaussLegendreRule.Integrate(
            x => Normal.PDF(own.Mean, own.Deviation, x) * Beyond(logs, i, x), part.First, part.Second, Order));
    }

    private static double Fixed((double Mean, double Deviation)[] logs, int i) => Beyond(logs, i, logs[i].Mean) / logs.Count(other => other == logs[i]);

    /// <summary>That all others are larger; those without spread are, or are not.</summary>
    private static double Beyond((double Mean, double Deviation)[] logs, int i, double x)
    {
        var product = 1.0;
        for (var j = 0; j < logs.Length; j++)
        {
            product *= j == i || logs[j] == (x, 0.0) ? 1 : logs[j].Deviation > 0 ? Normal.CDF(0, 1, (logs[j].Mean - x) / logs[j].Deviation) : logs[j].Mean > x ? 1 : 0;
        }

        return product;
    }
}
