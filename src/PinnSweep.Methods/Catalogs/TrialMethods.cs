using System.Collections.Immutable;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Catalogs;

/// <summary>What a catalog has found for the levels of a trial.</summary>
/// <param name="Stated">The problem as its level states it.</param>
/// <param name="Target">The same without the terms that the network keeps by construction.</param>
/// <param name="Problems">Makes other forms of the problem, for stages.</param>
/// <param name="Network">The entry of the network's level.</param>
/// <param name="Balancer">That of the balancer's.</param>
/// <param name="Sampler">That of the sampler's.</param>
/// <param name="Optimizer">That of the optimizer's.</param>
/// <param name="Time">That of the level of time.</param>
public sealed record TrialMethods(
    Problem Stated,
    Problem Target,
    IProblemSource Problems,
    NetworkEntry Network,
    BalancerEntry Balancer,
    SamplerEntry Sampler,
    OptimizerEntry Optimizer,
    TimeEntry Time)
{
    /// <summary>What a reader of the result should know of them.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The terms that the network keeps by construction, so that they are no part of the loss.</summary>
    public ImmutableArray<string> Kept => [.. Stated.Terms.Select(term => term.Name).Except(Target.Terms.Select(term => term.Name))];
}
