using System.Collections.Immutable;
using System.Runtime.InteropServices;
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

    private const string HasDeviations = "has_deviations";

    /// <summary>The definition of a set; of a large one its numbers are kept beside it (<see cref="LargeTables"/>).</summary>
    /// <param name="columns">Names of all coordinates, and what was measured.</param>
    /// <param name="values">Row by row.</param>
    /// <param name="scale">What the values amount to.</param>
    /// <param name="name">Of the set; null for <c>data</c>.</param>
    /// <param name="deviations">The standard deviation of each row; none where all are alike.</param>
    public static SpecValue.Map Canonical(IEnumerable<string> columns, IEnumerable<double> values, double scale, string? name, IEnumerable<double> deviations)
    {
        string[] names = [.. columns.Select(column => string.Concat(column.Where(letter => !char.IsWhiteSpace(letter))))];
        double[] numbers = [.. values];
        var entries = SpecValue.Map.Empty.Entries
            .Add("columns", new SpecValue.List([.. names.Select(column => new SpecValue.Text(column))]))
            .Add("scale", new SpecValue.Number(scale));
        entries = name is null ? entries : entries.Add("name", new SpecValue.Text(name));
        double[] spread = [.. deviations];
        var whole = StoredNumbers.With(entries, numbers);
        if (spread.Length == 0)
        {
            return new(whole);
        }

        // Of a large set both are kept together.
        return new(whole.GetValueOrDefault("values") is { } inline && inline.Canonical().Length + StoredNumbers.List(spread).Canonical().Length <= ProblemFile.MaximumDefinition
            ? whole.Add("deviations", StoredNumbers.List(spread))
            : StoredNumbers.Kept(entries.Add(HasDeviations, new SpecValue.Flag(true)), [.. numbers, .. spread]).Entries);
    }

    /// <summary>The same sets with their numbers kept elsewhere.</summary>
    public static SpecValue ByHash(SpecValue data) => data switch
    {
        SpecValue.List sets => new SpecValue.List([.. sets.Items.Select(ByHash)]),
        SpecValue.Map set when set.Entries.ContainsKey("deviations") => StoredNumbers.Kept(
            set.Entries.RemoveRange(["values", "deviations"]).Add(HasDeviations, new SpecValue.Flag(true)), [.. StoredNumbers.Of(set), .. Values(set, "deviations")]),
        SpecValue.Map set => StoredNumbers.ByHash(set),
        _ => data,
    };

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
        return FormattableString.Invariant($"{Name(set)}: {Count(set, columns.Count):N0} measurements of {string.Join(", ", columns)}");
    }

    /// <summary>
    /// A term of the loss for each measured column: <c>data</c>, or <c>data-u</c>, <c>data-v</c> where there are several, at the same
    /// points. With standard deviations a residual is divided by its own, relative to their root mean square inverse, so that the loss
    /// keeps its size.
    /// </summary>
    public static IEnumerable<LossTerm> Terms(SpecValue.Map set, ExpressionSymbols symbols)
    {
        var columns = Columns(set);
        var (numbers, deviations) = Numbers(set, columns.Count);
        var rows = numbers.Length / columns.Count;
        int[] order = [.. symbols.Coordinates.Select(name => columns.IndexOf(name))];
        var all = new double[rows * order.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = numbers[(i / order.Length * columns.Count) + order[i % order.Length]];
        }

        var points = ImmutableCollectionsMarshal.AsImmutableArray(all);
        var mean = deviations.Length == 0 ? 1 : Math.Sqrt(deviations.Average(deviation => 1 / (deviation * deviation)));

        // Outputs in their order, whatever the order of the columns; then what else was measured.
        foreach (var (column, name) in Names(set, symbols.Coordinates).OrderBy(pair => (uint)symbols.Outputs.IndexOf(columns[pair.Column])))
        {
            // Planning makes the terms of every cell and asks for no value.
            var known = Known($"measured {columns[column]}", i => numbers[(i * columns.Count) + column]);
            var residual = ExpressionParser.Parse(columns[column], symbols) - known;
            if (deviations.Length > 0)
            {
                residual *= Known($"weight of {columns[column]}", i => 1 / (deviations[i] * mean));
            }

            yield return LossTerm.Data(points, residual, set.Number("scale")) with { Name = name };
        }

        Expr.KnownFunction Known(string name, Func<int, double> value)
        {
            var values = new Lazy<Dictionary<string, double>>(() => Enumerable.Range(0, rows)
                .ToDictionary(i => Measurements.Key(all.AsSpan(i * order.Length, order.Length)), value, StringComparer.Ordinal));
            return new(name, point => values.Value[Measurements.Key(point)])
            {
                // All points together come in their own order, and need no search.
                Together = (asked, target) =>
                {
                    var isAll = asked.SequenceEqual(all);
                    for (var i = 0; i < target.Length; i++)
                    {
                        target[i] = isAll ? value(i) : values.Value[Measurements.Key(asked.Slice(i * order.Length, order.Length))];
                    }
                },
            };
        }
    }

    private static int Count(SpecValue.Map set, int columns) => StoredNumbers.CountOf(set) / (columns + (set.Entries.ContainsKey(HasDeviations) ? 1 : 0));

    private static (double[] Values, double[] Deviations) Numbers(SpecValue.Map set, int columns)
    {
        var all = StoredNumbers.Of(set);
        return set.Entries.ContainsKey(HasDeviations)
            ? (all[..(Count(set, columns) * columns)], all[(Count(set, columns) * columns)..])
            : (all, set.Entries.ContainsKey("deviations") ? [.. Values(set, "deviations")] : []);
    }

    private static IEnumerable<(int Column, string Name)> Names(SpecValue.Map set, ImmutableArray<string> coordinates)
    {
        var columns = Columns(set);
        int[] measured = [.. Enumerable.Range(0, columns.Count).Where(i => !coordinates.Contains(columns[i]))];
        return measured.Select(column => (column, measured.Length == 1 ? Name(set) : NameOf(Name(set), columns[column], column)));
    }

    private static string Name(SpecValue.Map set) => set.Entries.GetValueOrDefault("name") is SpecValue.Text name ? name.Value : PointSets.Data;

    private static IEnumerable<double> Values(SpecValue.Map set, string key) => ((SpecValue.List)set.Entries[key]).Items.Select(value => ((SpecValue.Number)value).Value);

    private static List<string> Columns(SpecValue.Map set) => [.. ((SpecValue.List)set.Entries["columns"]).Items.Select(column => ((SpecValue.Text)column).Value)];
}
