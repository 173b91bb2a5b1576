using System.Globalization;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests;

/// <summary>The fake trainer as the build put it beside this test's own output folder.</summary>
internal static class FakeTrainer
{
    public static string Path { get; } = RepositoryPaths.BuildOutput("PinnSweep.FakeTrainer", "pinnsweep-fake-trainer");

    /// <summary>The parent of a living process; null when there is none.</summary>
    public static int? ParentOf(int process)
    {
        try
        {
            // The name in parentheses may hold anything; after it come state and parent.
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
