using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>An optimizer of the catalog.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Create">Makes an optimizer from its level, all defaults filled in.</param>
public sealed record OptimizerEntry(MethodEntry Method, Func<OptimizerContext, Level, IOptimizer> Create)
{
    /// <summary>What a level of it needs; nothing by default.</summary>
    public Func<Level, OptimizerNeeds> Needs { get; init; } = _ => new();

    /// <summary>Why the optimizer cannot train a cell, or null where it can.</summary>
    /// <param name="levels">The cell.</param>
    /// <param name="combinesGradients">Whether its balancer combines the terms' gradients into a direction of its own.</param>
    /// <param name="redrawsEveryStep">Whether its sampler draws new points at every step.</param>
    /// <param name="parameters">Length of its θ.</param>
    public string? WhyNotApplicable(CellLevels levels, bool combinesGradients, bool redrawsEveryStep, int parameters)
    {
        var level = levels.Optimizer;
        var needs = Needs(level);
        return parameters > needs.MostParameters
                ? $"{level.Kind} keeps a dense matrix and takes at most {needs.MostParameters} parameters; this network has {parameters}"
            : needs.GradientOfOneLoss && combinesGradients
                ? $"{level.Kind} follows the gradient of one loss; balancer '{levels.Balancer.Kind}' combines the terms' gradients into a direction that belongs to none"
            : needs.PointsThatStay && redrawsEveryStep
                ? $"{level.Kind} compares losses of neighbouring steps; this sampler draws new points at every step"
            : null;
    }

    /// <summary>Tells what a person should know of the optimizer before a trial.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="shares">Parts of the budget of its stages, in each of which the optimizer begins anew.</param>
    /// <param name="note">Takes it.</param>
    public void Advise(TrialDescription description, IReadOnlyCollection<double> shares, Action<string>? note)
    {
        var level = description.Levels.Optimizer;
        var needs = Needs(level);
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
