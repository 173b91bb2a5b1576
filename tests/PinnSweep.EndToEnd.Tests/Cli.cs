using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The real executable, run as a person would.</summary>
internal static class Cli
{
    /// <summary>How long a command that trains nothing may take, start of the runtime on a busy machine included.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    public static string Program { get; } = RepositoryPaths.BuildOutput("PinnSweep", "pinnsweep");

    public static ProcessRun Start(TemporaryFolder folder, params IEnumerable<string> arguments) => ProcessRun.Start(folder.Path, Program, arguments);

    public static async Task<ProcessRun> RunAsync(TemporaryFolder folder, params IEnumerable<string> arguments) => await Start(folder, arguments).EndAsync(Short);
}
