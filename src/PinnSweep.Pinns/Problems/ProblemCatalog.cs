using System.Collections.Immutable;

namespace PinnSweep.Pinns;

/// <summary>The problems, in alphabetical order.</summary>
public static class ProblemCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<ProblemEntry> All { get; } =
    [
        Burgers.Entry,
        Convection.Entry,
        Diffusion.Entry,
        Helmholtz.Entry,
        KirchhoffPlate.Entry,
        KleinGordon.Entry,
        Kovasznay.Entry,
        Poisson1DMultiscale.Entry,
        Poisson2D.Entry,
        Poisson2D.Multiscale,
        Reaction.Entry,
        Wave.Entry,
    ];
}
