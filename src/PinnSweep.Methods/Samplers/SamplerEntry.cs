using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers;

/// <summary>A sampler of the catalog.</summary>
/// <param name="Method">Name, parameters and source.</param>
/// <param name="Create">Makes the sampler of a level for a problem and a seed.</param>
/// <param name="WhyNotApplicable">Why a level cannot serve a problem, or null.</param>
/// <param name="Resamples">Whether a level draws new points during the training.</param>
public sealed record SamplerEntry(
    MethodEntry Method,
    Func<Level, Problem, long, ISampler> Create,
    Func<Level, Problem, string?> WhyNotApplicable,
    Func<Level, bool> Resamples)
{
    /// <summary>The sampler of all terms of a problem, those with measured values included.</summary>
    public ISampler Make(Level level, Problem problem, long seed) => MeasuredPoints.Around(problem, drawn => Create(level, drawn, seed));

    /// <summary>Whether a level draws new points at every step.</summary>
    public Func<Level, bool> RedrawsEveryStep { get; init; } = _ => false;

    /// <summary>
    /// Whether its weights of points make another loss of the residuals: their squares have the value and the gradient of that loss at the
    /// θ of the step, and nowhere else.
    /// </summary>
    public bool WeighsByResiduals { get; init; }
}
