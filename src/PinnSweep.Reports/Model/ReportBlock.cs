using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model;

/// <summary>One table: all cells that agree in every factor that is on neither axis.</summary>
/// <param name="Fixed">The labels that tell this block from the others; empty where there is one block.</param>
/// <param name="Rows">Row labels in the order of the study file.</param>
/// <param name="Columns">Column labels in the order of the study file.</param>
/// <param name="Cells">Planned and n/a cells by row and column; a combination that the study does not have is absent.</param>
public sealed record ReportBlock(
    ImmutableSortedDictionary<Factor, string> Fixed,
    ImmutableArray<string> Rows,
    ImmutableArray<string> Columns,
    ImmutableDictionary<(string Row, string Column), ReportCell> Cells)
{
    /// <summary>A cell, or null where the study has none.</summary>
    public ReportCell? this[string row, string column] => Cells.GetValueOrDefault((row, column));

    /// <summary>What tells this block from the others, for titles; empty where there is one block.</summary>
    public string Name => string.Join(", ", Fixed.Select(pair => $"{pair.Key.ToWord()} {pair.Value}"));

    /// <summary>The cells of a column from first row to last, absent ones left out.</summary>
    public IEnumerable<ReportCell> Column(string column) => Rows.Select(row => this[row, column]).OfType<ReportCell>();

    /// <summary>All cells, row by row.</summary>
    public IEnumerable<ReportCell> InOrder() => Rows.SelectMany(row => Columns.Select(column => this[row, column])).OfType<ReportCell>();

    /// <summary>What can be compared: all but the cells on void problems, and rows and columns that are left empty without them.</summary>
    internal ReportBlock Sound
    {
        get
        {
            var sound = Cells.Where(pair => pair.Value.Void is null).ToImmutableDictionary();
            return sound.Count == Cells.Count ? this : new(
                Fixed,
                [.. Rows.Where(row => Columns.Any(column => sound.ContainsKey((row, column))))],
                [.. Columns.Where(column => Rows.Any(row => sound.ContainsKey((row, column))))],
                sound);
        }
    }

    /// <summary>The block with the cells on void problems told apart, and everybody's standing without them.</summary>
    /// <param name="reason">Why an error of a trial means nothing; null where it does.</param>
    internal ReportBlock WithVoid(Func<ReportTrial, string?> reason)
    {
        ReportCell[] cells = [.. InOrder().Select(cell => cell with { Void = cell.Trials.Select(reason).FirstOrDefault(one => one is not null) })];
        return cells.All(cell => cell.Void is null) ? this : this with { Cells = Standings.Of(cells).ToImmutableDictionary(cell => (cell.Row, cell.Column)) };
    }

    /// <summary>The blocks of a study in the order of the study file.</summary>
    public static ImmutableArray<ReportBlock> AllOf(StudyPlan plan, ImmutableArray<ReportTrial> trials, ReportAxes axes)
    {
        var others = FactorWords.All.Where(factor => factor != axes.Rows && factor != axes.Columns && !axes.Averaged.Contains(factor)).ToArray();
        var order = others.ToDictionary(factor => factor, factor => StudyLabels.Of(plan, factor));
        var varying = others.Where(factor => order[factor].Length > 1).ToArray();
        bool IsIn(CellLevels levels, ImmutableSortedDictionary<Factor, string> labels) => axes.Only.All(only => StudyLabels.Of(levels, labels, only.Key) == only.Value);
        var rows = StudyLabels.Of(plan, axes.Rows);
        var columns = StudyLabels.Of(plan, axes.Columns);
        var byCell = plan.Trials.Zip(trials).ToLookup(pair => pair.First.CellIndex, pair => pair.Second);

        return
        [
            .. plan.Cells.Select((cell, index) => (cell.Levels, cell.Labels, Reason: (string?)null, Trials: byCell[index].OrderBy(trial => trial.Seed).ToImmutableArray()))
                .Concat(plan.NotApplicable.Select(cell => (cell.Levels, cell.Labels, Reason: (string?)cell.Reason, Trials: ImmutableArray<ReportTrial>.Empty)))
                .Where(cell => IsIn(cell.Levels, cell.Labels))
                .GroupBy(cell => string.Join('\n', varying.Select(factor => StudyLabels.Of(cell.Levels, cell.Labels, factor))))
                .Select(group =>
                {
                    var first = group.First();
                    var cells = group
                        .GroupBy(cell => (Row: StudyLabels.Of(cell.Levels, cell.Labels, axes.Rows), Column: StudyLabels.Of(cell.Levels, cell.Labels, axes.Columns)))
                        .Select(same => Cell(same.Key.Row, same.Key.Column, [.. same.Select(cell => (cell.Reason, cell.Trials))], axes)).ToArray();
                    return new ReportBlock(
                        varying.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(first.Levels, first.Labels, factor)),
                        [.. rows.Where(row => cells.Any(cell => cell.Row == row))],
                        [.. columns.Where(column => cells.Any(cell => cell.Column == column))],
                        Standings.Of(cells).ToImmutableDictionary(cell => (cell.Row, cell.Column)));
                })
                .OrderBy(block => string.Join('.', block.Fixed.Select(pair => order[pair.Key].IndexOf(pair.Value).ToString("D6", System.Globalization.CultureInfo.InvariantCulture))), StringComparer.Ordinal),
        ];
    }

    // Several cells of the study are one cell of the table where a factor is averaged over; one that can be trained is enough.
    private static ReportCell Cell(string row, string column, IReadOnlyList<(string? Reason, ImmutableArray<ReportTrial> Trials)> cells, ReportAxes axes)
    {
        var trials = cells.SelectMany(cell => cell.Trials)
            .Select(trial => trial with { Replicate = string.Join('\n', axes.Averaged.Select(factor => trial.Labels[factor]).Prepend(trial.Replicate)) })
            .OrderBy(trial => trial.Seed).ToImmutableArray();
        return new(
            row,
            column,
            cells.All(cell => cell.Reason is not null) ? cells[0].Reason : null,
            trials,
            LogErrorMean.Of([.. trials.Select(trial => trial.Error).OfType<double>()]),
            Standing.Unranked);
    }
}
