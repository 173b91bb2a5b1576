using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Services;

/// <summary>
/// The script of the kit that measures a card elsewhere, with a program in place of the benchmark: what it keeps, how it ends, and what it says
/// at its end.
/// </summary>
public sealed class GpuKitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_card_it_ends_well_and_says_what_needs_one()
    {
        using var run = await RunAsync("echo 'No card: this machine has no CUDA driver.' >&2; echo 'ok     one'; echo 'ok     two'");

        Assert.Equal(0, run.ExitCode);
        var results = Results();
        Assert.Contains("checks: 2 passed, 0 failed", results, StringComparison.Ordinal);
        Assert.Contains("What needs a card, and was not shown:", results, StringComparison.Ordinal);
        Assert.Equal(results, run.Out);
    }

    [Fact]
    public async Task With_a_card_it_names_nothing_that_is_missing()
    {
        using var run = await RunAsync("echo 'ok     one'; echo \"4x50 $*\"", "--card", "1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4x50 gpu --card 1", Results(), StringComparison.Ordinal);
        Assert.DoesNotContain("needs a card", Results(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_fails_the_run()
    {
        using var run = await RunAsync("echo 'ok     one'; echo 'FAILED two'; exit 1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("checks: 1 passed, 1 failed", Results(), StringComparison.Ordinal);
    }

    private string Results() => File.ReadAllText(_folder["results.txt"]);

    private async Task<ProcessRun> RunAsync(string bench, params string[] arguments)
    {
        Directory.CreateDirectory(_folder["bench"]);
        var script = Path.Combine(RepositoryPaths.Root, "tests", "PinnSweep.Benchmarks", "kit", "run.sh");
        // A copy may be executed as what it is a copy of.
        File.Copy(script, _folder["run.sh"]);
        File.Copy(script, _folder["bench/PinnSweep.Benchmarks"]);
        _folder.Write("bench/PinnSweep.Benchmarks", $"#!/bin/sh\n{bench}\n");
        return await ProcessRun.Start(_folder.Path, new Dictionary<string, string>(), _folder["run.sh"], arguments).EndAsync(TimeSpan.FromSeconds(60));
    }
}
