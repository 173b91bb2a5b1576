using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>Makes of the cells of a study what is trained first, where what comes later depends on results.</summary>
internal static class StagedPlanner
{
    /// <summary>The plan with its first decision; the cells of a study that tunes become searches.</summary>
    public static StudyPlan Begin(StudyPlan cells, Catalog catalog)
    {
        var plan = cells.Spec.Tune is null ? cells : cells with { Cells = [], Searches = Searches(cells, catalog) };
        var begun = PlanGrowth.Grow(plan with { Trials = [] }, StageMachine.First(plan with { Trials = [] }));
        return begun.Trials.IsEmpty ? throw new UserMistakeException($"study '{cells.Spec.Name}' plans no trial to begin with") : begun;
    }

    /// <summary>A search for each combination of levels that shall have its own, over the levels that can be trained with it.</summary>
    private static ImmutableArray<PlannedSearch> Searches(StudyPlan plan, Catalog catalog)
    {
        var told = plan.Spec.Tune!.Each.Where(factor => plan.Spec.Factors[factor].Length > 1).ToList();
        return
        [
            .. from search in SearchedCells.Of(plan.Spec, [.. plan.Cells.Select(cell => cell.Levels)])
               let cell = plan.Cells[search.Cells[0]]
               select new PlannedSearch(
                   string.Join(", ", told.Select(factor => cell.Labels[factor]).DefaultIfEmpty(cell.Labels[Factor.Problem])),
                   cell.Labels,
                   search.Levels.ToImmutableSortedDictionary(
                       levels => levels.Key, levels => levels.Value.Select(level => Fitting(level, levels.Key, cell.Levels, catalog)).ToImmutableArray())),
        ];
    }

    /// <summary>The ranges that mean something with the other levels: a weight of a term, for instance, only where the problem has it.</summary>
    private static LevelSpace Fitting(LevelSpace space, Factor factor, CellLevels cell, Catalog catalog) => space with
    {
        Ranges =
        [
            .. space.Ranges.Where(range =>
                CellGrid.WhyLeftOut(cell.With(factor, (space with { Ranges = [range] }).With([range.Scale.At(0.5)])), [], catalog) is null),
        ],
    };
}
