using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// How much larger one set of errors is than another: the ratio of their geometric means with Student's t interval on common logarithms.
/// </summary>
/// <param name="Count">Pairs; of samples that are not paired the smaller of the two.</param>
/// <param name="Ratio">The second over the first; NaN where one of them is empty.</param>
/// <param name="Interval">The 95 % interval; null where fewer than two are known of either.</param>
/// <param name="IsPaired">Whether errors of the same seed were compared.</param>
public sealed record LogRatio(int Count, double Ratio, Interval? Interval, bool IsPaired)
{
    /// <summary>Of errors that belong together, pair by pair.</summary>
    /// <param name="first">Errors above zero.</param>
    /// <param name="second">As many, in the same order.</param>
    public static LogRatio Paired(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} errors beside {second.Length}", nameof(second));
        }

        var (a, b) = (LogErrorMean.Logs(first), LogErrorMean.Logs(second));
        double[] differences = [.. a.Zip(b, (left, right) => right - left)];
        var mean = Descriptive.Mean(differences);
        return new(
            differences.Length,
            Math.Pow(10, mean),
            differences.Length < 2 ? null : Around(mean, Descriptive.StandardDeviation(differences) / Math.Sqrt(differences.Length), differences.Length - 1),
            IsPaired: true);
    }

    /// <summary>Of two samples; degrees of freedom by Welch (1947), for nothing says that both spread alike.</summary>
    /// <param name="first">Errors above zero.</param>
    /// <param name="second">Others.</param>
    public static LogRatio Unpaired(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (a, b) = (LogErrorMean.Logs(first), LogErrorMean.Logs(second));
        var mean = Descriptive.Mean(b) - Descriptive.Mean(a);
        if (a.Length < 2 || b.Length < 2)
        {
            return new(Math.Min(a.Length, b.Length), Math.Pow(10, mean), null, IsPaired: false);
        }

        var (left, right) = (Variance(a), Variance(b));
        var sum = left + right;
        var freedom = sum == 0 ? a.Length + b.Length - 2 : sum * sum / ((left * left / (a.Length - 1)) + (right * right / (b.Length - 1)));
        return new(Math.Min(a.Length, b.Length), Math.Pow(10, mean), Around(mean, Math.Sqrt(sum), freedom), IsPaired: false);

        static double Variance(double[] logs) => Math.Pow(Descriptive.StandardDeviation(logs), 2) / logs.Length;
    }

    private static Interval Around(double mean, double error, double freedom)
    {
        var half = StudentT.InvCDF(0, 1, freedom, 1 - (Significance.Alpha / 2)) * error;
        return new(Math.Pow(10, mean - half), Math.Pow(10, mean + half));
    }
}
