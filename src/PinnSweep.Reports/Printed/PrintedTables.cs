using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Printed;

/// <summary>Reads the tables of a text: LaTeX (<c>tabular</c>, <c>longtable</c>), Markdown, comma-separated values.</summary>
internal static partial class PrintedTables
{
    /// <summary>All tables of a file, by its extension: <c>.tex</c>, <c>.csv</c>, else Markdown.</summary>
    public static ImmutableArray<PrintedTable> Of(string text, string fileName)
    {
        var lines = text.ReplaceLineEndings("\n");
        return Path.GetExtension(fileName).ToUpperInvariant() switch
        {
            ".TEX" => Latex(lines),
            ".CSV" => [Csv(lines, Path.GetFileNameWithoutExtension(fileName))],
            _ => Markdown(lines),
        };
    }

    /// <summary>A table of a report in the same form.</summary>
    public static PrintedTable Of(TableModel table) => new(
        table.Name,
        [.. table.Columns.Select(column => column.Heading)],
        [.. table.Rows.Select(row => row.Select(Plain).ToImmutableArray())],
        0);

    /// <summary>Comma-separated values with a line of headings.</summary>
    public static PrintedTable Csv(string text, string name)
    {
        var rows = new List<ImmutableArray<string>>();
        var (row, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\n' && !isQuoted)
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            rows.Add([.. row, cell.ToString()]);
        }

        return new(name, rows.Count == 0 ? [] : rows[0], [.. rows.Skip(1)], 1) { Lines = [.. Enumerable.Range(2, Math.Max(0, rows.Count - 1))] };
    }

    private static ImmutableArray<PrintedTable> Markdown(string text)
    {
        var tables = ImmutableArray.CreateBuilder<PrintedTable>();
        var lines = text.Split('\n');
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith('|') || !Rule().IsMatch(lines[i + 1]))
            {
                continue;
            }

            var first = i;
            var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
            for (i += 2; i < lines.Length && lines[i].TrimStart().StartsWith('|'); i++)
            {
                rows.Add(MarkdownCells(lines[i]));
            }

