using System.Collections.Immutable;
using PinnSweep.Methods.Balancers.OnGradients;
using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers;

/// <summary>All balancers, one line each.</summary>
public static class BalancerCatalog
{
    /// <summary>Those that others may weigh with, in alphabetical order of their names.</summary>
    public static ImmutableArray<BalancerEntry> Single { get; } =
    [
        AugmentedLagrangian.Entry,
        ResidualDecayRates.Entry,
        ResidualDecayRatesPlus.Entry,
        ConflictAverseGradient.Entry,
        ConflictFreeGradient.Entry,
        DualBalancing.Entry,
        DualConeGradient.Entry,
        DynamicWeightAverage.Entry,
        DynamicWeightPinn.Entry,
        GeometricLoss.Entry,
        GradNormRatio.Entry,
        GradNorm.Entry,
        ImpartialGradient.Entry,
        InverseDirichlet.Entry,
        LearningRateAnnealing.Entry,
        MomentumConflictFreeGradient.Entry,
        MultipleGradientDescent.Entry,
        MultiAdam.Entry,
        NeuralTangentKernel.Entry,
        PcGrad.Entry,
        PowerNormalization.Entry,
        PrimalDual.Entry,
        RandomWeights.Entry,
        ResidualBasedAttention.Entry,
        ReLoBRaLo.Entry,
        ResNorm.Entry,
        SelfAdaptive.Entry,
        SoftAdapt.Entry,
        StaticWeights.Entry,
        Uncertainty.Entry,
    ];

    /// <summary>All balancers in alphabetical order of their names.</summary>
    public static ImmutableArray<BalancerEntry> All { get; } =
        [.. Single.Append(GradientEnhanced.EntryOver(Single)).OrderBy(entry => entry.Method.Kind, StringComparer.Ordinal)];

    /// <summary>The entry of a level's kind.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static BalancerEntry Find(string kind) =>
        All.FirstOrDefault(entry => entry.Method.Kind == kind)
        ?? throw new UserMistakeException(
            $"unknown balancer {NearestMatch.Quote(kind)}{NearestMatch.Hint(kind, All.Select(entry => entry.Method.Kind))}");

    /// <summary>Makes the balancer of a level, after checking the terms that it names.</summary>
    public static IBalancer Create(BalancerContext context, Level level) => Find(level.Kind).Make(context, level);
}
