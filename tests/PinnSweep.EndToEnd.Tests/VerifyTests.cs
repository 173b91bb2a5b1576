using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary><c>pinnsweep verify</c>.</summary>
public class VerifyTests
{
    [Fact]
    public async Task Every_derivative_and_every_solution_checks()
    {
        using var folder = new TemporaryFolder();

        using var run = await Cli.RunAsync(folder, "verify");

        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.DoesNotContain("FAILED", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 published forms void as said", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["poisson-inverse", "wave-2d-multiscale"],
            run.Out.Split('\n').Where(line => line.StartsWith("void ", StringComparison.Ordinal)).Select(line => line.Split("  ")[^1].Split(' ')[0]).Order());
    }
}
