using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>All optimizers, one line each.</summary>
public static class OptimizerCatalog
{
    /// <summary>Those that can be phases of others, in alphabetical order of their names.</summary>
    public static ImmutableArray<OptimizerEntry> Single { get; } =
    [
        Adam.Entry,
        AdaptiveRatio.Entry,
        Lbfgs.Entry,
        LevenbergMarquardt.Entry,
        Muon.Entry,
        NaturalGradient.Entry,
        NysNewtonCg.Entry,
        GradientDescent.Entry,
        Soap.Entry,
        SelfScaledBfgs.Entry,
        SelfScaledBroyden.Entry,
    ];

    /// <summary>All optimizers in alphabetical order of their names.</summary>
    public static ImmutableArray<OptimizerEntry> All { get; } =
        [.. Single.Append(PhasedOptimizer.AdamLbfgs).Append(PhasedOptimizer.EntryOver(Single)).OrderBy(entry => entry.Method.Kind, StringComparer.Ordinal)];

    /// <summary>The entry of a level's kind.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static OptimizerEntry Find(string kind) =>
        All.FirstOrDefault(entry => entry.Method.Kind == kind)
        ?? throw new UserMistakeException(
            $"unknown optimizer {NearestMatch.Quote(kind)}{NearestMatch.Hint(kind, All.Select(entry => entry.Method.Kind))}");

    /// <summary>Checks a level at planning time: whether it can be made at all.</summary>
    /// <exception cref="UserMistakeException">Its parameters contradict each other.</exception>
    public static void Check(Level level) => Create(new(0, RoundToSingle: false), level);

    /// <summary>Makes the optimizer of a level.</summary>
    /// <exception cref="UserMistakeException">There is no such kind, or its parameters contradict each other.</exception>
    public static IOptimizer Create(OptimizerContext context, Level level) => Find(level.Kind).Create(context, level);
}
