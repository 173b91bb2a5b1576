using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The real executable, run as a person would.</summary>
internal static class Cli
{
    /// <summary>
    /// After so long a command that trains no study is taken for hung: far longer than it takes, also on a machine that others keep busy.
    /// </summary>
    public static readonly TimeSpan Short = TimeSpan.FromMinutes(3);

    public static string Program { get; } = RepositoryPaths.BuildOutput("PinnSweep", "pinnsweep");

    public static ProcessRun Start(TemporaryFolder folder, params IEnumerable<string> arguments) => ProcessRun.Start(folder.Path, Program, arguments);

    public static async Task<ProcessRun> RunAsync(TemporaryFolder folder, params IEnumerable<string> arguments) => await Start(folder, arguments).EndAsync(Short);
}
