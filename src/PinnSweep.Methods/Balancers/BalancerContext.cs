using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Balancers;

/// <summary>What a balancer is made for.</summary>
/// <param name="Terms">The loss terms in the problem's order. The first with role Residual is the usual reference.</param>
/// <param name="Network">The network; its blocks tell weights from biases and name the last layer.</param>
/// <param name="Coefficients">Trainable coefficients behind the network's parameters in θ.</param>
/// <param name="LearningRate">The optimizer's base learning rate.</param>
/// <param name="FixedPoints">Whether the points of a term stay the same for the whole training, term by term.</param>
/// <param name="Stream">The balancer's own random stream.</param>
/// <param name="Events">Counts clamps and non-finite inputs by name.</param>
public sealed record BalancerContext(
    ImmutableArray<TermInfo> Terms,
    NetworkGraph Network,
    int Coefficients,
    double LearningRate,
    ImmutableArray<bool> FixedPoints,
    RandomStream Stream,
    EventCounts Events)
{
    /// <summary>Coordinates and gradients of single points on demand.</summary>
    public ITermProbe Probe { get; init; } = NoProbe.Instance;

    /// <summary>Length of θ with coefficients.</summary>
    public int ParameterCount => Network.ParameterCount + Coefficients;

    /// <summary>Index of the first residual term.</summary>
    public int Reference => Terms.Select((term, index) => (term, index)).First(t => t.term.Role == TermRole.Residual).index;
}
