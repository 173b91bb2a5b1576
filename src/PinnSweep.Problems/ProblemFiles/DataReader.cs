using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>data</c>: what was measured at points, as one set or a list of sets, each written as rows in the problem file or in a table
/// beside it (<see cref="DelimitedText"/>). Every coordinate has a column; the others are outputs, their derivatives or expressions of
/// them, and one may hold the standard deviation of each row. What a row leaves blank was not measured there.
/// </summary>
/// <param name="scope">The names and the mistakes.</param>
/// <param name="fileName">What messages call the problem file.</param>
/// <param name="texts">The files beside it.</param>
internal sealed class DataReader(FileScope scope, string fileName, TextOfPath texts)
{
    private const string Key = "data";
    private const int MostRows = 10_000;
    private const int MostSets = 16;
    private static readonly string Rows = FormattableString.Invariant($"1 to {MostRows:N0} rows");

    /// <summary>A path as it stands in a file, seen from where that file's own path begins.</summary>
    public static string Beside(string file, string path) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? Path.Combine(folder, path) : path;

    /// <summary>
    /// What a definition holds: one set as a map, several as a list; null where there is no data or a mistake was added.
    /// </summary>
    public SpecValue? Read(SourceNode.Map file, FileDomain domain)
    {
        if (file.Find(Key) is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return null;
        }

        if (entry.Value is SourceNode.List list && (list.Items.Count is < 1 or > MostSets || list.Items.Any(item => item is not SourceNode.Map)))
        {
            scope.Mistakes.Add(entry.Value.Place, Key, FormattableString.Invariant($"expected a set of measurements, or a list of at most {MostSets} of them, each a map with file, columns, values, scale, name, deviation; found {entry.Value.Words}"));
            return null;
        }

        var before = scope.Mistakes.Count;
        List<SpecValue.Map> sets =
        [
            .. entry.Value is SourceNode.List several
                ? several.Items.SelectMany((item, index) => Set(item, FormattableString.Invariant($"{Key}-{index + 1}"), domain))
                : Set(entry.Value, null, domain),
        ];
        foreach (var twice in MeasuredValues.Names(sets, scope.Symbols.Coordinates).GroupBy(name => name).Where(same => same.Count() > 1))
        {
            scope.Mistakes.Add(entry.Value.Place, Key, $"two sets have the name {NearestMatch.Quote(twice.Key)}; give each a name of its own");
        }

        return scope.Mistakes.Count > before ? null : sets is [var single] ? single : new SpecValue.List([.. sets]);
    }

    private IEnumerable<SpecValue.Map> Set(SourceNode node, string? standardName, FileDomain domain)
    {
        if (scope.MapOf(node, Key, "file", "columns", "values", "scale", "name", "deviation") is not { } map)
        {
            return [];
        }

        var before = scope.Mistakes.Count;
        DataTable? table = null;
        switch (map.Find("file"), map.Find("columns"), map.Find("values"))
        {
            case ({ Value: SourceNode.Scalar { IsNull: false } path }, null, null):
                table = Delimited(path);
                break;
            case (null, { } columns, { } values):
                table = new([.. scope.WordsOf(columns.Value, $"{Key}.columns", "names of coordinates and outputs").Select(word => new DataCell(word.Text, word.Place))], Inline(values.Value));
                break;
            default:
                scope.Mistakes.Add(map.Place, Key, "expected {file: points.csv}, or {columns: [x, t, u], values: [[0, 0.5, 0.1], …]}");
                break;
        }

        var scale = map.Find("scale") is { } given ? scope.NumberOf(given.Value, given.Place, $"{Key}.scale") : 1;
        if (scale <= 0)
        {
            scope.Mistakes.Add(map.Find("scale")!.Value.Place, $"{Key}.scale", "expected a size above 0: what the values amount to");
        }

        var name = Name(map) ?? standardName;
        var deviation = map.Find("deviation")?.Value as SourceNode.Scalar;
        if (map.Find("deviation") is { Value: not SourceNode.Scalar { IsNull: false } } other)
        {
            scope.Mistakes.Add(other.Value.Place, $"{Key}.deviation", $"expected the name of a column; found {other.Value.Words}");
        }

        if (scope.Mistakes.Count == before)
        {
            Check(table!, domain, map.Place, deviation);
        }

        return scope.Mistakes.Count > before ? [] : Parts(table!, scale!.Value, name, deviation?.Text);
    }

