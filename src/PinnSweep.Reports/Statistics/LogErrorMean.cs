using MathNet.Numerics.Distributions;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// The geometric mean of positive errors with Student's t interval on their common logarithms. Errors of trained networks spread over
/// decades, so that an arithmetic mean is the worst seed; on the logarithm the t interval keeps its coverage from n = 3 on, where a
/// percentile bootstrap covers about 74 % instead of 95 %.
/// </summary>
/// <param name="Count">How many errors went in.</param>
/// <param name="Mean">10 to the mean of log10(error); NaN for no errors.</param>
/// <param name="Interval">The 95 % interval of <see cref="Mean"/>; null for fewer than two errors.</param>
public sealed record LogErrorMean(int Count, double Mean, Interval? Interval)
{
    /// <summary>The mean and its interval.</summary>
    /// <param name="errors">Finite errors above zero.</param>
    public static LogErrorMean Of(ReadOnlySpan<double> errors)
    {
        var logs = Logs(errors);
        var mean = Descriptive.Mean(logs);
        if (logs.Length < 2)
        {
            return new(logs.Length, Math.Pow(10, mean), null);
        }

        var half = StudentT.InvCDF(0, 1, logs.Length - 1, 1 - (Significance.Alpha / 2)) * Descriptive.StandardDeviation(logs) / Math.Sqrt(logs.Length);
        return new(logs.Length, Math.Pow(10, mean), new(Math.Pow(10, mean - half), Math.Pow(10, mean + half)));
    }

    /// <summary>log10 of one error, as in <see cref="Logs"/>.</summary>
    public static double Log(double error) => Math.Log10(Math.Max(error, 2.2250738585072014e-308));

    /// <summary>log10 of each error; an error of exactly zero counts as the smallest normal double, so that it can be averaged.</summary>
    public static double[] Logs(ReadOnlySpan<double> errors)
    {
        var logs = new double[errors.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Log(errors[i]);
        }

        return logs;
    }
}
