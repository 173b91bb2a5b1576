using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>
/// How probably each of several methods has the smallest error if each is trained once more: <see cref="WinnerProbability"/> of log-normal
/// errors with the mean and the standard deviation of the logarithms of those at hand, taken as if they were known exactly.
/// </summary>
/// <param name="Chances">Methods with their probability, the most probable first.</param>
internal sealed record FreshRun(ImmutableArray<(string Method, double Probability)> Chances)
{
    /// <summary>Whoever has less shares the first place.</summary>
    public const double SureFrom = 0.8;

    /// <summary>Whoever has more is named where the first place is shared.</summary>
    private const double LeastNamed = 0.05;

    /// <summary>Of errors; null for fewer than two methods with two errors each.</summary>
    public static FreshRun? Of(IEnumerable<(string Method, ImmutableArray<double> Errors)> methods)
    {
        var known = methods.Where(method => method.Errors.Length > 1).ToArray();
        return known.Length < 2 ? null : Of(known.Select(method => method.Method), WinnerProbability.OfLogs([.. known.Select(method => Logs(method.Errors))]));
    }

    /// <summary>Of published means and standard deviations; null for fewer than two.</summary>
    public static FreshRun? Of(IReadOnlyCollection<(string Method, double Mean, double Deviation)> methods) =>
        methods.Count < 2 ? null : Of(methods.Select(method => method.Method), WinnerProbability.Of([.. methods.Select(method => (method.Mean, method.Deviation))]));

    /// <summary>Whether nobody is likely to be first again.</summary>
    public bool IsTie => Chances[0].Probability < SureFrom;

    /// <summary>The one or the several that may be first.</summary>
    public string Words => IsTie
        ? $"tie: {string.Join(", ", Chances.Where((chance, i) => i == 0 || chance.Probability >= LeastNamed).Select(Named))}"
        : Named(Chances[0]);

    private static FreshRun Of(IEnumerable<string> methods, double[] chances) => new([.. methods.Zip(chances).OrderByDescending(pair => pair.Second)]);

    private static string Named((string Method, double Probability) chance) => $"{chance.Method} {Texts.NumberText.Fixed(chance.Probability, 2)}";

    private static (double, double) Logs(ImmutableArray<double> errors)
    {
        double[] logs = [.. errors.Select(error => Math.Log(10) * LogErrorMean.Log(error))];
        var mean = logs.Average();
        return (mean, Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1)));
    }
}
