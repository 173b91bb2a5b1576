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
    }
}
