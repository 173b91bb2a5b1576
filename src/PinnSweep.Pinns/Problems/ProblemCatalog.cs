using System.Collections.Immutable;

namespace PinnSweep.Pinns;

/// <summary>The problems, in alphabetical order.</summary>
public static class ProblemCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<ProblemEntry> All { get; } =
    [
        Diffusion.Entry,
        Helmholtz.Entry,
    ];
}
