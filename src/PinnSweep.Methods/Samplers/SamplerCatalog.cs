using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Adaptive;
using PinnSweep.Methods.Samplers.Designs;

namespace PinnSweep.Methods.Samplers;

/// <summary>The samplers, in alphabetical order.</summary>
internal static class SamplerCatalog
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
        RegionOptimization.Entry,
        SobolSampler.Entry,
        UniformSampler.Entry,
        WeakForm.Entry,
    ];

    /// <summary>The entry of a level's kind.</summary>
    public static SamplerEntry Find(string kind) => All.Single(entry => entry.Method.Kind == kind);
}
