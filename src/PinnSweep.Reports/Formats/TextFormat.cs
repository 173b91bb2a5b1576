using System.Text;
using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// Plain text for a terminal: columns by spaces, <c>*</c> after the best, other signs (<see cref="StandingWords.Sign"/>) after the others.
/// </summary>
public static class TextFormat
{
    // No terminal is as wide.
    private const int Unbroken = 1 << 20;

    // Stands where a cell may go on in the next line, until it is laid out; what people write has been made visible before.
    private const char Break = '\u2028';

    /// <summary>What came out, and the accuracy tables of a report, for the end of a run; of a study in stages what it decided too.</summary>
    public static string Accuracy(StudyReport report) => Accuracy(report, Unbroken);

    /// <summary>The same for a terminal of a width: lines are broken between words, and columns that do not fit follow below.</summary>
    public static string Accuracy(StudyReport report, int width) => FoldedTable.Wrapped(Text(report, width), width);

    /// <summary>Sentences, and tables below them.</summary>
    public static string Of(IEnumerable<string> sentences, IEnumerable<TableModel> tables, int width) =>
        FoldedTable.Wrapped(string.Concat(sentences.Select(sentence => $"{VisibleText.Line(sentence)}\n")) + "\n" + string.Join('\n', tables.Select(table => Render(table, width))), width);

    private static string Text(StudyReport report, int width) =>
        string.Concat(WhatCameOut.Of(report).Select(sentence => $"{VisibleText.Line(sentence)}\n")) + "\n" +
        string.Concat((report.Design is null ? StagedSections.Head(report) : DesignSections.Head(report)).SelectMany(section => section.Parts).OfType<ReportPart.Paragraph>().Select(part => $"{VisibleText.Line(part.Text)}\n\n")) +
        string.Join('\n', (report.Design is null ? report.Blocks.Select(block => AccuracyTable.Of(report, block)).Concat(Staged(report)) : Designed(report)).Select(table => Render(table, width)));

    /// <summary>One table with caption and notes.</summary>
    public static string Render(TableModel table) => Render(table, Unbroken);

    private static string Render(TableModel table, int width)
    {
        table = VisibleDocument.Of(table);
        var marked = table.Columns.Select((column, c) => column.IsNumber && table.Rows.Any(row => IsMarked(row[c]))).ToArray();
        var rows = table.Rows
            .Select(row => row.Select((cell, c) => Pieces(Cell(cell) + (marked[c] && !IsMarked(cell) ? "  " : ""), table.Columns[c])).ToArray())
            .Prepend([.. table.Columns.Select(column => FoldedTable.Words(column.Heading))]);
        var text = new StringBuilder(table.Caption).Append("\n\n");
        foreach (var line in FoldedTable.Lines([.. rows], [.. table.Columns.Select(column => column.IsNumber)], width, Folding.Below, isRuled: true))
        {
            text.Append(line).Append('\n');
        }

        text.Append('\n');
        foreach (var note in table.Notes)
        {
            text.Append(note.Replace("**Bold**", "*", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<TableModel> Designed(StudyReport report) => DesignSections.Results(report).Concat(DesignSections.Importance(report))
        .SelectMany(section => section.Parts).OfType<ReportPart.Table>().Select(part => part.Model);

    private static IEnumerable<TableModel> Staged(StudyReport report) => StagedSections.Results(report).Concat(StagedSections.Searches(report))
        .SelectMany(section => section.Parts).OfType<ReportPart.Table>().Select(part => part.Model);

    // In a column with marks every number leaves room for one, so that digits stay in line.
    private static bool IsMarked(TableCell cell) => cell.Pieces.Any(piece => piece is Inline.Scientific { Emphasis: not Emphasis.None } or Inline.Decimal { Emphasis: not Emphasis.None });

    // A number goes on in the next line only where its table says so.
    private static string[] Pieces(string cell, TableColumn column) => column.IsNumber ? cell.Split(Break) : FoldedTable.Words(cell.Replace(Break, ' '));

    private static string Cell(TableCell cell) => string.Concat(cell.Pieces.Select(piece => piece switch
    {
        Inline.Words words => words.Text,
        Inline.Space => $"{Break}",
        Inline.Strong strong => $"{strong.Text}*",
        Inline.Code code => code.Text,
        Inline.Scientific number => NumberText.Scientific(number.Value, number.Digits) + Mark(number.Emphasis),
        Inline.Decimal number => NumberText.Decimal(number.Value, number.Digits) + Mark(number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    }));

    private static string Mark(Emphasis emphasis) => emphasis switch
    {
        Emphasis.None => "",
        Emphasis.Best => " *",
        _ => $" {StandingWords.Sign(emphasis)}",
    };
}
