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
        Burgers2D.Entry,
        BurgersInverse.Entry,
        Convection.Entry,
        Diffusion.Entry,
        GinzburgLandau.Entry,
        GrayScott.Entry,
        Heat2DHoles.Entry,
        Heat2DLongTime.Entry,
        Heat2DMultiscale.Entry,
        Heat2DVarying.Entry,
        HeatInverse.Entry,
        HeatND.Entry,
        Helmholtz.Entry,
        HelmholtzInverse.Entry,
        KortewegDeVries.Entry,
        KirchhoffPlate.Entry,
        KleinGordon.Entry,
        KolmogorovFlow.Entry,
        Kovasznay.Entry,
        KuramotoSivashinsky.Entry,
        LidDrivenCavity.Entry,
        Poisson1DMultiscale.Entry,
        Poisson2D.Entry,
        Poisson2DBlocks.Entry,
        Poisson2DClassic.Entry,
        Poisson2D.Multiscale,
        PoissonBoltzmann2D.Entry,
        PoissonInverse.Entry,
        PoissonND.Entry,
        PulsatingChannel.Entry,
        Reaction.Entry,
        ReactionDiffusion.Entry,
        TaylorGreen.Entry,
        Wave.Entry,
        Wave2DMultiscale.Entry,
        Wave2DVarying.Entry,
    ];
}
