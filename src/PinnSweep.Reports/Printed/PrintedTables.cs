using System.Collections.Immutable;
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

        return new(name, rows.Count == 0 ? [] : rows[0], [.. rows.Skip(1)], 1);
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

            tables.Add(new("", MarkdownCells(lines[first]), rows.ToImmutable(), first + 1));
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
            tables.Add(new(
                label.Success ? label.Groups[1].Value : "",
                LatexRows(headings).FirstOrDefault([]),
                LatexRows(rest),
                1 + text.AsSpan(0, match.Index).Count('\n')));
        }

        return tables.ToImmutable();
    }

    private static ImmutableArray<ImmutableArray<string>> LatexRows(string body) =>
    [
        .. body.Replace("\\endhead", "", StringComparison.Ordinal).Split("\\\\", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(row => Ampersand().Split(row).Select(LatexCell).ToImmutableArray()).Where(row => row.Length > 1 || row[0].Length > 0),
    ];

    // Powers of ten first, as their braces carry the exponent; then every other command and brace goes.
    private static string LatexCell(string cell) => Spaces().Replace(
        Braces().Replace(Command().Replace(Power().Replace(cell, "e$1").Replace("\\%", "%", StringComparison.Ordinal).Replace("\\_", "_", StringComparison.Ordinal).Replace("--", "–", StringComparison.Ordinal).Replace("\\textless", "<", StringComparison.Ordinal), " "), ""), " ").Trim();

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

    [GeneratedRegex(@"\\[A-Za-z]+")]
    private static partial Regex Command();

    [GeneratedRegex(@"[{}$\\]")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
