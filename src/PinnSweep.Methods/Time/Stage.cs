using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Time;

/// <summary>
/// A part of a training with a problem of its own. Optimizer, balancer and sampler start anew in it; θ is the one that the stage before it
/// left, unless it is fresh.
/// </summary>
/// <param name="Problem">Makes its problem from the network that the stage before it left; null is given to the first.</param>
/// <param name="Share">Its part of the budget; those of all stages add up to 1.</param>
public sealed record Stage(Func<TrainedNetwork?, Problem> Problem, double Share)
{
    /// <summary>Whether it begins with weights drawn for it alone.</summary>
    public bool IsFresh { get; init; }

    /// <summary>
    /// The moment up to which its network, and that of no later stage, is the solution; null where the last network is the whole solution.
    /// </summary>
    public double? SolvesUntil { get; init; }

    /// <summary>What is counted when it begins; null for a first one.</summary>
    public string? Event { get; init; }

    /// <summary>The only stage of a training that has no others.</summary>
    public static ImmutableArray<Stage> Whole(Problem problem) => [new(_ => problem, 1)];

    /// <summary>
    /// The seed of what a stage draws by itself: the trial's in the first, so that its points are those of every other method.
    /// </summary>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="number">The number of the stage, from 0.</param>
    public static long Seed(long seed, int number)
    {
        if (number == 0)
        {
            return seed;
        }

        var stream = new RandomStream(seed, FormattableString.Invariant($"stage/{number}"));
        return ((long)stream.NextUInt32() << 32) | stream.NextUInt32();
    }
}
