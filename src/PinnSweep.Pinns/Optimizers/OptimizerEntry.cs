using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>An optimizer of the catalogue.</summary>
/// <param name="Method">Name, source and parameters.</param>
/// <param name="Create">Makes an optimizer from its level, all defaults filled in.</param>
public sealed record OptimizerEntry(MethodEntry Method, Func<OptimizerContext, Level, IOptimizer> Create)
{
    /// <summary>What a level of it needs; nothing by default.</summary>
    public Func<Level, OptimizerNeeds> Needs { get; init; } = _ => new();
}
