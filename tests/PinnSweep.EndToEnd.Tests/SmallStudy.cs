using System.Globalization;
using System.Text.Json;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>A study small enough for a test, with trials long enough to be interrupted whatever the machine's speed.</summary>
internal static class SmallStudy
{
    private const string Network = "{kind: mlp, hidden: [12]}";
    private const string Sampler = "{kind: uniform, interior: 128, boundary: 64}";

    private static readonly SemaphoreSlim Gate = new(1);
    private static double _stepsPerSecond;

    /// <summary>Two balancers, two seeds unless another number is asked for.</summary>
    public const int Trials = 4;

    /// <summary>The study with trials of about so many seconds, measured once on this machine.</summary>
    public static async Task<string> LastingAsync(double seconds, int seeds = 2) => Text(Math.Clamp((int)(seconds * await StepsPerSecondAsync()), 100, 2_000_000), seeds);

    /// <summary>
    /// Tries with longer and longer trials until the study was caught in the middle: on a machine that others use, what watches a run can be
    /// late by more than a short study takes. What was too short may have been measured while others used it, so it is measured again.
    /// </summary>
    /// <param name="attempt">Gets the study's text and says whether it came in time.</param>
    public static async Task CaughtAsync(Func<string, Task<bool>> attempt)
    {
        double[] lengths = [3, 9, 27, 60];
        foreach (var seconds in lengths)
        {
            if (await attempt(await LastingAsync(seconds)))
            {
                return;
            }

            _stepsPerSecond = 0;
        }

        Assert.Fail($"the study was over before the test struck, also with trials of {lengths[^1]} s");
    }

    /// <summary>The study with a number of steps.</summary>
    public static string Text(int steps, int seeds = 2) => string.Create(CultureInfo.InvariantCulture, $$"""
        study: small
        seeds: {{seeds}}
        precision: float64
        factors:
          problem: [helmholtz]
          network: [{{Network}}]
          balancer: [static, relobralo]
          sampler: [{{Sampler}}]
          optimizer: [adam]
        budget: {steps: {{steps}}}
        control: static
        """);

    private static async Task<double> StepsPerSecondAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_stepsPerSecond == 0)
            {
                using var folder = new TemporaryFolder();
                // The first hundreds are compilation, which on a busy machine takes a second: a study by these would be over before anybody looks.
                using var run = Cli.Start(folder, "train", "--problem", "helmholtz", "--network", Network, "--sampler", Sampler, "--precision", "float64", "--steps", "3000", "--json");
                await run.EndAsync(TimeSpan.FromMinutes(3));
                Assert.True(run.ExitCode == 0, run.Error);
                _stepsPerSecond = JsonDocument.Parse(run.Out).RootElement.GetProperty("stepsPerSecond").GetDouble();
            }

            return _stepsPerSecond;
        }
        finally
        {
            Gate.Release();
        }
    }
}
