using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// Where the collocation points of each loss term lie. Points come from named random streams of the trial's seed, so every method
/// begins with the same ones.
/// </summary>
public interface ISampler : IStateful
{
    /// <summary>Whether the points of a term stay the same for the whole training.</summary>
    bool IsFixed(int term);

    /// <summary>Goes to the points of a step.</summary>
    /// <returns>Whether points changed.</returns>
    bool MoveTo(int step);

    /// <summary>The points of a term, row-major n × dimension in problem units, valid until the next <see cref="MoveTo"/> or <see cref="IStateful.Load"/>.</summary>
    ReadOnlySpan<double> Points(int term);
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
    Func<Level, bool> Resamples);

/// <summary>The samplers, in alphabetical order.</summary>
public static class SamplerCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<SamplerEntry> All { get; } = [UniformSampler.Entry];
}
