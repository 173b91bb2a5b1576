using System.Globalization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>
/// The numbers of the report whose form the snapshots hold, worked out anew from the three errors of each method with what textbooks say of
/// n = 3.
/// </summary>
public sealed class AccuracyNumbersTests
{
    private const double T = 4.302653;
    private const double Z = 1.959964;

    private static readonly Dictionary<string, double[]> Errors = new()
    {
        ["static"] = [0.21, 0.22, 0.23],
        ["relobralo"] = [2.2e-3, 2.4e-3, 2.6e-3],
        ["gradnorm"] = [2.86e-3, 2.42e-3, 1.98e-3],
    };

    [Fact]
    public void Means_intervals_and_failure_rates_are_those_of_the_errors()
    {
        foreach (var (method, row) in Rows(CsvFormat.Accuracy))
        {
            var logs = Errors[method].Select(Math.Log10).ToArray();
            var (mean, deviation) = Moments(logs);
            var failed = method == "static" ? 3 : 0;

            Assert.Equal(Math.Cbrt(Errors[method].Aggregate(1.0, (product, error) => product * error)), row("geometric_mean"), 1e-12);
            Assert.Equal(mean - (T * deviation / Math.Sqrt(3)), Math.Log10(row("interval_lower")), 1e-6);
            Assert.Equal(mean + (T * deviation / Math.Sqrt(3)), Math.Log10(row("interval_upper")), 1e-6);
            Assert.Equal(Errors[method].Order().ElementAt(1), row("median"), 1e-12);
            Assert.Equal((Errors[method].Min(), Errors[method].Max()), (Math.Round(row("min"), 12), Math.Round(row("max"), 12)));

            // Wilson's interval holds every p for which the observed share is not further than z standard errors: for 0 or 3 of 3 up to z²
            // ÷ (3 + z²).
            Assert.Equal(failed == 3 ? 1 - (Z * Z / (3 + (Z * Z))) : 0, row("failure_lower"), 1e-6);
            Assert.Equal(failed == 3 ? 1 : Z * Z / (3 + (Z * Z)), row("failure_upper"), 1e-6);
        }
    }

    [Fact]
    public void Comparisons_with_the_control_are_those_of_the_paired_errors()
    {
        var p = new Dictionary<string, double>();
        foreach (var (method, row) in Rows(CsvFormat.Comparisons))
        {
            var (mean, deviation) = Moments([.. Errors[method].Zip(Errors["static"], (mine, its) => Math.Log10(mine / its))]);
            var t = Math.Abs(mean) / (deviation / Math.Sqrt(3));

            // Student's distribution with two degrees of freedom in closed form; three signs agree with 2 of 8; no pair is the wrong way
            // round.
            p[method] = 1 - (t / Math.Sqrt(2 + (t * t)));
            Assert.Equal(Math.Pow(10, mean), row("error_ratio"), 1e-12);
            Assert.Equal(mean + (T * deviation / Math.Sqrt(3)), Math.Log10(row("interval_upper")), 1e-6);
            Assert.Equal(p[method], row("p_paired_t"), 1e-9);
            Assert.Equal(0.25, row("p_signed_rank"), 1e-12);
            Assert.Equal((-1.0, 1.0), (row("cliffs_delta"), row("probability_of_smaller")));
        }

        // Three rivals, of which the diverging one has a p of its own: two pairs of errors, t(1) = tan in closed form.
        var (both, spread) = Moments([Math.Log10(1e-3 / 0.21), Math.Log10(3e-3 / 0.23)]);
        p["self-adaptive"] = 1 - (2 / Math.PI * Math.Atan(Math.Abs(both) / (spread / Math.Sqrt(2))));
        string[] order = [.. p.Keys.OrderBy(method => p[method])];
        foreach (var (method, row) in Rows(CsvFormat.Comparisons))
        {
            var place = Array.IndexOf(order, method);
            Assert.Equal(Enumerable.Range(0, place + 1).Max(i => Math.Min(1, (3 - i) * p[order[i]])), row("p_paired_t_holm"), 1e-9);
        }
    }

    private static IEnumerable<(string Method, Func<string, double> Number)> Rows(Action<StudyReport, TextWriter> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(StudyReport.Build(Made.FourMethods().Build()), text);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        var balancer = Array.IndexOf(lines[0], "balancer");
        var rows = lines.Skip(1).Where(line => Errors.ContainsKey(line[balancer])).ToArray();
        Assert.True(rows.Length >= 2);
        return rows.Select(line => (line[balancer], (Func<string, double>)(name => double.Parse(line[Array.IndexOf(lines[0], name)], CultureInfo.InvariantCulture))));
    }

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        var mean = values.Sum() / values.Length;
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }
}
