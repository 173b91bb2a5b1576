using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>Makes of the cells of a study what is trained first, where what comes later depends on results.</summary>
internal static class StagedPlanner
{
    /// <summary>The plan with its first decision; the cells of a study that tunes become searches.</summary>
    public static StudyPlan Begin(StudyPlan cells)
    {
        var plan = cells.Spec.Tune is null ? cells : cells with { Cells = [], Searches = Searches(cells) };
        var begun = PlanGrowth.Grow(plan with { Trials = [] }, StageMachine.First(plan with { Trials = [] }));
        return begun.Trials.IsEmpty ? throw new UserMistakeException($"study '{cells.Spec.Name}' plans no trial to begin with") : begun;
    }

    /// <summary>A search for each combination of levels that shall have its own, over the levels that can be trained with it.</summary>
    private static ImmutableArray<PlannedSearch> Searches(StudyPlan plan)
    {
        var told = plan.Spec.Tune!.Each.Where(factor => plan.Spec.Factors[factor].Length > 1).ToList();
        return
        [
            .. from search in SearchedCells.Of(plan.Spec, [.. plan.Cells.Select(cell => cell.Levels)])
               let labels = plan.Cells[search.Cells[0]].Labels
               select new PlannedSearch(string.Join(", ", told.Select(factor => labels[factor]).DefaultIfEmpty(labels[Factor.Problem])), labels, search.Levels),
        ];
    }
}
