using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// How the methods of a block look, the same in all of its figures: the control is black, the others follow in the order of the table. Of more
/// than can be told apart the best have colours and the rest stand behind in grey, so that no two share a colour.
/// </summary>
internal sealed class MethodStyles
{
    private readonly StudyReport _report;
    private readonly ReportBlock _block;
    private readonly FrozenDictionary<string, int> _styles;

    private MethodStyles(StudyReport report, ReportBlock block)
    {
        (_report, _block) = (report, block);
        string[] others = [.. block.Rows.Where(row => row != report.ControlRow)];
        var first = report.ControlRow is null ? 0 : 1;
        var most = SeriesStyle.MostCompared - first;
        var shown = block.Rows.Length <= SeriesStyle.MostCompared ? others : [.. others.OrderBy(MeanLog).ThenBy(row => Array.IndexOf(others, row)).Take(most).OrderBy(row => Array.IndexOf(others, row))];
        _styles = block.Rows.ToFrozenDictionary(row => row, row => row == report.ControlRow ? 0 : Array.IndexOf(shown, row) is var at and >= 0 ? at + first : FigureSeries.Behind);
        Behind = _styles.Values.Count(style => style == FigureSeries.Behind);
    }

    /// <summary>How many stand behind.</summary>
    public int Behind { get; }

    /// <summary>What a caption must say of it, after a space; empty where each method has a colour.</summary>
    public string Words => Behind == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" In colour the {_block.Rows.Length - Behind - (_report.ControlRow is null ? 0 : 1)} methods of smallest mean log error{(_report.ControlRow is null ? "" : " and the control")}; {(Behind == 1 ? "the other is" : "the others are")} grey.");

    /// <summary>The style of a method.</summary>
    public int this[string row] => _styles[row];

    public static MethodStyles Of(StudyReport report, ReportBlock block) => new(report, block);

    /// <summary>A legend of methods in the order given; those behind are one entry at its end.</summary>
    public ImmutableArray<LegendEntry> Legend(IEnumerable<string> rows)
    {
        var all = rows.ToArray();
        string[] behind = [.. all.Where(row => _styles[row] == FigureSeries.Behind)];
        return
        [
            .. all.Where(row => _styles[row] != FigureSeries.Behind).Select(row => new LegendEntry(_report.RowName(row), _styles[row])),
            .. behind.Length == 0 ? ImmutableArray<LegendEntry>.Empty : [new(behind.Length == 1 ? _report.RowName(behind[0]) : string.Create(CultureInfo.InvariantCulture, $"{behind.Length} others"), FigureSeries.Behind)],
        ];
    }

    /// <summary>What methods are put in order by: the mean log10 error over columns; infinite where one has none.</summary>
    public double MeanLog(string row) => _block.Columns.Select(column => _block[row, column]).OfType<ReportCell>().Where(cell => !cell.Trials.IsEmpty)
        .Select(cell => cell.Errors.IsEmpty ? double.PositiveInfinity : Math.Log10(cell.Accuracy.Mean)).DefaultIfEmpty(double.PositiveInfinity).Average();
}
