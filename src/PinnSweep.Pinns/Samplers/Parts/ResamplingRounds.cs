using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>When a sampler looks at residuals anew: round 1 at step <c>begin</c>, and again every <c>every</c> steps.</summary>
internal sealed class ResamplingRounds(Level level)
{
    private readonly int _every = level.Integer("every");
    private readonly int _begin = level.Parameters.OptionalNumber("begin") is { } begin ? checked((int)begin) : level.Integer("every");

    /// <summary>The parameters.</summary>
    public static ImmutableArray<Parameter> Parameters(int every = 1000, int candidates = 100_000) =>
    [
        MethodParameters.Count("every", every, "steps between rounds"),
        MethodParameters.OptionalCount("begin", "step of the first round; null is the same as every"),
        MethodParameters.Count("candidates", candidates, "uniform points that a round evaluates the residual at", maximum: 10_000_000),
    ];

    /// <summary>The round that a step belongs to; 0 before the first.</summary>
    public int At(int step) => step < _begin ? 0 : 1 + ((step - _begin) / _every);
}
