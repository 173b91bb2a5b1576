using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>All balancers, one line each.</summary>
public static class BalancerCatalog
{
    /// <summary>The balancers in alphabetical order of their names.</summary>
    public static ImmutableArray<BalancerEntry> All { get; } =
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

    /// <summary>The entry of a level's kind.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static BalancerEntry Find(string kind) =>
        All.FirstOrDefault(entry => entry.Method.Kind == kind)
        ?? throw new UserMistakeException(
            $"unknown balancer {NearestMatch.Quote(kind)}{NearestMatch.Hint(kind, All.Select(entry => entry.Method.Kind))}");

    /// <summary>Makes the balancer of a level, after checking the terms that it names.</summary>
    public static IBalancer Create(BalancerContext context, Level level)
    {
        var entry = Find(level.Kind);
        var terms = context.Terms.Select(term => term.Name).ToList();
        if (entry.TermsNamed(level).FirstOrDefault(named => !terms.Contains(named.Term)) is { Term: { } unknown, Parameter: var parameter })
        {
            throw new UserMistakeException(
                $"balancer '{level.Kind}': '{parameter}' names the term {NearestMatch.Quote(unknown)}, which this problem does not have{NearestMatch.Hint(unknown, terms)}");
        }

        if (entry.WhyPointsMustStay(level) is { } reason && context.FixedPoints.Contains(false))
        {
            throw new UserMistakeException($"balancer '{level.Kind}': {reason}");
        }

        return entry.Create(context, level);
    }
}
