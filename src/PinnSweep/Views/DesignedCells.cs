using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Searches;

namespace PinnSweep.Views;

/// <summary>
/// The cells of a study with a design: one for each combination of levels with all its points in it, as the report has its rows. What no
/// range varies stands alone.
/// </summary>
internal static class DesignedCells
{
    public static List<PlacedCell> Of(StudyPlan plan, ILookup<int, TrialView> byCell)
    {
        var design = plan.Spec.Design!;
        var combinations = plan.Searches.Select(search => (Search: search, Cells: DesignedSearches.CellsOf(plan, search))).ToArray();
        var taken = combinations.SelectMany(combination => combination.Cells).ToHashSet();
        var points = plan.Searches.SelectMany(search => SpaceDesign.Points(search.Space.Space, design.Kind, design.Count, design.Seed).Select(search.Space.At)).ToHashSet();
        return
        [
            .. combinations.Select(combination => new PlacedCell(
                combination.Search.Default,
                combination.Search.Labels,
                "",
                combination.Cells.All(cell => cell < 0) ? "no point of it can be trained" : null,
                [.. combination.Cells.Where(cell => cell >= 0).SelectMany(cell => byCell[cell])])),
            .. plan.Cells.Index().Where(cell => !taken.Contains(cell.Index)).Select(cell => new PlacedCell(cell.Item.Levels, cell.Item.Labels, "", null, [.. byCell[cell.Index]])),
            .. plan.NotApplicable.Where(cell => !points.Contains(cell.Levels)).Select(cell => new PlacedCell(cell.Levels, cell.Labels, "", cell.Reason, [])),
        ];
    }
}
