using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>data</c>: values of outputs that were measured at points, written as rows in the problem file or in a CSV file beside it, whose
/// first line names the columns. Every coordinate and at least one output has a column; their order is free.
/// </summary>
/// <param name="scope">The names and the mistakes.</param>
/// <param name="fileName">What messages call the problem file.</param>
/// <param name="texts">The files beside it.</param>
internal sealed class DataReader(FileScope scope, string fileName, TextOfPath texts)
{
    private const string Key = "data";
    private const int MostRows = 10_000;
    private static readonly string Rows = FormattableString.Invariant($"1 to {MostRows:N0} rows");

    /// <summary>A path as it stands in a file, seen from where that file's own path begins.</summary>
    public static string Beside(string file, string path) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? Path.Combine(folder, path) : path;

    /// <summary>The columns, rows and scale as a definition holds them; null where there is no data or a mistake was added.</summary>
    public SpecValue.Map? Read(SourceNode.Map file, ImmutableArray<Axis> axes, ImmutableArray<Hole> holes)
    {
        if (file.Find(Key) is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true } || scope.MapOf(entry.Value, Key, "file", "columns", "values", "scale") is not { } map)
        {
            return null;
        }

        var before = scope.Mistakes.Count;
        Table? table = null;
        switch (map.Find("file"), map.Find("columns"), map.Find("values"))
        {
            case ({ Value: SourceNode.Scalar { IsNull: false } path }, null, null):
                table = Csv(path);
                break;
            case (null, { } columns, { } values):
                table = new([.. scope.WordsOf(columns.Value, $"{Key}.columns", "names of coordinates and outputs").Select(word => new Cell(word.Text, word.Place))], Inline(values.Value));
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

        if (scope.Mistakes.Count == before)
        {
            Check(table!, axes, holes, map.Place);
        }

        return scope.Mistakes.Count > before ? null : MeasuredValues.Canonical(table!.Columns.Select(column => column.Text), table.Rows.SelectMany(row => row.Values), scale!.Value);
    }

    private List<Row> Inline(SourceNode node)
    {
        var rows = new List<Row>();
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

            var values = cells.Select(cell => scope.NumberOf(cell, item.Place, $"{Key}.values")).ToList();
            if (!values.Contains(null))
            {
                rows.Add(Row.Of(values, item.Place));
            }
        }

        return rows;
    }

    private Table? Csv(SourceNode.Scalar path)
    {
        string text;
        try
        {
            text = texts(path.Text);
        }
        catch (UserMistakeException mistake)
        {
            scope.Mistakes.Add(path.Place, $"{Key}.file", mistake.Message);
            return null;
        }

        var source = Beside(fileName, path.Text);
        var lines = text.Split('\n').Select((line, index) => Cells(line, source, index + 1)).Where(cells => cells.Exists(cell => cell.Text.Length > 0)).ToList();
        if (lines.Count is < 2 or > MostRows + 1)
        {
            scope.Mistakes.Add(new(source, 1, 1), FormattableString.Invariant($"expected a line with the names of the columns, then {Rows} of numbers; found {lines.Count:N0} lines"));
            return null;
        }

        var rows = new List<Row>();
        foreach (var cells in lines.Skip(1))
        {
            var values = cells.Select(Number).ToList();
            if (!values.Contains(null))
            {
                rows.Add(Row.Of(values, cells[0].Place));
            }
        }

        return new([.. lines[0]], rows);
    }

    private double? Number(Cell cell)
    {
        if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        scope.Mistakes.Add(cell.Place, Key, $"expected a number; found {(cell.Text.Length == 0 ? "nothing" : NearestMatch.Quote(cell.Text))}");
        return null;
    }

    private static List<Cell> Cells(string line, string source, int number)
    {
        var cells = new List<Cell>();
        for (var start = 0; start <= line.Length;)
        {
            var end = line.IndexOf(',', start) is >= 0 and var comma ? comma : line.Length;
            var cell = line[start..end];
            cells.Add(new(cell.Trim(), new(source, number, start + cell.Length - cell.TrimStart().Length + 1)));
            start = end + 1;
        }

        return cells;
    }

    private void Check(Table table, ImmutableArray<Axis> axes, ImmutableArray<Hole> holes, Place place)
    {
        string[] allowed = [.. scope.Symbols.Coordinates, .. scope.Symbols.Outputs];
        var names = table.Columns.Select(column => column.Text).ToList();
        foreach (var unknown in table.Columns.Where(column => !allowed.Contains(column.Text)))
        {
            scope.Mistakes.Add(unknown.Place, $"{Key}.columns", $"{NearestMatch.Quote(unknown.Text)} is neither a coordinate nor an output{NearestMatch.Hint(unknown.Text, allowed)}");
        }

        if (!scope.Symbols.Coordinates.All(names.Contains) || !names.Exists(scope.Symbols.Outputs.Contains) || names.Distinct().Count() < names.Count)
        {
            scope.Mistakes.Add(place, $"{Key}.columns", $"expected each of {string.Join(", ", scope.Symbols.Coordinates)} and one or more of {string.Join(", ", scope.Symbols.Outputs)}, each once; found {NearestMatch.Quote(string.Join(", ", names))}");
            return;
        }

        var order = axes.Select(axis => names.IndexOf(axis.Name)).ToArray();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (row.Values.Length != names.Count)
            {
                scope.Mistakes.Add(row.Place, Key, FormattableString.Invariant($"{row.Values.Length} numbers for {names.Count} columns"));
                continue;
            }

            double[] point = [.. order.Select(column => row.Values[column])];
            if (point.Where((x, i) => x < axes[i].Lower || x > axes[i].Upper).Any() || holes.Any(hole => hole.Contains(point)))
            {
                scope.Mistakes.Add(row.Place, Key, "the point lies outside the domain");
            }
            else if (!seen.TryAdd(Measurements.Key(point), row.Place))
            {
                scope.Mistakes.Add(row.Place, Key, FormattableString.Invariant($"the point stands twice, first in line {seen[Measurements.Key(point)].Line}; give the mean of its values"));
            }
        }
    }

    private sealed record Table(ImmutableArray<Cell> Columns, IReadOnlyList<Row> Rows);

    private readonly record struct Cell(string Text, Place Place);

    private sealed record Row(ImmutableArray<double> Values, Place Place)
    {
        // -0 and 0 are one number in a definition, and so one point.
        public static Row Of(IEnumerable<double?> values, Place place) => new([.. values.Select(value => value == 0 ? 0 : value!.Value)], place);
    }
}
