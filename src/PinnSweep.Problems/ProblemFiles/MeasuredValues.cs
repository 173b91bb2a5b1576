using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Measured values of a problem file, as its definition holds them: one set, or a list of sets.</summary>
internal static class MeasuredValues
{
    /// <summary>Whether a term of the loss may not have this name, because measured values have it.</summary>
    public static bool IsReserved(string name) => name == PointSets.Data || name.StartsWith($"{PointSets.Data}-", StringComparison.Ordinal);

    /// <summary>The definition of a set.</summary>
    /// <param name="columns">Names of all coordinates, and what was measured.</param>
    /// <param name="values">Row by row.</param>
    /// <param name="scale">What the values amount to.</param>
    /// <param name="name">Of the set; null for <c>data</c>.</param>
    /// <param name="deviations">The standard deviation of each row; none where all are alike.</param>
    public static SpecValue.Map Canonical(IEnumerable<string> columns, IEnumerable<double> values, double scale, string? name, IEnumerable<double> deviations)
    {
        var entries = SpecValue.Map.Empty.Entries
            .Add("columns", new SpecValue.List([.. columns.Select(column => new SpecValue.Text(string.Concat(column.Where(letter => !char.IsWhiteSpace(letter)))))]))
            .Add("values", Numbers(values))
            .Add("scale", new SpecValue.Number(scale));
        entries = name is null ? entries : entries.Add("name", new SpecValue.Text(name));
        return new(Numbers(deviations) is { Items.IsEmpty: false } given ? entries.Add("deviations", given) : entries);
    }

    /// <summary>The name of a column's term in a set of several; expressions have the number of their column.</summary>
    public static string NameOf(string set, string column, int index) => column.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        ? $"{set}-{column}"
        : FormattableString.Invariant($"{set}-{index + 1}");

    /// <summary>Names of the terms of sets.</summary>
    public static IEnumerable<string> Names(IEnumerable<SpecValue.Map> sets, ImmutableArray<string> coordinates) => sets.SelectMany(set => Names(set, coordinates).Select(pair => pair.Name));

    /// <summary>The sets of a definition's <c>data</c>.</summary>
    public static IEnumerable<SpecValue.Map> Sets(SpecValue? data) => data switch
    {
        SpecValue.Map set => [set],
        SpecValue.List list => list.Items.Cast<SpecValue.Map>(),
        _ => [],
    };

    /// <summary>One line for people.</summary>
    public static string Summary(SpecValue.Map set)
    {
        var columns = Columns(set);
        return FormattableString.Invariant($"{Name(set)}: {((SpecValue.List)set.Entries["values"]).Items.Length / columns.Count} measurements of {string.Join(", ", columns)}");
    }

    /// <summary>
    /// A term of the loss for each measured column: <c>data</c>, or <c>data-u</c>, <c>data-v</c> where there are several, at the same
    /// points. With standard deviations a residual is divided by its own, relative to their root mean square inverse, so that the loss
    /// keeps its size.
    /// </summary>
    public static IEnumerable<LossTerm> Terms(SpecValue.Map set, ExpressionSymbols symbols)
    {
        var columns = Columns(set);
        var rows = Values(set, "values").Chunk(columns.Count).ToList();
        int[] order = [.. symbols.Coordinates.Select(name => columns.IndexOf(name))];
        ImmutableArray<double> points = [.. rows.SelectMany(row => order.Select(column => row[column]))];
        double[] deviations = set.Entries.ContainsKey("deviations") ? [.. Values(set, "deviations")] : [];
        var mean = deviations.Length == 0 ? 1 : Math.Sqrt(deviations.Average(deviation => 1 / (deviation * deviation)));

        // Outputs in their order, whatever the order of the columns; then what else was measured.
        foreach (var (column, name) in Names(set, symbols.Coordinates).OrderBy(pair => (uint)symbols.Outputs.IndexOf(columns[pair.Column])))
        {
            // Planning makes the terms of every cell and asks for no value.
            var values = Known(i => rows[i][column]);
            var known = new Expr.KnownFunction($"measured {columns[column]}", point => values.Value[Measurements.Key(point)]);
            var residual = ExpressionParser.Parse(columns[column], symbols) - known;
            if (deviations.Length > 0)
            {
                var factors = Known(i => 1 / (deviations[i] * mean));
                residual *= new Expr.KnownFunction($"weight of {columns[column]}", point => factors.Value[Measurements.Key(point)]);
            }

            yield return LossTerm.Data(points, residual, set.Number("scale")) with { Name = name };
        }

        Lazy<Dictionary<string, double>> Known(Func<int, double> value) => new(() => Enumerable.Range(0, rows.Count)
            .ToDictionary(i => Measurements.Key([.. order.Select(place => rows[i][place])]), value, StringComparer.Ordinal));
    }

    private static IEnumerable<(int Column, string Name)> Names(SpecValue.Map set, ImmutableArray<string> coordinates)
    {
        var columns = Columns(set);
        int[] measured = [.. Enumerable.Range(0, columns.Count).Where(i => !coordinates.Contains(columns[i]))];
        return measured.Select(column => (column, measured.Length == 1 ? Name(set) : NameOf(Name(set), columns[column], column)));
    }

    private static string Name(SpecValue.Map set) => set.Entries.GetValueOrDefault("name") is SpecValue.Text name ? name.Value : PointSets.Data;

    private static SpecValue.List Numbers(IEnumerable<double> values) => new([.. values.Select(value => new SpecValue.Number(value))]);

    private static IEnumerable<double> Values(SpecValue.Map set, string key) => ((SpecValue.List)set.Entries[key]).Items.Select(value => ((SpecValue.Number)value).Value);

    private static List<string> Columns(SpecValue.Map set) => [.. ((SpecValue.List)set.Entries["columns"]).Items.Select(column => ((SpecValue.Text)column).Value)];
}
