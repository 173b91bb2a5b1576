using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>reference</c>: a solution that was computed elsewhere, at points of its own, scattered or on a grid. Errors are measured at
/// these points; nothing is trained on them.
/// </summary>
/// <param name="scope">The names and the mistakes.</param>
/// <param name="fileName">What messages call the problem file.</param>
/// <param name="texts">The files beside it.</param>
internal sealed class ReferenceReader(FileScope scope, string fileName, TextOfPath texts)
{
    private const string Key = "reference";
    private const int Least = 3;
    private const int MostRows = 10_000;

    /// <summary>Columns and rows as a definition holds them; null where there is no reference or a mistake was added.</summary>
    public SpecValue.Map? Read(SourceNode.Map file, FileDomain domain)
    {
        if (file.Find(Key) is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true } || scope.MapOf(entry.Value, Key, "file") is not { } map)
        {
            return null;
        }

        var before = scope.Mistakes.Count;
        if (file.Find("exact") is { Value: not SourceNode.Scalar { IsNull: true } })
        {
            scope.Mistakes.Add(entry.Place, Key, "stands beside 'exact'; give one of them, so that it is clear what errors are measured against");
        }

        if (map.Find("file")?.Value is not SourceNode.Scalar { IsNull: false } path)
        {
            scope.Mistakes.Add(map.Place, Key, $"expected {{file: reference.csv}} with a column for each of {string.Join(", ", scope.Symbols.Coordinates)} and for {string.Join(", ", scope.Symbols.Outputs)}");
            return null;
        }

        var table = Table(path);
        if (table is not null && scope.Mistakes.Count == before)
        {
            Check(table, domain);
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

        return new(SpecValue.Map.Empty.Entries
            .Add("columns", new SpecValue.List([.. columns.Select(column => new SpecValue.Text(column))]))
            .Add("values", new SpecValue.List([.. rows!.SelectMany(row => row).Select(value => new SpecValue.Number(value))])));
    }

    private DataTable? Table(SourceNode.Scalar path)
    {
        try
        {
            return DelimitedText.Read(texts(path.Text), DataReader.Beside(fileName, path.Text), Key, MostRows, _ => true, scope.Mistakes);
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
