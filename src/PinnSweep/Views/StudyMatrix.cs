using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Views;

/// <summary>
/// The trials of a study in cells: by default the rows and columns that its report has. Of a study that tunes, only the trials of the
/// evaluation are in cells, each method once with its defaults and once as it was tuned; of one with a design a cell has all points of its
/// combination.
/// </summary>
internal static class StudyMatrix
{
    /// <summary>The cells with their axes, and the trials that are in none.</summary>
    public static (ReportAxes Axes, ImmutableArray<CellView> Cells, ImmutableArray<TrialView> Searched) Of(StudyPlan plan, ImmutableArray<TrialView> trials)
    {
        var axes = ReportAxes.For(plan);
        var cells = plan.Searches.IsEmpty ? Ordinary(plan, trials)
            : plan.Spec.Design is null ? Evaluated(plan, trials)
            : DesignedCells.Of(plan, trials.ToLookup(trial => trial.Planned.CellIndex));
        var varying = FactorWords.All
            .Where(factor => factor != axes.Rows && factor != axes.Columns && cells.Select(cell => cell.Label(factor)).Distinct().Skip(1).Any())
            .ToArray();
        var placed = cells
            .Select(cell => (
                Block: string.Join(", ", varying.Select(factor => $"{factor.ToWord()} {cell.Label(factor)}")),
                Row: cell.Label(axes.Rows) + cell.Suffix,
                Column: cell.Label(axes.Columns),
                Labels: FactorWords.All.ToImmutableSortedDictionary(factor => factor, cell.Label),
                cell.Reason,
                cell.Trials))
            .ToArray();
        // In the order in which the study names them, whatever order the plan has.
        var blocks = Order(placed.Select(cell => cell.Block));
        var rows = Order(placed.Select(cell => cell.Row));
        var columns = Order(placed.Select(cell => cell.Column));
        return (
            axes,
            [
                .. placed.GroupBy(cell => (cell.Block, cell.Row, cell.Column))
                    .OrderBy(cell => blocks[cell.Key.Block]).ThenBy(cell => rows[cell.Key.Row]).ThenBy(cell => columns[cell.Key.Column])
                    .Select((same, number) => new CellView(number, same.Key.Block, same.Key.Row, same.Key.Column, [.. same.SelectMany(cell => cell.Trials).OrderBy(trial => trial.Position)])
                    {
                        Labels = same.First().Labels,
                        NotApplicable = same.All(cell => cell.Reason is not null) ? same.First().Reason : null,
                    }),
            ],
            Unplaced(trials, cells));
    }

    private static List<PlacedCell> Ordinary(StudyPlan plan, ImmutableArray<TrialView> trials)
    {
        var byCell = trials.ToLookup(trial => trial.Planned.CellIndex);
        return
        [
            .. plan.Cells.Select((cell, index) => new PlacedCell(cell.Levels, cell.Labels, "", null, [.. byCell[index]])),
            .. plan.NotApplicable.Select(cell => new PlacedCell(cell.Levels, cell.Labels, "", cell.Reason, [])),
        ];
    }

    private static List<PlacedCell> Evaluated(StudyPlan plan, ImmutableArray<TrialView> trials)
    {
        var seeds = plan.Spec.Seeds.ToHashSet();
        var byCell = trials.Where(trial => seeds.Contains(trial.Planned.Description.Seed)).ToLookup(trial => trial.Planned.CellIndex);
        return
        [
            .. Comparisons.Evaluated(plan).SelectMany(pair =>
            {
                var (levels, labels) = (plan.Searches[pair.Search].Default, plan.Searches[pair.Search].Labels);
                return pair.Default == pair.Chosen
                    ? [new PlacedCell(levels, labels, "", null, [.. byCell[pair.Default]])]
                    : (PlacedCell[])[new PlacedCell(levels, labels, "", null, [.. byCell[pair.Default]]), new PlacedCell(levels, labels, ", tuned", null, [.. byCell[pair.Chosen]])];
            }),
        ];
    }

    private static ImmutableArray<TrialView> Unplaced(ImmutableArray<TrialView> trials, IEnumerable<PlacedCell> cells)
    {
        var placed = cells.SelectMany(cell => cell.Trials).Select(trial => trial.Position).ToHashSet();
        return placed.Count == trials.Length ? [] : [.. trials.Where(trial => !placed.Contains(trial.Position))];
    }

    private static Dictionary<string, int> Order(IEnumerable<string> labels) =>
        labels.Distinct().Select((label, position) => (label, position)).ToDictionary(pair => pair.label, pair => pair.position);
}
