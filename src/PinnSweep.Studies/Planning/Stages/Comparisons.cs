using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>
/// Which cells of a study are compared: levels of one factor, with its control where the study names one, else each with each, where all
/// other factors are the same. Of a study that tunes, the tuned ones.
/// </summary>
public static class Comparisons
{
    /// <summary>The factor whose levels are compared; null where nothing is.</summary>
    public static Factor? FactorOf(StudySpec spec) => ComparedCells.FactorOf(spec);

    /// <summary>Pairs of cells, the second being the control.</summary>
    public static ImmutableArray<(int Method, int Control)> Of(StudyPlan plan) => ComparedCells.Pairs(
        plan.Spec,
        plan.Spec.Tune is null
            ? plan.Cells.Select((cell, index) => (index, cell.Levels))
            : Evaluated(plan).Select(pair => (pair.Chosen, plan.Searches[pair.Search].Default)));

    /// <summary>The default cell and the tuned one of each search whose choice is made.</summary>
    public static ImmutableArray<(int Search, int Default, int Chosen)> Evaluated(StudyPlan plan)
    {
        var cells = plan.Cells.Select((cell, index) => (cell.Levels, index)).DistinctBy(cell => cell.Levels).ToDictionary(cell => cell.Levels, cell => cell.index);
        return
        [
            .. from state in SearchState.Of(plan)
               where state.Chosen is not null && cells.ContainsKey(state.Search.Default)
               select (state.Number, cells[state.Search.Default], cells[state.LevelsAt(state.Points[state.Chosen!.Value].Point)]),
        ];
    }
}
