using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Reports.Verification;

/// <summary>What the check of a printed file found.</summary>
/// <param name="Tables">Names of the tables that were found again.</param>
/// <param name="Numbers">Numbers compared.</param>
/// <param name="Differences">Numbers that the store does not give.</param>
public sealed record Verification(ImmutableArray<string> Tables, int Numbers, ImmutableArray<TableDifference> Differences);

/// <summary>
/// Recomputes every number of a printed table from the stored trials. A table is found by its label, or by its headings; a row by the words
/// at its left; a column by its heading. Rows and columns may have been left out or put in another order, and numbers rounded further.
/// </summary>
public static class TableVerifier
{
    /// <summary>Compares all tables of a file with those of a report.</summary>
    /// <exception cref="UserMistakeException">The file holds no table, or one that is not of this report.</exception>
    public static Verification Of(StudyReport report, string text, string fileName)
    {
        var printed = PrintedTables.Of(text, fileName);
        if (printed.All(table => table.Rows.IsEmpty))
        {
            throw new UserMistakeException($"{fileName}: holds no table; expected LaTeX (.tex), Markdown (.md) or comma-separated values (.csv) as pinnsweep report writes them");
        }

        var isLatex = Path.GetExtension(fileName).Equals(".tex", StringComparison.OrdinalIgnoreCase);
        var known = Path.GetExtension(fileName).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? CsvTables(report) : [.. DocumentComposer.Compose(report).Tables.Select(PrintedTables.Of)];
        var (names, differences, numbers) = (new List<string>(), new List<TableDifference>(), 0);
        foreach (var table in printed.Where(table => !table.Rows.IsEmpty && !YardstickTable.Is(table.Name)))
        {
            if (Find(table, known, names) is not { } stored)
            {
                // A report has lists of facts too, and a paper other people's tables.
                if (table.Name.Length > 0 || printed.Length == 1)
                {
                    throw new UserMistakeException($"{fileName}:{table.Line}: no table of study '{report.Header.Study}' {(table.Name.Length > 0 ? $"is called '{table.Name}'{NearestMatch.Hint(table.Name, known.Select(candidate => candidate.Name))}" : $"has the headings {string.Join(", ", table.Headings)}")}; --rows and --columns must be those it was printed with");
                }

                continue;
            }

            names.Add(stored.Name);
            numbers += Compare(table, stored, isLatex, differences);
        }

        return names.Count > 0
            ? new([.. names.Distinct()], numbers, [.. differences])
            : throw new UserMistakeException($"{fileName}: none of its {printed.Length} tables is of study '{report.Header.Study}'");
    }

    private static PrintedTable? Find(PrintedTable table, ImmutableArray<PrintedTable> known, List<string> used)
    {
        if (table.Name.Length > 0)
        {
            // A part of a table has a number behind the name of the whole.
            return known.FirstOrDefault(candidate => candidate.Name == table.Name.Split(':')[0]);
        }

        // Several tables of one shape (one a problem) come in the same order in which they were printed.
        var fitting = known.Where(candidate => table.Headings.GroupBy(heading => Today(heading, candidate)).All(group => candidate.Headings.Count(heading => Key(heading) == group.Key) >= group.Count()) && table.Headings.Length > 1).ToArray();
        return fitting.FirstOrDefault(candidate => !used.Contains(candidate.Name)) ?? fitting.FirstOrDefault();
    }

    private static int Compare(PrintedTable printed, PrintedTable stored, bool isLatex, List<TableDifference> differences)
    {
        var columns = Columns(printed, stored);
        var labels = stored.Labels;

        // How a method stands is no name of it, and is told in other words than earlier versions did.
        int[] labelled = [.. Enumerable.Range(0, printed.Headings.Length).Where(c => columns[c] >= 0 && columns[c] < labels && printed.Headings[c] != "standing")];
        var numbers = 0;
        var used = new HashSet<int>();
        for (var at = 0; at < printed.Rows.Length; at++)
        {
            var (row, line) = (printed.Rows[at], at < printed.Lines.Length ? printed.Lines[at] : printed.Line);
            string Word(int c) => c < row.Length ? row[c] : "";
            var name = string.Join(", ", labelled.Select(Word));
            int? Match(Func<string, string, bool> isSame) =>
                Enumerable.Range(0, stored.Rows.Length).Where(r => !used.Contains(r) && labelled.All(c => isSame(stored.Rows[r][columns[c]], Word(c)))).Select(r => (int?)r).FirstOrDefault();

            // To the letter where there is such a row: labels may differ in signs alone.
            var match = Match((kept, given) => kept == given || (isLatex && PrintedTables.AsInLatex(kept) == given)) ?? Match((kept, given) => Key(kept) == Key(given));
            if (match is not { } found)
            {
                differences.Add(new(stored.Name, name, "", "a row", "no such row") { Line = line });
                continue;
            }

            used.Add(found);
            for (var c = 0; c < printed.Headings.Length; c++)
            {
                if (columns[c] < labels)
                {
                    continue;
                }

                var (mine, theirs) = (PrintedNumbers.Of(Word(c)), PrintedNumbers.Of(stored.Rows[found][columns[c]]));
                numbers += mine.Length;
                if (mine.Length != theirs.Length || mine.Zip(theirs).Any(pair => !pair.First.Agrees(pair.Second)))
                {
                    differences.Add(new(stored.Name, name, printed.Headings[c], Word(c), stored.Rows[found][columns[c]]) { Line = line });
                }
            }
        }

        return numbers;
    }

    // Two columns of one heading are told apart by their order.
    private static int[] Columns(PrintedTable printed, PrintedTable stored)
    {
        var taken = new HashSet<int>();
        if (printed.Columns is { } said && said.Length == printed.Headings.Length && said.Zip(printed.Headings).All(pair => pair.First >= 0 && pair.First < stored.Headings.Length && Key(stored.Headings[pair.First]) == Today(pair.Second, stored)))
        {
            return [.. said];
        }

        return
        [
            .. printed.Headings.Select(heading =>
            {
                var at = Enumerable.Range(0, stored.Headings.Length).Where(c => !taken.Contains(c) && Key(stored.Headings[c]) == Today(heading, stored)).Select(c => (int?)c).FirstOrDefault() ?? -1;
                taken.Add(at);
                return at;
            }),
        ];
    }

    // Headings of earlier versions that have another name now.
    private static string Today(string heading, PrintedTable table) => Key(heading) switch
    {
        var key when table.Headings.Any(known => Key(known) == key) => key,
        "FAILURES95" => "DIVERGED95",
        "FAILURES" => "DIVERGED",
        var key => key,
    };

    private static string Key(string words) => string.Concat(words.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static ImmutableArray<PrintedTable> CsvTables(StudyReport report) =>
    [
        .. CsvFormat.Files.Concat(CsvFormat.FilesOf(report)).DistinctBy(file => file.Name).Select(file =>
        {
            using var text = new StringWriter { NewLine = "\n" };
            file.Write(report, text);
            return PrintedTables.Csv(text.ToString(), file.Name);
        }),
    ];
}
