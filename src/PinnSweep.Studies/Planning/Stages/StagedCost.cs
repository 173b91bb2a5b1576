using System.Collections.Immutable;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>What a study in stages costs, as far as its plan can tell before anything is trained.</summary>
/// <param name="Begin">Trials of the first stage.</param>
/// <param name="Tuning">Trials of all searches at most; null under a purse of seconds.</param>
/// <param name="Fewest">Trials of the evaluation where the first look decides all, and at least.</param>
/// <param name="Most">Trials of the evaluation at most.</param>
/// <param name="Cells">Cells of the evaluation at most.</param>
/// <param name="TuningSteps">Optimizer steps of all searches at most; null where trials or steps are not counted.</param>
/// <param name="FewestSteps">Those of the evaluation at least; null under a budget of seconds.</param>
/// <param name="MostSteps">Those of the evaluation at most; null under a budget of seconds.</param>
public sealed record StagedCost(int Begin, long? Tuning, long Fewest, long Most, int Cells, long? TuningSteps, long? FewestSteps, long? MostSteps)
{
    /// <summary>Trials in all where the first look decides; null where nobody knows.</summary>
    public long? Least => Tuning + Fewest;

    /// <summary>Trials in all at most; null where nobody knows.</summary>
    public long? AtMost => Tuning + Most;

    /// <summary>The cost of a plan of which the first stage is decided.</summary>
    public static StagedCost Of(StudyPlan plan)
    {
        var spec = plan.Spec;
        var (first, last) = spec.Replicate is { } replicate ? (replicate.Looks[0], replicate.Looks[^1]) : (spec.Seeds.Length, spec.Seeds.Length);
        var nominal = (spec.Tune is null ? plan.Cells.Select(cell => cell.Levels) : plan.Searches.Select(search => search.Default)).ToImmutableArray();
        var compared = ComparedCells.Pairs(spec, nominal.Select((levels, i) => (i, levels))).SelectMany(pair => (int[])[pair.Method, pair.Control]).ToHashSet();

        // A search that has nothing to choose evaluates its one cell, any other the default and what it chose.
        var cells = nominal.Select((_, i) => spec.Tune is null || plan.Searches[i].Space.Space.Dimensions.IsEmpty ? 1 : 2).ToArray();
        var most = nominal.Select((_, i) => (long)cells[i] * (compared.Contains(i) ? last : first)).ToArray();
        long? Steps(IEnumerable<long> trials) => spec.Budget.Steps is null ? null : trials.Zip(nominal, (count, levels) => count * spec.BudgetOf(levels).Steps!.Value).Sum();
        return new(
            plan.Stages[0].Trials.Length,
            spec.Tune is null ? 0 : spec.Tune.Trials is null ? null : plan.Searches.Sum(search => Rungs(spec.Tune, search).Sum(count => (long)count) * spec.Tune.Seeds.Length),
            cells.Sum(count => (long)(spec.Tune is null ? count : 1) * first),
            most.Sum(),
            cells.Sum(),
            spec.Tune is null ? 0 : spec.Tune.Trials is null || spec.Budget.Steps is null ? null : plan.Searches.Sum(search => StepsOf(spec, search)),
            Steps(cells.Select(count => (long)(spec.Tune is null ? count : 1) * first)),
            Steps(most));
    }

    /// <summary>The most proposals of a search: its purse, or all of its space and a default outside it; null under a purse of seconds.</summary>
    public static int? Proposals(TuneSpec tune, PlannedSearch search)
    {
        var plan = search.PlanOf(tune);
        var space = search.Space.Space;
        return tune.Trials is null && !space.Dimensions.IsEmpty ? null
            : tune.Design == DesignKind.Grid || space.Count() is { } ? (int)Math.Min(plan.Trials, Whole(plan, space))
            : plan.Trials;
    }

    /// <summary>The proposals of a search that reach each rung at most; one number without rungs.</summary>
    public static ImmutableArray<int> Rungs(TuneSpec tune, PlannedSearch search)
    {
        var counts = ImmutableArray.CreateBuilder<int>();
        counts.Add(Proposals(tune, search) ?? 0);
        for (var rung = 1; rung < (tune.Rungs?.Steps.Length ?? 1); rung++)
        {
            counts.Add(SuccessiveHalving.Promote([.. Enumerable.Repeat(0.0, counts[^1])], tune.Rungs!.Keep).Length);
        }

        return counts.ToImmutable();
    }

    /// <summary>How many points there are to propose.</summary>
    private static long Whole(SearchPlan plan, Spaces.SearchSpace space)
    {
        if (plan.Design == DesignKind.Grid)
        {
            return Searches.Proposals.Propose(space, plan, [], 0).Length;
        }

        var outside = plan.First is { } first && !space.At(space.UnitOf(first)).Equals(first) ? 1 : 0;
        return space.Count()!.Value + outside;
    }

    /// <summary>A rung goes on where the one before ended.</summary>
    private static long StepsOf(StudySpec spec, PlannedSearch search) => spec.Tune!.Rungs is { } rungs
        ? Rungs(spec.Tune, search).Zip(rungs.Steps, rungs.Steps.Prepend(0)).Sum(rung => (long)rung.First * (rung.Second - rung.Third)) * spec.Tune.Seeds.Length
        : (long)(Proposals(spec.Tune, search) ?? 0) * spec.Tune.Seeds.Length * spec.BudgetOf(search.Default).Steps!.Value;
}
