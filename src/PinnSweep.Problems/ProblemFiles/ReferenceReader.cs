using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>reference</c>: a solution that was computed elsewhere, at points of its own, scattered or on a grid, with one at a coarser
/// resolution where there is one, whose distance is the floor; or the grid on which the program is to solve the problem itself. Errors are
/// measured at these points; nothing is trained on them.
/// </summary>
/// <param name="scope">The names and the mistakes.</param>
/// <param name="fileName">What messages call the problem file.</param>
/// <param name="texts">The files beside it.</param>
internal sealed class ReferenceReader(FileScope scope, string fileName, TextOfPath texts)
{
    private const string Key = "reference";
    private const int Least = 3;
    private const int MostRows = LargeTables.MaximumRows;

    // What two coordinates could have of themselves.
    private const int MostPoints = 1001 * 1001;

    /// <summary>Columns and rows as a definition holds them; null where there is no reference or a mistake was added.</summary>
    public SpecValue.Map? Read(SourceNode.Map file, FileDomain domain)
    {
        if (file.Find(Key) is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true } || scope.MapOf(entry.Value, Key, "file", "coarser", "grid") is not { } map)
        {
            return null;
        }

        var before = scope.Mistakes.Count;
        if (file.Find("exact") is { Value: not SourceNode.Scalar { IsNull: true } })
        {
            scope.Mistakes.Add(entry.Place, Key, "stands beside 'exact'; give one of them, so that it is clear what errors are measured against");
        }

        if (map.Find("grid") is { } grid)
        {
            return Grid(grid, map, domain) is { } points && scope.Mistakes.Count == before
                ? new(SpecValue.Map.Empty.Entries.Add("grid", new SpecValue.List([.. points.Select(count => new SpecValue.Number(count))])))
                : null;
        }

        if (map.Find("file")?.Value is not SourceNode.Scalar { IsNull: false } path)
        {
            scope.Mistakes.Add(map.Place, Key, $"expected {{file: reference.csv}} with a column for each of {string.Join(", ", scope.Symbols.Coordinates)} and for {string.Join(", ", scope.Symbols.Outputs)}, or {{grid: 101}} for a solution by PinnSweep itself");
            return null;
        }

        var table = Table(path);
        if (table is not null && scope.Mistakes.Count == before)
        {
            Check(table, domain);
        }

        double? floor = null;
        if (table is not null && scope.Mistakes.Count == before && map.Find("coarser") is { } coarser)
        {
            floor = Floor(table, coarser, domain);
        }

        if (scope.Mistakes.Count > before)
        {
            return null;
        }

        // In the order of the coordinates, so that a grid is one whatever wrote it.
        var names = table!.Columns.Select(column => column.Text).ToList();
        string[] columns = [.. scope.Symbols.Coordinates, .. scope.Symbols.Outputs.Where(names.Contains)];
        int[] order = [.. columns.Select(name => names.IndexOf(name))];
        IOrderedEnumerable<double[]>? rows = null;
        for (var axis = 0; axis < domain.Axes.Length; axis++)
        {
            var d = axis;
            rows = rows is null ? table.Rows.Select(row => order.Select(column => row.Values[column]).ToArray()).OrderBy(row => row[d]) : rows.ThenBy(row => row[d]);
        }

