using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model;

/// <summary>What tables call the levels of a study, in the order of the study file.</summary>
internal static class StudyLabels
{
    /// <summary>
    /// The distinct labels of a factor over all cells, n/a ones included, in the order in which the study declares the levels.
    /// </summary>
    public static ImmutableArray<string> Of(StudyPlan plan, Factor factor)
    {
        var declared = plan.Spec.Factors.GetValueOrDefault(factor, []);
        return
        [
            .. plan.Cells.Select(cell => (cell.Levels, cell.Labels))
                .Concat(plan.NotApplicable.Select(cell => (cell.Levels, cell.Labels)))
                .Select(cell => (Label: Of(cell.Levels, cell.Labels, factor), Position: PositionOf(cell.Levels)))
                .DistinctBy(pair => pair.Label)
                .OrderBy(pair => pair.Position)
                .Select(pair => pair.Label),
        ];

        int PositionOf(CellLevels levels) => plan.Spec.Methods is { } methods && factor == methods.Carrier && methods.Of(levels) is { } method
            ? methods.All.IndexOf(method)
            : Position(declared, levels[factor]);
    }

    /// <summary>The label of one cell's level; the kind where the plan gives none.</summary>
    public static string Of(CellLevels levels, ImmutableSortedDictionary<Factor, string> labels, Factor factor) =>
        labels.TryGetValue(factor, out var label) ? label : levels[factor].Kind;

    /// <summary>The label of the control, or null where the study has none or no cell carries it.</summary>
    public static string? Control(StudyPlan plan) => plan.Spec.Control is { } control
        ? plan.Cells.Where(cell => cell.Levels[control.Factor] == control.Level)
            .Select(cell => Of(cell.Levels, cell.Labels, control.Factor)).FirstOrDefault()
        : null;

    private static int Position(ImmutableArray<Level> declared, Level level)
    {
        var index = declared.IndexOf(level);
        return index < 0 ? int.MaxValue : index;
    }
}
