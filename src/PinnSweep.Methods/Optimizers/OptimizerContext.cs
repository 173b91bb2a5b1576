using System.Collections.Immutable;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Methods.Optimizers;

/// <summary>What an optimizer is made for.</summary>
/// <param name="ParameterCount">Length of θ.</param>
/// <param name="RoundToSingle">Whether θ is rounded to single precision after every step, as float32 training does.</param>
public sealed record OptimizerContext(int ParameterCount, bool RoundToSingle)
{
    /// <summary>The weight matrices within θ.</summary>
    public ImmutableArray<ParameterMatrix> Matrices { get; init; } = [];

    /// <summary>Counts evaluations, restarts and the like.</summary>
    public EventCounts Events { get; init; } = new();

    /// <summary>The optimizer's own random stream, whose place follows from the number of the step.</summary>
    [field: Scratch]
    public RandomStream Stream { get; init; } = new(0, "optimizer");
}