    /// <summary>One set where every row has everything; else one for each measured column, with the rows that have it.</summary>
    private IEnumerable<SpecValue.Map> Parts(DataTable table, double scale, string? name, string? deviation)
    {
        var names = table.Columns.Select(column => column.Text).ToList();
        var spread = deviation is null ? -1 : names.IndexOf(deviation);
        int[] coordinates = [.. Enumerable.Range(0, names.Count).Where(i => scope.Symbols.Coordinates.Contains(names[i]))];
        int[] measured = [.. Enumerable.Range(0, names.Count).Where(i => i != spread && !coordinates.Contains(i))];
        if (spread < 0 && table.Rows.All(row => !row.Values.Any(double.IsNaN)))
        {
            return [MeasuredValues.Canonical(names, table.Rows.SelectMany(row => row.Values), scale, name, [])];
        }

        return measured.Select(column =>
        {
            var rows = table.Rows.Where(row => !double.IsNaN(row.Values[column])).ToList();
            int[] kept = [.. Enumerable.Range(0, names.Count).Where(i => i == column || coordinates.Contains(i))];
            return MeasuredValues.Canonical(
                kept.Select(i => names[i]),
                rows.SelectMany(row => kept.Select(i => row.Values[i])),
                scale,
                measured.Length == 1 ? name : MeasuredValues.NameOf(name ?? Key, names[column], column),
                spread < 0 ? [] : rows.Select(row => row.Values[spread]));
        });
    }

    private string? Name(SourceNode.Map map)
    {
        if (map.Find("name") is not { } entry)
        {
            return null;
        }

        if (entry.Value is SourceNode.Scalar { IsNull: false, Text: { Length: > 0 and <= 40 } name } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            return $"{Key}-{name}";
        }

        scope.Mistakes.Add(entry.Value.Place, $"{Key}.name", $"expected at most 40 letters, digits, '-' and '_'; found {entry.Value.Words}");
        return null;
    }

    private List<DataRow> Inline(SourceNode node)
    {
        var rows = new List<DataRow>();
        if (node is not SourceNode.List { Items.Count: > 0 and <= MostRows } list)
        {
            scope.Mistakes.Add(node.Place, $"{Key}.values", $"expected a list of {Rows} of numbers; found {node.Words}");
            return rows;
        }

        foreach (var item in list.Items)
        {
            if (item is not SourceNode.List { Items: var cells })
            {
                scope.Mistakes.Add(item.Place, $"{Key}.values", $"expected a row of numbers; found {item.Words}");
                continue;
            }

            // null and ~ say that nothing was measured.
            var values = cells.Select(cell => cell is SourceNode.Scalar { IsNull: true } ? double.NaN : scope.NumberOf(cell, item.Place, $"{Key}.values")).ToList();
            if (!values.Contains(null))
            {
                rows.Add(DataRow.Of(values.Select(value => value!.Value), item.Place));
            }
        }

        return rows;
    }

    private DataTable? Delimited(SourceNode.Scalar path)
    {
        try
        {
            var text = texts(path.Text);
            return LargeTables.Find(text, Beside(fileName, path.Text)) ?? DelimitedText.Read(text, Beside(fileName, path.Text), Key, LargeTables.MaximumRows, scope.Symbols.Coordinates.Contains, scope.Mistakes);
        }
        catch (UserMistakeException mistake)
        {
            scope.Mistakes.Add(path.Place, $"{Key}.file", mistake.Message);
            return null;
        }
    }

