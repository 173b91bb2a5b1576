using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>All optimizers, one line each.</summary>
public static class OptimizerCatalog
{
    /// <summary>Those that can be phases of others, in alphabetical order of their names.</summary>
    public static ImmutableArray<OptimizerEntry> Single { get; } =
    [
        Adam.Entry,
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

    /// <summary>Why the optimizer cannot train a cell, or null where it can.</summary>
    /// <param name="levels">The cell.</param>
    /// <param name="balancer">The entry of its balancer.</param>
    /// <param name="parameters">Length of its θ.</param>
    public static string? WhyNotApplicable(CellLevels levels, BalancerEntry balancer, int parameters)
    {
        var level = levels.Optimizer;
        var needs = Find(level.Kind).Needs(level);
        return parameters > needs.MostParameters
                ? $"{level.Kind} keeps a dense matrix and takes at most {needs.MostParameters} parameters; this network has {parameters}"
            : needs.GradientOfOneLoss && balancer.Granularity == Granularity.Gradient
                ? $"{level.Kind} follows the gradient of one loss; balancer '{levels.Balancer.Kind}' combines the terms' gradients into a direction that belongs to none"
            : needs.PointsThatStay && SamplerCatalog.Find(levels.Sampler.Kind).RedrawsEveryStep(levels.Sampler)
                ? $"{level.Kind} compares losses of neighbouring steps; this sampler draws new points at every step"
            : null;
    }

    /// <summary>Tells what a person should know of an optimizer before a trial.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="shares">Parts of the budget of its stages, in each of which the optimizer begins anew.</param>
    /// <param name="note">Takes it.</param>
    public static void Advise(TrialDescription description, IReadOnlyCollection<double> shares, Action<string>? note)
    {
        var level = description.Levels.Optimizer;
        var needs = Find(level.Kind).Needs(level);
        if (description.Budget.Steps is { } steps && (int)Math.Round(steps * shares.Min()) is var own && own <= needs.StepsBeforeLastPhase && needs.StepsBeforeLastPhase > 0)
        {
            var budget = shares.Count > 1 ? $"the shortest of {shares.Count} stages has" : "the budget is";
            note?.Invoke($"the last phase of {level.Kind} never begins: those before it take {needs.StepsBeforeLastPhase} steps, {budget} {own}");
        }

        if (needs.Float64Advised && description.Levels.Precision == Precision.Float32)
        {
            note?.Invoke($"{level.Kind} is meant for float64: in float32 differences of losses and gradients drown in rounding, and it stops early");
        }
    }
}
