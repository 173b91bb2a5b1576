using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Reports.Documents;

/// <summary>
/// A document with every text as it may be shown (<see cref="VisibleText"/>), for all formats at once: none of them gets a character that
/// turns the direction of writing, hides, or is no character of a file of text. Files for programs (JSON, Parquet) are not made from it and
/// stay exact.
/// </summary>
internal static class VisibleDocument
{
    public static ReportDocument Of(ReportDocument document) => new(
        Line(document.Title),
        [.. document.Sections.Select(section => new ReportSection(Line(section.Title), [.. section.Parts.Select(Of)]))]);

    public static TableModel Of(TableModel table) => table with
    {
        Caption = Line(table.Caption),
        Columns = [.. table.Columns.Select(column => column with { Heading = Line(column.Heading) })],
        Rows = [.. table.Rows.Select(row => row.Select(Of).ToImmutableArray())],
        Notes = Lines(table.Notes),
    };

    private static ReportPart Of(ReportPart part) => part switch
    {
        ReportPart.Paragraph paragraph => new ReportPart.Paragraph(Line(paragraph.Text)),
        ReportPart.Facts facts => new ReportPart.Facts([.. facts.Lines.Select(line => (Line(line.Name), Line(line.Value)))]),
        ReportPart.Table table => new ReportPart.Table(Of(table.Model)),
        ReportPart.Figure figure => new ReportPart.Figure(Of(figure.Model)),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static TableCell Of(TableCell cell) => cell with
    {
        Pieces =
        [
            .. cell.Pieces.Select(piece => piece switch
            {
                Inline.Words words => words with { Text = Line(words.Text) },
                Inline.Strong strong => strong with { Text = Line(strong.Text) },
                Inline.Code code => code with { Text = Line(code.Text) },
                _ => piece,
            }),
        ],
    };

    public static FigureModel Of(FigureModel figure) => figure with
    {
        Caption = Line(figure.Caption),
        Panels = [.. figure.Panels.Select(panel => panel with { Title = Line(panel.Title), XLabel = Line(panel.XLabel), YLabel = Line(panel.YLabel), XWords = [.. panel.XWords.Select(word => (word.At, Line(word.Text)))] })],
        Legend = [.. figure.Legend.Select(entry => entry with { Name = Line(entry.Name) })],
        Ranks = figure.Ranks is { } ranks ? ranks with { Methods = [.. ranks.Methods.Select(method => (Line(method.Name), method.Rank))] } : null,
        Heat = [.. figure.Heat.Select(map => map with { Title = Line(map.Title), Rows = Lines(map.Rows), Columns = Lines(map.Columns), Texts = [.. map.Texts.Select(Lines)] })],
        Fields = figure.Fields is { } fields
            ? fields with { XLabel = Line(fields.XLabel), YLabel = Line(fields.YLabel), Rows = [.. fields.Rows.Select(row => row.Select(Of).ToImmutableArray())] }
            : null,
        Intervals = figure.Intervals is { } intervals
            ? intervals with
            {
                Label = Line(intervals.Label),
                Names = Lines(intervals.Names),
                Panels = [.. intervals.Panels.Select(panel => panel with { Title = Line(panel.Title) })],
                Marks = [.. intervals.Marks.Select(mark => (mark.Mark, Line(mark.Text)))],
                Lines = [.. intervals.Lines.Select(line => (line.Line, Line(line.Text)))],
            }
            : null,
        Parallel = figure.Parallel is { } parallel
            ? parallel with { Axes = [.. parallel.Axes.Select(axis => new ParallelAxis(Line(axis.Name), [.. axis.Ticks.Select(tick => (tick.Place, Line(tick.Text)))]))] }
            : null,
        Bars = figure.Bars is { } bars
            ? new(Line(bars.Label), [.. bars.Groups.Select(group => new BarGroup(Line(group.Title), [.. group.Bars.Select(bar => bar with { Name = Line(bar.Name) })]))])
            : null,
    };

    private static FieldPanel? Of(FieldPanel? panel) => panel is null ? null : panel with { Title = Line(panel.Title), Scale = panel.Scale with { Label = Line(panel.Scale.Label) } };

    private static ImmutableArray<string> Lines(ImmutableArray<string> texts) => [.. texts.Select(Line)];

    private static string Line(string text) => VisibleText.Line(text);
}
