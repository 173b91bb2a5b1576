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
    private static readonly Factor[] Usual = [Factor.Balancer, Factor.Network, Factor.Sampler, Factor.Optimizer, Factor.Time, Factor.Precision];

    /// <summary>The factor whose levels are compared; null where nothing is.</summary>
    public static Factor? FactorOf(StudySpec spec) => spec.Control?.Factor
        ?? Usual.Where(factor => spec.Factors[factor].Length > 1 && spec.Tune?.Each.Contains(factor) != false).Select(factor => (Factor?)factor).FirstOrDefault();

    /// <summary>Pairs of cells, the second being the control.</summary>
    public static ImmutableArray<(int Method, int Control)> Of(StudyPlan plan)
    {
        if (FactorOf(plan.Spec) is not { } factor)
        {
            return [];
        }

        var control = plan.Spec.Control?.Level;
        return
        [
            .. from block in Judged(plan).GroupBy(cell => cell.Nominal.With(factor, plan.Spec.Factors[factor][0]))
               let cells = block.ToList()
               from pair in control is null
                   ? cells.SelectMany((first, i) => cells.Skip(i + 1).Select(second => (Method: second, Control: first)))
                   : cells.Where(cell => cell.Nominal[factor] == control).Take(1).SelectMany(known => cells.Where(cell => cell != known).Select(cell => (Method: cell, Control: known)))
               where pair.Method.Cell != pair.Control.Cell
               select (pair.Method.Cell, pair.Control.Cell),
        ];
    }

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

    private static IEnumerable<(int Cell, CellLevels Nominal)> Judged(StudyPlan plan) => plan.Spec.Tune is null
        ? plan.Cells.Select((cell, index) => (index, cell.Levels))
        : Evaluated(plan).Select(pair => (pair.Chosen, plan.Searches[pair.Search].Default));
}
