using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Latex;

/// <summary>A column of a table: how it is aligned, and how much room it needs.</summary>
/// <param name="Heading">The words above it.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Alignment">How: <c>l</c>, <c>r</c>, <c>S</c> with its options, or <c>p</c> of running text.</param>
/// <param name="Least">The least width.</param>
/// <param name="Wanted">The width that it would fill: more than the least for running text, and for headings that go over several lines.</param>
internal sealed record LatexColumn(LatexCell Heading, ImmutableArray<LatexCell> Cells, string Alignment, double Least, double Wanted)
{
    // Words that are wider than this share of the line are set as running text.
    private const double LongShare = 0.36;
    private const double StackSlack = 16;
    private const string Running = "p";

    /// <summary>Whether LaTeX breaks its lines.</summary>
    public bool IsRunning => Alignment == Running;

    /// <summary>Whether its numbers are aligned by their points.</summary>
    public bool IsAligned => Alignment[0] == 'S';

    /// <summary>A column of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">Which.</param>
    /// <param name="isStacked">Whether intervals stand below their numbers, and words go on in the next line.</param>
    /// <param name="width">The width of the line.</param>
    public static LatexColumn Of(TableModel table, int index, bool isStacked, double width)
    {
        var heading = LatexCell.Heading(table.Columns[index].Heading);
        ImmutableArray<LatexCell> cells = [.. table.Rows.Select(row => LatexCell.Of(row[index], isStacked))];
        var words = cells.Select(cell => cell.Natural).DefaultIfEmpty().Max();
        if (cells.Any(cell => cell.Figure is not null))
        {
            var figures = cells.Select(cell => cell.Figure).OfType<Inline>().ToArray();
            var below = Math.Min(words, cells.Max(cell => cell.Longest) + StackSlack);
            var room = Math.Max(Math.Max(figures.Max(LatexMetrics.Of), below), heading.Longest);
            return new(heading, cells, Format(figures), room, Math.Max(room, heading.Natural));
        }

        if (!table.Columns[index].IsNumber && words > LongShare * width)
        {
            var least = Math.Max(heading.Longest, Math.Min(words, LongShare * width));
            return new(heading, cells, Running, least, words);
        }

        var single = Math.Max(isStacked ? Math.Min(words, cells.Select(cell => cell.Longest).DefaultIfEmpty().Max() + StackSlack) : words, heading.Longest);
        return new(heading, cells, table.Columns[index].IsNumber ? "r" : "l", single, Math.Max(single, heading.Natural));
    }

    private static string Format(Inline[] figures)
    {
        var texts = figures.Select(figure => figure is Inline.Scientific power ? NumberText.Scientific(power.Value, power.Digits) : figure is Inline.Decimal number ? NumberText.Decimal(number.Value, number.Digits) : "").ToArray();
        var parts = texts.Select(text => (Mantissa: text.Split('e')[0], Exponent: text.Split('e') is [_, var exponent] ? exponent : "")).ToArray();
        var whole = parts.Max(part => part.Mantissa.TrimStart('-').Split('.')[0].Length);
        var decimals = parts.Max(part => part.Mantissa.Split('.') is [_, var rest] ? rest.Length : 0);
        var power10 = parts.Max(part => part.Exponent.TrimStart('-').Length);
        var format = string.Create(CultureInfo.InvariantCulture, $"{(texts.Any(text => text[0] == '-') ? "-" : "")}{whole}{(decimals > 0 ? "." : "")}{(decimals > 0 ? decimals : "")}");
        format += power10 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{(parts.Any(part => part.Exponent.StartsWith('-')) ? "-" : "")}{power10}");
        var signs = figures.Select(figure => figure is Inline.Scientific power ? power.Emphasis : figure is Inline.Decimal number ? number.Emphasis : Emphasis.None).Where(emphasis => emphasis > Emphasis.Best).Distinct().Order().ToArray();
        return signs.Length == 0 ? $"S[table-format={format}]" : $"S[table-format={format},table-space-text-post={{{LatexCell.Sign(signs[0])}}}]";
    }
}