    private void Check(DataTable table, FileDomain domain, Place place, SourceNode.Scalar? deviation)
    {
        string[] allowed = [.. scope.Symbols.Coordinates, .. scope.Symbols.Outputs];
        var names = table.Columns.Select(column => column.Text).ToList();
        if (deviation is { } named && !names.Contains(named.Text))
        {
            scope.Mistakes.Add(named.Place, $"{Key}.deviation", $"no column has the name {NearestMatch.Quote(named.Text)}{NearestMatch.Hint(named.Text, names)}");
            return;
        }

        var measured = table.Columns.Where(column => !scope.Symbols.Coordinates.Contains(column.Text) && column.Text != deviation?.Text).ToList();
        // All of them, so that all mistakes are told.
        if (measured.Select(column => IsMeasurable(column, allowed)).ToList().Contains(false))
        {
            return;
        }

        if (!scope.Symbols.Coordinates.All(names.Contains) || measured.Count == 0 || names.Distinct().Count() < names.Count)
        {
            scope.Mistakes.Add(place, $"{Key}.columns", $"expected each of {string.Join(", ", scope.Symbols.Coordinates)} and one or more of {string.Join(", ", scope.Symbols.Outputs)}, each once; found {NearestMatch.Quote(string.Join(", ", names))}");
            return;
        }

        var order = domain.Axes.Select(axis => names.IndexOf(axis.Name)).ToArray();
        foreach (var row in table.Rows)
        {
            if (row.Values.Length != names.Count)
            {
                scope.Mistakes.Add(row.Place, Key, FormattableString.Invariant($"{row.Values.Length} numbers for {names.Count} columns"));
                continue;
            }

            if (deviation is not null && !(row.Values[names.IndexOf(deviation.Text)] > 0))
            {
                scope.Mistakes.Add(row.Place, $"{Key}.deviation", "a standard deviation is a number above 0");
            }

            if (order.Any(column => double.IsNaN(row.Values[column])))
            {
                scope.Mistakes.Add(row.Place, Key, "a coordinate is missing");
            }
        }

        // Two rows may share a point where they measured different columns there.
        foreach (var index in measured.Select(column => names.IndexOf(column.Text)))
        {
            var rows = table.Rows.Where(row => row.Values.Length == names.Count && !double.IsNaN(row.Values[index])).Select(row => (order.Select(column => row.Values[column]).ToArray(), row.Place));
            TablePoints.Check(rows, domain, Key, "; give the mean of its values", scope.Mistakes);
        }

        foreach (var empty in measured.Where(column => table.Rows.All(row => row.Values.Length != names.Count || double.IsNaN(row.Values[names.IndexOf(column.Text)]))))
        {
            scope.Mistakes.Add(empty.Place, $"{Key}.columns", $"the column {NearestMatch.Quote(empty.Text)} has no number");
        }
    }

    /// <summary>An output, a derivative of one, or an expression of these; what is none is told.</summary>
    private bool IsMeasurable(DataCell column, string[] allowed)
    {
        try
        {
            if (ExprGraph.Order(ExpressionParser.Parse(column.Text, scope.Symbols)).Any(part => part is Expr.Derivative))
            {
                return true;
            }

            scope.Mistakes.Add(column.Place, $"{Key}.columns", $"{NearestMatch.Quote(column.Text)} has no output in it; what is measured is an output, a derivative such as {allowed[^1]}_{allowed[0]}, or an expression of them");
        }
        catch (ExpressionException mistake)
        {
            scope.Mistakes.Add(column.Place, $"{Key}.columns", column.Text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
                ? $"{NearestMatch.Quote(column.Text)} is neither a coordinate nor an output{NearestMatch.Hint(column.Text, allowed)}"
                : $"{NearestMatch.Quote(column.Text)} is no expression of outputs: {mistake.Message}");
        }

        return false;
    }
}
