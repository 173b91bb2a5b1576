using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures of a trained network: solution, reference and error side by side, each with the scale of its colours.</summary>
public static class SolutionFigures
{
    private const int MostAcross = 3;

    /// <summary>Solutions of two coordinates, or cuts through more: a row an output, reference, network and error beside one another.</summary>
    /// <param name="name">Of the trial, for captions.</param>
    /// <param name="axes">Names and ranges of the two coordinates.</param>
    /// <param name="maps">The rows.</param>
    public static FigureModel Maps(string name, ImmutableArray<(string Name, Interval Range)> axes, ImmutableArray<SolutionMap> maps)
    {
        var isKnown = maps.Any(map => !map.Reference.IsEmpty);
        var panels = Panels(axes, isKnown ? [.. maps.Select(Row)] : FieldGrid.Rows([.. maps.Select(map => new FieldPanel(map.Title, map.Values, FieldScales.Solution(map.Title, [map.Values])))], MostAcross));
        return new(
            "solution",
            isKnown
                ? $"Solution of trial {name}: the reference, the network on the reference's scale, and the absolute error on a logarithmic one. Bars say which colour is which number.{FieldScales.Marks(panels)}"
                : $"Solution of trial {name}: no reference is known. Bars say which colour is which number.{FieldScales.Marks(panels)}",
            [],
            [])
        {
            Fields = panels,
        };
    }

    /// <summary>What is left of each equation.</summary>
    /// <param name="name">Of the trial, for captions.</param>
    /// <param name="axes">Names and ranges of the two coordinates.</param>
    /// <param name="maps">A map an equation.</param>
    public static FigureModel Residuals(string name, ImmutableArray<(string Name, Interval Range)> axes, ImmutableArray<SolutionMap> maps)
    {
        var panels = Panels(axes, FieldGrid.Rows([.. maps.Select(map => Deviation(map.Title, $"|{map.Title}|", [.. map.Values.Select(row => row.Select(Math.Abs).ToImmutableArray())]))], MostAcross));
        return new("residual", $"Residual of trial {name}: absolute values on a logarithmic scale.{FieldScales.Marks(panels)}", [], []) { Fields = panels };
    }

    /// <summary>Solutions of one coordinate: network over reference, the error, and what is left of the equations.</summary>
    /// <param name="name">Of the trial, for captions.</param>
    /// <param name="axis">Name of the coordinate.</param>
    /// <param name="x">Points.</param>
    /// <param name="outputs">A line an output.</param>
    /// <param name="residuals">A line an equation.</param>
    public static FigureModel Lines(string name, string axis, double[] x, ImmutableArray<SolutionLine> outputs, ImmutableArray<SolutionLine> residuals)
    {
        var range = new Interval(x[0], x[^1]);
        var isKnown = outputs.Any(line => !line.Reference.IsEmpty);
        FigureSeries Line(int style, IEnumerable<double> y, bool isLog) => new(style, SeedBand.Of([(x, y.ToArray())], isLog));
        FigurePanel Panel(string title, bool isLog, IEnumerable<FigureSeries> series) => new(title, axis, "", isLog, [.. series.Where(one => !one.Band.X.IsEmpty)]) { X = range };
        var network = outputs.SelectMany((line, i) => new[] { Line(2 * i, line.Values, false) }.Concat(line.Reference.IsEmpty ? [] : [Line((2 * i) + 1, line.Reference, false)]));
        var errors = outputs.Where(line => !line.Reference.IsEmpty).Select((line, i) => Line(2 * i, line.Values.Zip(line.Reference, (a, b) => Math.Abs(a - b)), true));
        var left = residuals.Select((line, i) => Line((2 * outputs.Length) + i, line.Values.Select(Math.Abs), true));
        return new(
            "solution",
            $"Solution of trial {name}: the network{(isKnown ? " over the reference, its absolute error" : "")} and what is left of the equations.",
            [.. new[] { Panel("solution", false, network), Panel("error", true, errors), Panel("residual", true, left) }.Where(panel => !panel.Series.IsEmpty)],
            [
                .. outputs.SelectMany((line, i) => new[] { new LegendEntry(line.Title, 2 * i) }.Concat(line.Reference.IsEmpty ? [] : [new LegendEntry($"{line.Title}, reference", (2 * i) + 1)])),
                .. residuals.Select((line, i) => new LegendEntry(line.Title, (2 * outputs.Length) + i)),
            ]);
    }

    private static FieldPanels Panels(ImmutableArray<(string Name, Interval Range)> axes, ImmutableArray<ImmutableArray<FieldPanel?>> rows) =>
        new(axes[0].Name, axes[1].Name, axes[0].Range, axes[1].Range, rows);

    private static ImmutableArray<FieldPanel?> Row(SolutionMap map)
    {
        if (map.Reference.IsEmpty)
        {
            return [new(map.Title, map.Values, FieldScales.Solution(map.Title, [map.Values]))];
        }

        var scale = FieldScales.Solution(map.Title, [map.Reference]);
        var error = FieldValues.Difference(map.Values, map.Reference);
        return
        [
            new($"{map.Title}, reference", map.Reference, scale),
            new($"{map.Title}, network", map.Values, scale),
            Deviation($"error, largest {NumberText.Scientific(FieldValues.Largest(error), 2)}", $"|error of {map.Title}|", error),
        ];
    }

    private static FieldPanel Deviation(string title, string label, ImmutableArray<ImmutableArray<double>> values) => new(title, values, FieldScales.Deviation(label, [values]));
}
