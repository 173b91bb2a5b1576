using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Figures;

/// <summary>The figures of one trial: its solution with the error, and its curve.</summary>
public static class OneTrialFigures
{
    private const string Steps = "optimizer steps";
    private const string Seconds = "training time (s)";

    /// <summary>
    /// The reference, the network's solution and its absolute error; the solution alone where no reference is known. Null where the trial
    /// stored no solution, because its problem has not two coordinates.
    /// </summary>
    public static FigureModel? Field(TrialResult result)
    {
        if (result.Field is not { } field)
        {
            return null;
        }

        var (solution, reference) = (FieldValues.Of(field, field.Predicted), FieldValues.Of(field, field.Reference));
        var isKnown = reference.SelectMany(row => row).Any(double.IsFinite);
        var scale = FieldScales.Solution(field.Output, [isKnown ? reference : solution]);
        var network = new FieldPanel("network", solution, scale);
        var panels = new FieldPanels(
            field.Axes[0],
            field.Axes[1],
            new(field.First[0], field.First[^1]),
            new(field.Second[0], field.Second[^1]),
            [isKnown ? [new("reference", reference, scale), network, Error(solution, reference)] : [network]]);
        return new(
            "field",
            isKnown
                ? $"Solution {field.Output} of trial {result.Key.Short}: the reference, the network on the reference's scale, and its absolute error on a logarithmic one.{FieldScales.Marks(panels)}"
                : $"Solution {field.Output} of trial {result.Key.Short}: no reference is known.{FieldScales.Marks(panels)}",
            [],
            [])
        {
            Fields = panels,
        };
    }

    private static FieldPanel Error(ImmutableArray<ImmutableArray<double>> solution, ImmutableArray<ImmutableArray<double>> reference)
    {
        var error = FieldValues.Difference(solution, reference);
        return new($"error, largest {NumberText.Scientific(FieldValues.Largest(error), 2)}", error, FieldScales.Deviation("|error|", [error]));
    }

    /// <summary>Error, losses and weights of a finished trial over steps or training time; null where it has no point to show.</summary>
    /// <param name="result">The record of the trial.</param>
    /// <param name="isByTime">Whether the abscissa is training time, evaluations excluded.</param>
    public static FigureModel? Curve(TrialResult result, bool isByTime)
    {
        double[] x = [.. result.Curve.Select(point => isByTime ? point.Seconds : point.Step)];
        var label = isByTime ? Seconds : Steps;
        ImmutableArray<string> terms = result.Terms;
        FigurePanel Panel(string title, string y, IEnumerable<FigureSeries> series) => new(title, label, y, true, [.. series.Where(one => !one.Band.X.IsEmpty)]);
        double[] Values(int term, Func<CurvePoint, ImmutableArray<double>> of) => [.. result.Curve.Select(point => of(point) is var all && term < all.Length ? all[term] : double.NaN)];

        ImmutableArray<FigurePanel> panels =
        [
            .. new[]
            {
                Panel("error", "error", [Line(0, x, [.. result.Curve.Select(point => point.Yardstick())])]),
                Panel("losses", "mean squared residual", terms.Select((_, term) => Line(term + 1, x, Values(term, point => point.Losses)))),
                Panel("weights", "weight", terms.Select((_, term) => Line(term + 1, x, Values(term, point => point.Weights)))),
            }.Where(panel => !panel.Series.IsEmpty),
        ];
        return panels.IsEmpty ? null : new(
            "curve",
            $"Curve of trial {result.Key.Short} against {label}: error, unweighted loss and weight of each term.",
            panels,
            [new LegendEntry("error", 0), .. terms.Select((term, style) => new LegendEntry(term, style + 1))]);
    }

    /// <summary>The error of a trial that has no result yet, as far as its curve is known; null where it has no point to show.</summary>
    /// <param name="name">The short key of the trial.</param>
    /// <param name="points">Steps and relative L2 errors.</param>
    public static FigureModel? Curve(string name, IReadOnlyCollection<(int Step, double Error)> points)
    {
        var line = Line(0, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Error)]);
        return line.Band.X.IsEmpty ? null : new("curve", $"Relative L2 error of trial {name} against {Steps}: so far.", [new FigurePanel("", Steps, "relative L2 error", true, [line])], []);
    }

    private static FigureSeries Line(int style, double[] x, double[] y) => new(style, SeedBand.Of([(x, y)], isLog: true));
}
