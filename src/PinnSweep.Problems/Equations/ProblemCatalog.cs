using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Equations;

/// <summary>The problems, in alphabetical order.</summary>
public static class ProblemCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<ProblemEntry> All { get; } =
    [
        AllenCahn.Entry,
        BackwardStep.Entry,
        Burgers.Entry,
        BurgersInverse.Entry,
        Convection.Entry,
        Diffusion.Entry,
        Heat2DMultiscale.Entry,
        Helmholtz.Entry,
        HelmholtzInverse.Entry,
        KortewegDeVries.Entry,
        KirchhoffPlate.Entry,
        KleinGordon.Entry,
        Kovasznay.Entry,
        KuramotoSivashinsky.Entry,
        LidDrivenCavity.Entry,
        Poisson1DMultiscale.Entry,
        Poisson2D.Entry,
        Poisson2D.Multiscale,
        PulsatingChannel.Entry,
        Reaction.Entry,
        ReactionDiffusion.Entry,
        TaylorGreen.Entry,
        Wave.Entry,
    ];
}
