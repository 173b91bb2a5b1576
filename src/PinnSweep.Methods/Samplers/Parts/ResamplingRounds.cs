using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>When a sampler looks at residuals anew: round 1 at step <c>begin</c>, and again every <c>every</c> steps.</summary>
internal sealed class ResamplingRounds(Level level)
{
    private static readonly Parameter<int?> Begin = MethodParameters.OptionalCount(
        "begin", "step of the first round; null is the same as every");
    private static readonly Parameter<Fresh> Restart = MethodParameters.Choice(
        "restart",
        "none: the optimizer goes on with what it has kept; optimizer: it begins anew in every round, schedules and phases too",
        Fresh.None,
        Fresh.Optimizer) with { Absent = ChoiceWords.ToValue(Fresh.None) };

    private readonly int _every = Every.Of(level);
    private readonly int _begin = Begin.Of(level) ?? Every.Of(level);

    private enum Fresh
    {
        None,
        Optimizer,
    }

    /// <summary>Steps from one round to the next; samplers have defaults of their own.</summary>
    public static Parameter<int> Every { get; } = MethodParameters.Count("every", 1000, "steps between rounds");

    /// <summary>Points that a round looks at.</summary>
    public static Parameter<int> Candidates { get; } = MethodParameters.Count(
        "candidates", 100_000, "uniform points that a round evaluates the residual at", maximum: 10_000_000);

    /// <summary>
    /// Whether a round also restarts the optimizer. The scripts of Wu et al. 2023 compile Adam, and L-BFGS after it, anew in every round
    /// (Burgers, Allen–Cahn and others); those for diffusion go on with the moments that there are.
    /// </summary>
    public bool RestartsOptimizer { get; } = Restart.Of(level) != Fresh.None;

    /// <summary>The parameters.</summary>
    public static ImmutableArray<Parameter> Parameters() => [Every, Begin, Candidates, Restart];

    /// <summary>The parameters with other defaults.</summary>
    public static ImmutableArray<Parameter> Parameters(int every, int candidates) =>
    [
        Every with { Default = new SpecValue.Number(every) },
        Begin,
        Candidates with { Default = new SpecValue.Number(candidates) },
        Restart,
    ];

    /// <summary>The round that a step belongs to; 0 before the first.</summary>
    public int At(int step) => step < _begin ? 0 : 1 + ((step - _begin) / _every);
}
