using System.Collections.Immutable;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Chaos;

/// <summary>What all nodes of a run have in common.</summary>
internal sealed class ChaosSetup
{
    /// <summary>Trainers of each worker.</summary>
    public int Slots { get; init; } = 4;

    /// <summary>Trials that share a trainer.</summary>
    public int Lanes { get; init; } = 1;

    public required string Folder { get; init; }

    public required string Program { get; init; }

    /// <summary>What trains; null for the program's own trainer.</summary>
    public string? Trainer { get; init; }

    public required string Store { get; init; }

    public required string Profile { get; init; }

    public ImmutableArray<string> Seeds { get; set; } = [];

    /// <summary>An executable of another project, built in the same configuration.</summary>
    public static string BuiltBeside(string project, string name)
    {
        var path = RepositoryPaths.BuildOutput(project, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built: tests/chaos builds it");
    }
}
