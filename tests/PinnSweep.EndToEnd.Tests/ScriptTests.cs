using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The script at the root, which builds what is missing.</summary>
public class ScriptTests
{
    private static readonly TimeSpan WithBuild = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task It_runs_from_any_folder_through_a_symbolic_link_and_two_at_once()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["sweep"], Path.Combine(RepositoryPaths.Root, "pinnsweep"));

        using var first = ProcessRun.Start(folder.Path, folder["sweep"], "--version");
        using var second = ProcessRun.Start("/", folder["sweep"], "--version");
        await Task.WhenAll(first.EndAsync(WithBuild), second.EndAsync(WithBuild));

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(first.Out, second.Out);
        Assert.Matches(@"^\d+\.\d+\.\d+", first.Out);
    }

    [Fact]
    public async Task Exit_code_and_arguments_pass_through()
    {
        using var folder = new TemporaryFolder();
        using var run = ProcessRun.Start(folder.Path, Path.Combine(RepositoryPaths.Root, "pinnsweep"), "two words", "--x");

        await run.EndAsync(WithBuild);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown verb 'two words'", run.Error, StringComparison.Ordinal);
    }
}
