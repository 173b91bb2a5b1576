using System.Collections.Immutable;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>When a sampler looks at residuals anew: round 1 at step <c>begin</c>, and again every <c>every</c> steps.</summary>
internal sealed class ResamplingRounds(Level level)
{
    private const string None = "none";

    private readonly int _every = level.Integer("every");
    private readonly int _begin = level.Parameters.OptionalNumber("begin") is { } begin ? checked((int)begin) : level.Integer("every");

    /// <summary>
    /// Whether a round also restarts the optimizer. The scripts of Wu et al. 2023 compile Adam, and L-BFGS after it, anew in every round (Burgers, Allen–Cahn and others); those for diffusion go on with the
    /// moments that there are.
    /// </summary>
    public bool RestartsOptimizer { get; } = level.TextOr("restart", None) != None;

    /// <summary>The parameters.</summary>
    public static ImmutableArray<Parameter> Parameters(int every = 1000, int candidates = 100_000) =>
    [
        MethodParameters.Count("every", every, "steps between rounds"),
        MethodParameters.OptionalCount("begin", "step of the first round; null is the same as every"),
        MethodParameters.Count("candidates", candidates, "uniform points that a round evaluates the residual at", maximum: 10_000_000),
        MethodParameters.Word("restart", "none: the optimizer goes on with what it has kept; optimizer: it begins anew in every round, schedules and phases too", None, "optimizer") with
        {
            Absent = new SpecValue.Text(None),
        },
    ];

    /// <summary>The round that a step belongs to; 0 before the first.</summary>
    public int At(int step) => step < _begin ? 0 : 1 + ((step - _begin) / _every);
}
