using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What an optimizer is made for.</summary>
/// <param name="ParameterCount">Length of θ.</param>
/// <param name="RoundToSingle">Whether θ is rounded to single precision after every step, as float32 training does.</param>
public sealed record OptimizerContext(int ParameterCount, bool RoundToSingle)
{
    /// <summary>The weight matrices within θ.</summary>
    public ImmutableArray<ParameterMatrix> Matrices { get; init; } = [];

    /// <summary>Counts evaluations, restarts and the like.</summary>
    public EventCounts Events { get; init; } = new();

    /// <summary>The optimizer's own random stream.</summary>
    public RandomStream Stream { get; init; } = new(0, "optimizer");

    /// <summary>The context of a trial.</summary>
    public static OptimizerContext For(NetworkGraph network, Problem problem, TrialDescription description, EventCounts events) =>
        new(network.ParameterCount + problem.Coefficients, description.Levels.Precision == Precision.Float32)
        {
            Matrices = ParameterMatrix.Of(network),
            Events = events,
            Stream = new(description.Seed, "optimizer"),
        };
}