        var entries = StoredNumbers.With(
            SpecValue.Map.Empty.Entries.Add("columns", new SpecValue.List([.. columns.Select(column => new SpecValue.Text(column))])),
            [.. rows!.SelectMany(row => row)]);
        return new(floor is { } known ? entries.Add("floor", new SpecValue.Number(known)) : entries);
    }

    /// <summary>Points along each coordinate: one number for all, or a map.</summary>
    private int[]? Grid(SourceEntry grid, SourceNode.Map map, FileDomain domain)
    {
        var axes = domain.Axes;
        if (map.Entries.FirstOrDefault(other => other.Key != "grid") is { } beside)
        {
            scope.Mistakes.Add(beside.Place, Key, "stands beside 'grid'; give a table, or the grid to solve the problem on");
        }

        var most = axes.Length == 1 ? 10_001 : 1001;
        if (grid.Value is not SourceNode.Map each)
        {
            return scope.CountOf(grid.Value, $"{Key}.grid", Least, most) is { } all ? InAll([.. axes.Select(_ => all)], grid) : null;
        }

        scope.MapOf(each, $"{Key}.grid", [.. scope.Symbols.Coordinates]);
        var counts = new List<int>();
        foreach (var axis in axes)
        {
            if (each.Find(axis.Name) is not { } given)
            {
                scope.Mistakes.Add(each.Place, $"{Key}.grid", $"'{axis.Name}' is missing; give the number of points along every coordinate, ends included");
            }
            else if (scope.CountOf(given.Value, $"{Key}.grid.{axis.Name}", Least, most) is { } count)
            {
                counts.Add(count);
            }
        }

        return counts.Count == axes.Length ? InAll([.. counts], grid) : null;
    }

    /// <summary>The counts, unless the grid that they make has more points than errors are measured at.</summary>
    private int[]? InAll(int[] counts, SourceEntry grid)
    {
        var all = counts.Aggregate(1L, (product, count) => product * count);
        if (all <= MostPoints)
        {
            return counts;
        }

        scope.Mistakes.Add(grid.Place, $"{Key}.grid", FormattableString.Invariant($"{string.Join(" × ", counts)} are {all} points; with {counts.Length} coordinates at most {MostPoints} in all, as errors are measured at each of them"));
        return null;
    }

    /// <summary>How far a solution at a coarser resolution is from this one, relative, at the points that both have.</summary>
    private double? Floor(DataTable fine, SourceEntry coarser, FileDomain domain)
    {
        var before = scope.Mistakes.Count;
        if (coarser.Value is not SourceNode.Scalar { IsNull: false } path)
        {
            scope.Mistakes.Add(coarser.Value.Place, $"{Key}.coarser", $"expected a table as 'file' has it; found {coarser.Value.Words}");
            return null;
        }

        if (Table(path) is not { } coarse || scope.Mistakes.Count > before)
        {
            return null;
        }

        Check(coarse, domain);
        if (scope.Mistakes.Count > before)
        {
            return null;
        }

        string[] outputs = [.. scope.Symbols.Outputs.Where(output => Has(fine, output) && Has(coarse, output))];
        var known = coarse.Rows.ToDictionary(row => Point(coarse, row.Values), row => Values(coarse, row.Values), StringComparer.Ordinal);
        var pairs = fine.Rows.Where(row => known.ContainsKey(Point(fine, row.Values))).Select(row => (Fine: Values(fine, row.Values), Coarse: known[Point(fine, row.Values)])).ToList();
        if (outputs.Length == 0 || pairs.Count < Least)
        {
            scope.Mistakes.Add(path.Place, $"{Key}.coarser", FormattableString.Invariant($"has {pairs.Count} points of 'file'; at {Least} or more that both have, one of half the resolution tells what the error of the finer one is"));
            return null;
        }

        var norm = Math.Sqrt(pairs.Sum(pair => pair.Fine.Sum(value => value * value)));
        return norm == 0 ? 0 : Math.Sqrt(pairs.Sum(pair => pair.Fine.Zip(pair.Coarse).Sum(both => (both.First - both.Second) * (both.First - both.Second)))) / norm;

        bool Has(DataTable table, string name) => table.Columns.Any(column => column.Text == name);
        int Column(DataTable table, string name) => table.Columns.Select(column => column.Text).ToList().IndexOf(name);
        string Point(DataTable table, IReadOnlyList<double> row) => Measurements.Key([.. domain.Axes.Select(axis => row[Column(table, axis.Name)])]);
        double[] Values(DataTable table, IReadOnlyList<double> row) => [.. outputs.Select(output => row[Column(table, output)])];
    }

    private DataTable? Table(SourceNode.Scalar path)
    {
        try
        {
            var (text, name) = (texts(path.Text), DataReader.Beside(fileName, path.Text));
            return LargeTables.Find(text, name) ?? DelimitedText.Read(text, name, Key, MostRows, _ => true, scope.Mistakes);
        }
        catch (UserMistakeException mistake)
        {
            scope.Mistakes.Add(path.Place, $"{Key}.file", mistake.Message);
            return null;
        }
    }

    private void Check(DataTable table, FileDomain domain)
    {
        string[] allowed = [.. scope.Symbols.Coordinates, .. scope.Symbols.Outputs];
        var names = table.Columns.Select(column => column.Text).ToList();
        foreach (var unknown in table.Columns.Where(column => !allowed.Contains(column.Text)))
        {
            scope.Mistakes.Add(unknown.Place, Key, $"{NearestMatch.Quote(unknown.Text)} is neither a coordinate nor an output{NearestMatch.Hint(unknown.Text, allowed)}");
        }

        if (!scope.Symbols.Coordinates.All(names.Contains) || !scope.Symbols.Outputs.Any(names.Contains) || names.Distinct().Count() < names.Count)
        {
            scope.Mistakes.Add(table.Columns[0].Place, Key, $"expected each of {string.Join(", ", scope.Symbols.Coordinates)} and one or more of {string.Join(", ", scope.Symbols.Outputs)}, each once; found {NearestMatch.Quote(string.Join(", ", names))}");
            return;
        }

        if (table.Rows.Count < Least)
        {
            scope.Mistakes.Add(table.Columns[0].Place, Key, FormattableString.Invariant($"{table.Rows.Count} points; an error is measured at {Least} or more"));
        }

        var order = domain.Axes.Select(axis => names.IndexOf(axis.Name)).ToArray();
        TablePoints.Check(table.Rows.Select(row => (order.Select(column => row.Values[column]).ToArray(), row.Place)), domain, Key, remedy: "", scope.Mistakes);
    }
}
