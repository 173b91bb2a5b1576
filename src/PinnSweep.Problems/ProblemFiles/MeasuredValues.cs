using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Measured values of a problem file, as its definition holds them.</summary>
internal static class MeasuredValues
{
    /// <summary>Whether a term of the loss may not have this name, because measured values have it.</summary>
    public static bool IsReserved(string name) => name == PointSets.Data || name.StartsWith($"{PointSets.Data}-", StringComparison.Ordinal);

    /// <summary>The definition.</summary>
    /// <param name="columns">Names of all coordinates and some outputs.</param>
    /// <param name="values">Row by row.</param>
    /// <param name="scale">What the values amount to.</param>
    public static SpecValue.Map Canonical(IEnumerable<string> columns, IEnumerable<double> values, double scale) => new(SpecValue.Map.Empty.Entries
        .Add("columns", new SpecValue.List([.. columns.Select(column => new SpecValue.Text(column))]))
        .Add("values", new SpecValue.List([.. values.Select(value => new SpecValue.Number(value))]))
        .Add("scale", new SpecValue.Number(scale)));

    /// <summary>One line for people.</summary>
    public static string Summary(SpecValue.Map data)
    {
        var columns = Columns(data);
        return FormattableString.Invariant($"{PointSets.Data}: {((SpecValue.List)data.Entries["values"]).Items.Length / columns.Count} measurements of {string.Join(", ", columns)}");
    }

    /// <summary>
    /// A term of the loss for each measured output: <c>data</c>, or <c>data-u</c>, <c>data-v</c> where there are several, at the same
    /// points.
    /// </summary>
    public static IEnumerable<LossTerm> Terms(SpecValue.Map data, ExpressionSymbols symbols)
    {
        var columns = Columns(data);
        var rows = ((SpecValue.List)data.Entries["values"]).Items.Select(value => ((SpecValue.Number)value).Value).Chunk(columns.Count).ToList();
        int[] order = [.. symbols.Coordinates.Select(name => columns.IndexOf(name))];
        ImmutableArray<double> points = [.. rows.SelectMany(row => order.Select(column => row[column]))];
        var measured = symbols.Outputs.Where(columns.Contains).ToList();
        foreach (var output in measured)
        {
            var column = columns.IndexOf(output);

            // Planning makes the terms of every cell and asks for no value.
            var values = new Lazy<Dictionary<string, double>>(() => rows.ToDictionary(row => Measurements.Key([.. order.Select(place => row[place])]), row => row[column], StringComparer.Ordinal));
            var known = new Expr.KnownFunction($"measured {output}", point => values.Value[Measurements.Key(point)]);
            var term = LossTerm.Data(points, Expr.OutputOf(symbols.Outputs.IndexOf(output), symbols.Coordinates.Length) - known, data.Number("scale"));
            yield return measured.Count == 1 ? term : term with { Name = $"{term.Name}-{output}" };
        }
    }

    private static List<string> Columns(SpecValue.Map data) => [.. ((SpecValue.List)data.Entries["columns"]).Items.Select(column => ((SpecValue.Text)column).Value)];
}
