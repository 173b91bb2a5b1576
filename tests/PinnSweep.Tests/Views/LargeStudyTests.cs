using System.Diagnostics;
using PinnSweep.Storage;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Views;

/// <summary>Verbs on a store of two studies of ten thousand trials each. Watches the clock, so only on request.</summary>
public sealed class LargeStudyTests(ITestOutputHelper output)
{
    private const string Study = """
        study: large
        seeds: 250
        factors:
          problem: [helmholtz, wave]
          network: [mlp, siren]
          balancer: [static, relobralo, gradnorm, dwa, brdr, brdr-plus, cagrad, db-pinn, dcgd, dwpinn]
        budget: {steps: 2000}
        """;

    [Fact(Explicit = true)]
    public async Task Verbs_answer_within_a_second()
    {
        using var folder = new TemporaryFolder();
        using (var store = Store.Open(folder["store.db"]))
        {
            MadeStudy.In(store, Study);
            MadeStudy.In(store, Study.Replace("study: large", "study: larger", StringComparison.Ordinal).Replace("steps: 2000", "steps: 2001", StringComparison.Ordinal), trial => 1.1 * MadeStudy.Error(trial));
        }

        var key = (await Captured.RunAsync("trials", "large", "--store", folder["store.db"], "--take", "1", "--csv")).Out.Split('\n')[1].Split(',')[1];
        foreach (var words in (string[])["trials large", "trials large --sort -error --where balancer=relobralo", "trials large --csv", $"why {key[..12]}", "status large", "compare large larger"])
        {
            var times = new List<double>();
            for (var i = 0; i < 7; i++)
            {
                var clock = Stopwatch.StartNew();
                using var process = Process.Start(new ProcessStartInfo(
                    RepositoryPaths.BuildOutput("PinnSweep", "pinnsweep"), [.. words.Split(' '), "--store", folder["store.db"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                await process.StandardOutput.ReadToEndAsync();
                await process.WaitForExitAsync();
                times.Add(clock.Elapsed.TotalSeconds);
                Assert.Equal(0, process.ExitCode);
            }

            var median = times.Order().ElementAt(times.Count / 2);
            output.WriteLine($"{words}: {median:F2} s (median of {times.Count}; {string.Join(" ", times.Order().Select(time => time.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)))})");
            Assert.True(median < 1, $"{words} took {median:F2} s");
        }
    }
}
