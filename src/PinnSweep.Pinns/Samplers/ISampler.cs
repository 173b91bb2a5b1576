using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// Where the collocation points of each loss term lie. Points come from named random streams of the trial's seed, so every method
/// begins with the same ones; later ones are a function of seed, draw and θ alone.
/// </summary>
public interface ISampler : IStateful
{
    /// <summary>Whether the points of a term stay the same for the whole training.</summary>
    bool IsFixed(int term);

    /// <summary>Goes to the points of a step.</summary>
    /// <param name="step">The step that is about to begin; steps come in order.</param>
    /// <param name="probe">Residuals at the current θ.</param>
    /// <returns>Whether points changed.</returns>
    bool MoveTo(int step, IResidualProbe probe);

    /// <summary>Whether the optimizer begins anew, with nothing of what it has kept, whenever <see cref="MoveTo"/> has changed the points.</summary>
    bool RestartsOptimizer => false;

    /// <summary>The points of a term, row-major n × dimension in problem units, valid until the next <see cref="MoveTo"/> or <see cref="IStateful.Load"/>.</summary>
    ReadOnlySpan<double> Points(int term);

    /// <summary>
    /// Weights of the points of a term that multiply r² beside those of the balancer, or empty for ones: the loss is (1/n) Σ s w r² with s of the
    /// sampler and w of the balancer. Unweighted losses, which balancers compare terms by, know neither.
    /// </summary>
    ReadOnlySpan<double> PointWeights(int term) => [];

    /// <summary>Sees the residuals of a step at the current points, before the optimizer moves θ.</summary>
    void Observe(ITermResiduals residuals)
    {
    }
}

/// <summary>The residuals that a step has evaluated.</summary>
public interface ITermResiduals
{
    /// <summary>Those of a term, one a point.</summary>
    ReadOnlySpan<double> Of(int term);
}

/// <summary>What the training loop can tell a sampler about points that are not in use.</summary>
public interface IResidualProbe
{
    /// <summary>
    /// How far the differential equations are from being met at points of the domain at the current θ: √Σ r², over the equations. Where that is not
    /// finite it is 0, so that no sampler follows it.
    /// </summary>
    /// <param name="points">Row-major n × dimension in problem units.</param>
    /// <param name="magnitudes">n.</param>
    void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes);
}

/// <summary>A sampler of the catalogue.</summary>
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
    /// <summary>Whether a level draws new points at every step.</summary>
    public Func<Level, bool> RedrawsEveryStep { get; init; } = _ => false;
}

/// <summary>The samplers, in alphabetical order.</summary>
public static class SamplerCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<SamplerEntry> All { get; } =
    [
        RetainResampleRelease.Causal,
        GridSampler.Entry,
        HaltonSampler.Entry,
        HammersleySampler.Entry,
        ImportanceSampler.Entry,
        LatinHypercubeSampler.Entry,
        RetainResampleRelease.Entry,
        ResidualDistribution.Entry,
        ResidualRefinement.ByDensity,
        ResidualRefinement.Greedy,
        ResidualBalanced.Entry,
        SobolSampler.Entry,
        UniformSampler.Entry,
    ];

    /// <summary>The entry of a level's kind.</summary>
    public static SamplerEntry Find(string kind) => All.Single(entry => entry.Method.Kind == kind);
}
