using System.Text.RegularExpressions;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Guide;

/// <summary>The blocks of cluster-config/README.md that are marked as tested, by section, in their order.</summary>
internal static partial class ClusterGuide
{
    public static string Path { get; } = System.IO.Path.Combine(RepositoryPaths.Root, "cluster-config", "README.md");

    public static IReadOnlyList<string> Sections { get; } = [.. Blocks().Select(block => block.Section).Distinct()];

    /// <summary>The script of a section: its blocks one after the other, in one shell, as one person types them into one window.</summary>
    public static string Script(string section) => string.Join('\n', Blocks().Where(block => block.Section == section).Select(block => block.Text));

    private static IEnumerable<(string Section, string Text)> Blocks() =>
        Block().Matches(File.ReadAllText(Path)).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex(@"^```sh test (\S+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
