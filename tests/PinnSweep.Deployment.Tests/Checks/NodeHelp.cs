using System.Diagnostics;
using System.Text.RegularExpressions;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>What <c>pinnsweep node --help</c> says of variables, and those that other parts of the program read on a node.</summary>
internal static partial class NodeHelp
{
    // A worker's token goes into no option, lest it be seen in the list of processes.
    private static readonly string[] Others = ["PINNSWEEP_TOKEN", "PINNSWEEP_LIBTORCH", "PINNSWEEP_TRAINER"];

    private static readonly Lazy<IReadOnlySet<string>> Asked = new(Ask);

    public static IReadOnlySet<string> Variables => Asked.Value;

    private static HashSet<string> Ask()
    {
        using var help = Process.Start(new ProcessStartInfo(RepositoryPaths.BuildOutput("PinnSweep", "pinnsweep"), ["node", "--help"]) { RedirectStandardOutput = true })!;
        var text = help.StandardOutput.ReadToEnd();
        help.WaitForExit();
        return help.ExitCode == 0
            ? [.. Variable().Matches(text).Select(match => match.Value[1..]), .. Others]
            : throw new InvalidOperationException($"pinnsweep node --help ended with exit code {help.ExitCode}");
    }

    [GeneratedRegex(@"\$PINNSWEEP_[A-Z_]+")]
    private static partial Regex Variable();
}