            // Old reports have no names: their tables are told apart by their headings.
            var named = Named().Match(first >= 2 ? lines[first - 2] : "");
            tables.Add(new(named.Groups["name"].Value, MarkdownCells(lines[first]), rows.ToImmutable(), first + 1) { Lines = [.. Enumerable.Range(first + 3, rows.Count)], Columns = ColumnsIn(named) });
        }

        return tables.ToImmutable();
    }

    private static ImmutableArray<string> MarkdownCells(string line) => [.. Bar().Split(line.Trim().Trim('|')).Select(cell => MarkdownText.Plain(cell.Trim()))];

    private static ImmutableArray<PrintedTable> Latex(string text)
    {
        var tables = ImmutableArray.CreateBuilder<PrintedTable>();
        foreach (Match match in Tabular().Matches(text))
        {
            var body = match.Groups["body"].Value;
            var parts = Rules().Split(body);
            var headings = parts.Length > 1 ? parts[1] : parts[0];
            var rest = parts.Length > 2 ? string.Join('\n', parts.Skip(2)) : "";

            // A long table carries its own label, another one that of the float around it.
            var from = match.Groups[1].Value == "longtable" ? match.Index : Math.Max(0, text.LastIndexOf("\\begin{table", match.Index, StringComparison.Ordinal));
            var label = Label().Match(text, from, match.Index + match.Length - from);
            var line = 1 + text.AsSpan(0, match.Index).Count('\n');
            var before = string.Concat(parts.Take(2).Select((part, i) => part + (i > 0 ? "" : "\\toprule")));
            var rows = LatexRows(rest, line + before.AsSpan().Count('\n'));
            tables.Add(new(
                label.Success ? label.Groups[1].Value : "",
                Headings(LatexRows(headings, line)),
                [.. rows.Select(row => row.Cells)],
                line)
            {
                Lines = [.. rows.Select(row => row.Line)],
                Columns = ColumnsIn(Part().Match(parts[0])),
            });
        }

        return tables.ToImmutable();
    }

    // What stands below a number or a heading belongs to it: such lines of a row begin with {} alone.
    private static List<(ImmutableArray<string> Cells, int Line)> LatexRows(string body, int line)
    {
        var rows = new List<(ImmutableArray<string> Cells, int Line)>();
        foreach (var part in body.Replace("\\endhead", "", StringComparison.Ordinal).Split("\\\\"))
        {
            var text = RowEnd().Replace(part, "");
            var at = line + text.AsSpan(0, text.Length - text.TrimStart().Length).Count('\n');
            line += part.AsSpan().Count('\n');
            var raw = Ampersand().Split(text.Trim());
            var cells = raw.Select(LatexCell).ToImmutableArray();
            if (raw is ["{} ", _, ..] && rows is [.., var last] && last.Cells.Length == cells.Length)
            {
                rows[^1] = (Joined(last.Cells, cells), last.Line);
            }
            else if (cells.Length > 1 || cells[0].Length > 0)
            {
                rows.Add((cells, at));
            }
        }

        return rows;
    }

    /// <summary>How a part of a table says which columns it has, from 1.</summary>
    public static string ColumnList(IEnumerable<int> columns) => string.Join(", ", columns.Select(column => (column + 1).ToString(CultureInfo.InvariantCulture)));

    private static ImmutableArray<int>? ColumnsIn(Match part) => part.Groups["columns"] is { Success: true } list
        ? [.. list.Value.Split(',').Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var column) ? column - 1 : -1)]
        : null;

    private static ImmutableArray<string> Headings(List<(ImmutableArray<string> Cells, int Line)> rows) =>
        rows.Count == 0 ? [] : rows.Select(row => row.Cells).Aggregate((above, below) => below.Length == above.Length ? Joined(above, below) : above);

    private static ImmutableArray<string> Joined(ImmutableArray<string> above, ImmutableArray<string> below) => [.. above.Zip(below, (first, second) => $"{first} {second}".Trim())];

    // Powers of ten first, as their braces carry the exponent; then every other command and brace goes.
    private static string LatexCell(string cell) => Spaces().Replace(
        Braces().Replace(Command().Replace(Power().Replace(cell, "e$1").Replace(LatexText.Break, "", StringComparison.Ordinal).Replace('~', ' ').Replace("\\%", "%", StringComparison.Ordinal).Replace("\\_", "_", StringComparison.Ordinal).Replace("--", "–", StringComparison.Ordinal).Replace("\\textless", "<", StringComparison.Ordinal), " "), ""), " ").Trim();

    /// <summary>Words as they come back from LaTeX.</summary>
    public static string AsInLatex(string words) => LatexCell(LatexText.Escape(words));

    private static string Plain(TableCell cell) => string.Concat(cell.Pieces.Select(piece => piece switch
    {
        Inline.Words words => words.Text,
        Inline.Space => " ",
        Inline.Strong strong => strong.Text,
        Inline.Code code => code.Text,
        Inline.Scientific number => NumberText.Scientific(number.Value, number.Digits),
        Inline.Decimal number => NumberText.Decimal(number.Value, number.Digits),
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    }));

    [GeneratedRegex(@"^\s*\|(\s*:?-+:?\s*\|)+\s*$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^<!-- (?<name>[a-z0-9-]+)(?:, columns (?<columns>[\d ,]+))? -->$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^% columns (?<columns>[\d ,]+)$", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex(@"\\begin\{(tabular|longtable)\}(?<body>.*?)\\end\{\1\}", RegexOptions.Singleline)]
    private static partial Regex Tabular();

    [GeneratedRegex(@"\\(?:top|mid|bottom)rule")]
    private static partial Regex Rules();

    [GeneratedRegex(@"\\label\{tab:([^}]*)\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"(?<!\\)&")]
    private static partial Regex Ampersand();

    [GeneratedRegex(@"\s*\\(?:times|cdot)\s*10\s*\^\s*\{?([+-]?\d+)\}?")]
    private static partial Regex Power();

    [GeneratedRegex(@"\\[A-Za-z]+|\\,")]
    private static partial Regex Command();

    [GeneratedRegex(@"^\*?(?:\[\d+pt\])?")]
    private static partial Regex RowEnd();

    [GeneratedRegex(@"[{}$\\]")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
