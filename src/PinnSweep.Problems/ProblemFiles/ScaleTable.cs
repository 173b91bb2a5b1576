using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Scales;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The sizes of a problem of a file and the units that were chosen for it, as a small table.</summary>
public static class ScaleTable
{
    /// <summary>Its lines; none of another level.</summary>
    public static IReadOnlyList<string> Of(Level level)
    {
        if (!ProblemDefinition.IsIn(level))
        {
            return [];
        }

        var problem = ProblemDefinition.Stated(level);
        var chosen = UnitsDefinition.Of(level.Parameters.OptionalMap(ProblemDefinition.Key)!);
        if (chosen.IsNone)
        {
            return ["scales: as the file has them"];
        }

        var ranges = new OutputSizes(problem, new(problem, PlanningWatch.None)).Ranges();
        List<string[]> rows =
        [
            ["scales", "from", "to", "offset", "unit"],
            .. problem.Axes.Select(axis => Row(axis.Name, (axis.Lower, axis.Upper), chosen.OfCoordinate(axis.Name))),
            .. problem.Outputs.Select((name, output) => Row(name, ranges[output], chosen.OfOutput(name))),
            .. chosen.Coefficients.Select(pair => Row(pair.Key, null, new(0, pair.Value))),
            .. chosen.Multipliers.Select(pair => Row($"hard.{pair.Key}", null, new(0, pair.Value))),
            .. chosen.Terms.Select(pair => Row(pair.Key, null, new(0, pair.Value))),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))))];
    }

    private static string[] Row(string name, (double Lower, double Upper)? range, Unit unit) =>
    [
        name,
        range is { Lower: var lower } && double.IsFinite(lower) ? Number(lower) : "",
        range is { Upper: var upper } && double.IsFinite(upper) ? Number(upper) : "",
        unit.Offset == 0 ? "" : Number(unit.Offset),
        Number(unit.Size),
    ];

    private static string Number(double value) => (value + 0.0).ToString(Math.Abs(value) is >= 1e5 and < 1e15 && Math.Floor(value) == value ? "F0" : "G6", CultureInfo.InvariantCulture);
}
