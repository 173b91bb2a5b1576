using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads tables as other programs write them: columns apart by commas, semicolons, tabs or blanks, whichever the line of names has;
/// decimal commas where commas do not part columns, and in quotes; exponents of Fortran (1.5D-3) and the minus sign of typesetting;
/// quotes around cells; a separator at the end of every line; lines of remarks that begin with '#' or '%', the last of which names the
/// columns where no other line does (numpy.savetxt, COMSOL). A cell with nothing in it, or with nan, was not measured.
/// </summary>
internal static class DelimitedText
{
    private static readonly string[] Nothing = ["", "nan", "na", "n/a", "null", "-"];

    /// <summary>The table, or null where a mistake was added.</summary>
    /// <param name="text">The file.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="key">What it is for.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="isCoordinate">Whether a column of this name must have a number in every row.</param>
    /// <param name="mistakes">Takes what is wrong.</param>
    public static DataTable? Read(string text, string source, string key, int most, Func<string, bool> isCoordinate, MistakeList mistakes)
    {
        var (lines, remark) = (new List<(string Text, int Number)>(), default((string Text, int Number)?));
        foreach (var (line, index) in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line.TrimStart('\uFEFF'), index)))
        {
            var start = line.AsSpan().TrimStart();
            if (start is ['#' or '%', ..])
            {
                remark = lines.Count == 0 ? (new string(' ', line.Length - start.Length + 1) + start[1..].ToString(), index + 1) : remark;
            }
            else if (!start.IsEmpty && line.AsSpan().ContainsAnyExcept(" \t,;\""))
            {
                lines.Add((line, index + 1));
            }
        }

        if (lines.Count > 0 && remark is { } names && Cells(lines[0], Separator(lines[0].Text), source).All(cell => IsNumber(cell.Text, mayComma: true)))
        {
            lines.Insert(0, names);
        }

        if (lines.Count < 2 || lines.Count > most + 1)
        {
            mistakes.Add(new(source, 1, 1), FormattableString.Invariant($"expected a line with the names of the columns, then 1 to {most:N0} rows of numbers; found {lines.Count:N0} lines"));
            return null;
        }

        var separator = Separator(lines[0].Text);
        ImmutableArray<DataCell> columns = [.. Cells(lines[0], separator, source)];

        // Some programs end every line with a separator.
        var hasEnd = columns is [_, .., { Text: "" }];
        columns = hasEnd ? columns[..^1] : columns;
        if (columns.All(cell => IsNumber(cell.Text, mayComma: separator != ',')))
        {
            mistakes.Add(columns[0].Place, key, $"the first line has numbers where the names of the columns are expected, such as {string.Join(Shown(separator), columns.Select((_, i) => $"x{i + 1}"))}");
            return null;
        }

        var rows = new List<DataRow>();
        foreach (var line in lines.Skip(1))
        {
            var before = mistakes.Count;
            var cells = Cells(line, separator, source);
            if (hasEnd && cells is [_, .., { Text: "" }] && cells.Count == columns.Length + 1)
            {
                cells.RemoveAt(cells.Count - 1);
            }

            if (cells.Count != columns.Length)
            {
                mistakes.Add(new(source, line.Number, 1), key, FormattableString.Invariant($"{cells.Count} numbers for {columns.Length} columns") + Hint(cells.Count, columns.Length, separator));
                continue;
            }

            var values = cells.Select((cell, i) => Number(cell, isCoordinate(columns[i].Text), mayComma: separator != ',', key, mistakes)).ToList();
            if (mistakes.Count == before)
            {
                rows.Add(DataRow.Of(values, cells[0].Place));
            }
        }

        return new(columns, rows);
    }

    private static string Hint(int cells, int columns, char separator) => separator == ',' && cells == 2 * columns
        ? "; decimal commas need ';' between the columns"
        : $"; columns are apart by {(separator switch { ',' => "','", ';' => "';'", '\t' => "tabs", _ => "blanks" })}, as in the line of names";

    private static string Shown(char separator) => separator == ',' ? ", " : separator.ToString();

    private static char Separator(string header) => header.Contains(';', StringComparison.Ordinal) ? ';' : header.Contains('\t', StringComparison.Ordinal) ? '\t' : header.Contains(',', StringComparison.Ordinal) ? ',' : ' ';

    private static double Number(DataCell cell, bool isNeeded, bool mayComma, string key, MistakeList mistakes)
    {
        if (!isNeeded && Nothing.Contains(cell.Text, StringComparer.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        if (Parse(cell.Text, mayComma || cell.IsQuoted) is { } value)
        {
            return value;
        }

        mistakes.Add(cell.Place, key, $"expected a number; found {(cell.Text.Length == 0 ? "nothing" : NearestMatch.Quote(cell.Text))}");
        return double.NaN;
    }

    private static bool IsNumber(string text, bool mayComma) => Parse(text, mayComma) is not null;

    private static double? Parse(string text, bool mayComma)
    {
        var plain = text.Replace('\u2212', '-').Replace('D', 'E').Replace('d', 'e');
        return double.TryParse(mayComma ? plain.Replace(',', '.') : plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static bool IsSeparator(char letter, char separator) => separator == ' ' ? char.IsWhiteSpace(letter) : letter == separator;

    private static List<DataCell> Cells((string Text, int Number) line, char separator, string source)
    {
        var cells = new List<DataCell>();
        var start = 0;
        while (start <= line.Text.Length)
        {
            if (separator == ' ')
            {
                while (start < line.Text.Length && char.IsWhiteSpace(line.Text[start]))
                {
                    start++;
                }

                if (start == line.Text.Length)
                {
                    break;
                }
            }

            var end = start;
            for (var isInside = false; end < line.Text.Length && (isInside || !IsSeparator(line.Text[end], separator)); end++)
            {
                isInside ^= line.Text[end] == '"';
            }

            var cell = line.Text[start..end];
            var blanks = cell.Length - cell.TrimStart().Length;
            cell = cell.Trim();
            var isQuoted = cell is ['"', .., '"'];
            cells.Add(new(isQuoted ? cell[1..^1].Trim() : cell, new(source, line.Number, start + blanks + 1)) { IsQuoted = isQuoted });
            start = end + 1;
        }

        return cells;
    }
}
