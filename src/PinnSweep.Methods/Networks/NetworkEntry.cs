using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>A network of the catalog.</summary>
/// <param name="Method">Name, parameters and source.</param>
/// <param name="Create">Makes the network of a level for the coordinates and outputs of a problem; the seed draws what is fixed, for
/// instance frequencies.</param>
public sealed record NetworkEntry(MethodEntry Method, Func<Level, Problem, long, NetworkGraph> Create)
{
    /// <summary>The problem as it is left with a network that keeps some of its conditions by construction: their terms are gone.</summary>
    public Func<Level, Problem, Problem> Adapt { get; init; } = (_, problem) => problem;

    /// <summary>Why a level cannot serve a problem, or null.</summary>
    public Func<Level, Problem, string?> WhyNotApplicable { get; init; } = (_, _) => null;

    /// <summary>What a level adds to the loss that depends on its parameters alone, or null.</summary>
    public Func<Level, NetworkGraph, IParameterPenalty?> Penalty { get; init; } = (_, _) => null;

    /// <summary>Whether a level's head is set by <c>HeadFit</c> before the training.</summary>
    public Func<Level, bool> FitsHead { get; init; } = _ => false;

    /// <summary>The network of a level for a problem and a seed.</summary>
    /// <exception cref="UserMistakeException">It is larger than can be trained.</exception>
    public NetworkGraph Make(Level level, Problem problem, long seed)
    {
        try
        {
            return Create(level, problem, seed);
        }
        catch (NetworkTooLargeException large)
        {
            throw new UserMistakeException($"network '{level.Kind}': {large.Message}; take fewer or narrower layers", large);
        }
    }
}
