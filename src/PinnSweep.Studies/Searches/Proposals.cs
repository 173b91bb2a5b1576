using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// What a search proposes: a pure function of its plan and of what is known of the proposals before, in the order of their numbers. When
/// and where these were tried never enters, so a search is the same for any number of workers.
/// </summary>
public static class Proposals
{
    /// <summary>
    /// New points, none equal to one proposed before. A search is over where there are none: its purse or its space is used up. A
    /// generation does not depend on the purse but for being cut off by it (lhs and grid do): with a larger purse, the generation that was
    /// cut off is asked for again and begins with the same points.
    /// </summary>
    /// <param name="space">What is varied.</param>
    /// <param name="plan">How the search goes.</param>
    /// <param name="history">Proposal 0, 1, …, at least all of the generations before. Those of this generation and later ones are not
    /// looked at.</param>
    /// <param name="generation">From 0. Designs that do not learn propose everything in generation 0; an outside optimizer only
    /// <see cref="SearchPlan.First"/>.</param>
    /// <exception cref="ArgumentException">Proposals of an earlier generation are missing in the history.</exception>
    public static ImmutableArray<SpacePoint> Propose(SearchSpace space, SearchPlan plan, IReadOnlyList<Observation> history, int generation)
    {
        if (generation == 0)
        {
            return Start(space, plan);
        }

        var before = FirstOf(plan, generation);
        if (plan.Design != DesignKind.Tpe || before >= plan.Trials)
        {
            return [];
        }

        if (history.Count < before)
        {
            // A space of n points has n proposals, and a first one outside it one more.
            return space.Count() <= history.Count ? []
                : throw new ArgumentException(
                    FormattableString.Invariant($"generation {generation} follows on {before} proposals, not {history.Count}"), nameof(history));
        }

        var stream = new RandomStream(plan.Seed, FormattableString.Invariant($"tpe/{generation}"));
        return Tpe.Propose(space, [.. history.Take(before)], Math.Min(plan.Generation, plan.Trials - before), stream);
    }

    /// <summary>The number of the first proposal of a generation; the purse where there is no such generation.</summary>
    public static int FirstOf(SearchPlan plan, int generation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        if (generation == 0 || plan.Design != DesignKind.Tpe)
        {
            return generation == 0 ? 0 : plan.Trials;
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Generation);
        return (int)Math.Min(plan.Trials, Tpe.StartUp + ((generation - 1L) * plan.Generation));
    }

    private static ImmutableArray<SpacePoint> Start(SearchSpace space, SearchPlan plan)
    {
        var count = plan.Design == DesignKind.Tpe ? Math.Min(Tpe.StartUp, plan.Trials) : plan.Trials;
        if (count <= 0)
        {
            return [];
        }

        ImmutableArray<SpacePoint> first = plan.First is { } point ? [point] : [];
        var kind = plan.Design == DesignKind.Tpe ? Tpe.StartUpDesign(space) : plan.Design;
        return kind == DesignKind.External ? first : [.. first, .. SpaceDesign.Points(space, kind, count - first.Length, plan.Seed, first)];
    }
}
