using System.Globalization;
using PinnSweep.Reports.Statistics;
using ScottPlot;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Draws figures at print size: 96 units are an inch, text is at least 12 units (9 pt) high. SVG and PNG are drawn by the same commands.
/// </summary>
internal static class FigurePainter
{
    private const float TickText = 12;
    private const float LabelText = 12.5f;
    private const float Swatch = 30;
    private const float LineWidth = 1.6f;
    private static readonly Color Ink = Color.FromHex("#1A1A1A");
    private static readonly Color Faint = Color.FromHex("#E6E6E6");
    private static readonly LinePattern Unsure = new([4, 3], 0, "unsure");

    /// <summary>The figure as scalable graphics; text is drawn as outlines, so that it looks the same where the font is missing.</summary>
    public static byte[] Svg(FigureModel figure)
    {
        using var drawing = new FigureDrawing(figure);
        return drawing.Svg();
    }

    /// <summary>The figure as pixels, 288 to the inch; 192 where many panels or lines make it large.</summary>
    public static byte[] Png(FigureModel figure)
    {
        using var drawing = new FigureDrawing(figure);
        return drawing.Png();
    }

    /// <summary>The figure as a page of its own size, for LaTeX.</summary>
    public static byte[] Pdf(FigureModel figure)
    {
        using var drawing = new FigureDrawing(figure);
        return drawing.Pdf();
    }

    /// <summary>Lays a figure out and records how it is drawn, in units of 1/96 inch.</summary>
    internal static (SKPicture Picture, float Width, float Height) Record(FigureModel figure)
    {
        FigureFont.Install();
        var layout = FigureLayout.Of(figure, LegendWidth);
        using var recorder = new SKPictureRecorder();
        Draw(recorder.BeginRecording(SKRect.Create(layout.Width, layout.Height)), figure, layout);
        return (recorder.EndRecording(), layout.Width, layout.Height);
    }

    /// <summary>Where the data of each panel lies, in units of the figure, and from where to where its abscissa goes; log10 where that is logarithmic.</summary>
    internal static IReadOnlyList<(double Left, double Top, double Width, double Height, Interval X)> Frames(FigureModel figure) =>
    [
        .. figure.Panels.Zip(FigureLayout.Of(figure, LegendWidth).Panels, (panel, place) => (
            (double)(place.Outer.Left + place.Padding.Left), (double)(place.Outer.Top + place.Padding.Top),
            (double)(place.Outer.Width - place.Padding.Left - place.Padding.Right), (double)(place.Outer.Height - place.Padding.Top - place.Padding.Bottom),
            new Interval(Limits(panel).Left, Limits(panel).Right))),
    ];

    private static void Draw(SKCanvas canvas, FigureModel figure, FigureLayout layout)
    {
        for (var i = 0; i < figure.Panels.Length; i++)
        {
            using var plot = Plot(figure.Panels[i], layout.Panels[i]);
            Render(plot, canvas, layout.Panels[i].Outer);
        }

        DrawLegend(canvas, figure, layout);
        if (figure.Ranks is { } ranks)
        {
            RankDiagramPainter.Draw(canvas, ranks);
        }

        HeatMapPainter.Draw(canvas, figure.Heat);
        if (figure.Fields is { } fields)
        {
            FieldPainter.Draw(canvas, fields);
        }

        if (figure.Domain is { } domain)
        {
            DomainPainter.Draw(canvas, domain);
        }

        if (figure.Parallel is { } parallel)
        {
            ParallelPainter.Draw(canvas, parallel);
        }

        if (figure.Bars is { } bars)
        {
            BarPainter.Draw(canvas, bars);
        }
    }

    // The library's own Render draws twice (the second time over the first, which thickens everything translucent), wipes the whole canvas
    // and with it the panels before, and paints a background that SVG viewers show as black.
    private static void Render(Plot plot, SKCanvas canvas, PixelRect outer)
    {
        using var pack = new RenderPack(plot, outer, canvas);
        foreach (var action in plot.RenderManager.RenderActions)
        {
            if (action is not (ClearCanvas or RenderFigureBackground or RenderDataBackground or RenderLegends))
            {
                action.Render(pack);
            }
        }
    }

    private static Plot Plot(FigurePanel panel, PanelPlace place)
    {
        var plot = new Plot();
        plot.Layout.Fixed(place.Padding);
        var limits = Limits(panel);
        foreach (var series in panel.Series.Where(series => series.Band.X.Length > 0))
        {
            AddBand(plot, panel, series, limits);
        }

        // All bands lie under all lines.
        for (var i = 0; i < panel.Series.Length; i++)
        {
            if (panel.Series[i].Band.X.Length > 0)
            {
                AddLine(plot, panel, panel.Series[i], i, limits);
            }
        }

        foreach (var points in panel.Points)
        {
            PointPainter.Add(plot, points, x => X(panel, x), y => Inside(Y(panel, y), limits));
        }

        Dress(plot, panel, place, limits);
        return plot;
    }

    private static void AddBand(Plot plot, FigurePanel panel, FigureSeries series, CoordinateRect limits)
    {
        var band = series.Band;
        if (band.Low.SequenceEqual(band.High))
        {
            return;
        }

        var fill = plot.Add.FillY(
            [.. band.X.Select(x => X(panel, x))],
            [.. band.Low.Select(y => Inside(Y(panel, y), limits))],
            [.. band.High.Select(y => Inside(Y(panel, y), limits))]);
        fill.FillColor = SeriesStyle.Of(series.Style).Color.WithAlpha(0.18);
        fill.LineStyle.Width = 0;
    }

    private static void AddLine(Plot plot, FigurePanel panel, FigureSeries series, int index, CoordinateRect limits)
    {
        var style = SeriesStyle.Of(series.Style);
        double[] y = [.. series.Band.Middle.Select(value => Inside(Y(panel, value), limits))];
        double[] x = [.. series.Band.X.Select(value => X(panel, value))];
        if (series.SureUntil is { } sure)
        {
            var known = series.Band.X.Count(value => value <= sure);
            AddPath(plot, x[..known], y[..known], style.Color, LinePattern.Solid, series.IsStepped);
            AddPath(plot, x[Math.Max(0, known - 1)..], y[Math.Max(0, known - 1)..], style.Color, Unsure, series.IsStepped);
        }
        else
        {
            AddPath(plot, x, y, style.Color, style.Pattern, series.IsStepped);
        }

        // Six markers a line, shifted from line to line so that they do not pile up.
        var every = Math.Max(1, y.Length / 6);
        var first = (every / 8) + (every * (index % 4) / 4);
        int[] marked = [.. Enumerable.Range(0, y.Length).Where(i => i % every == first)];
        var markers = plot.Add.Scatter(marked.Select(i => X(panel, series.Band.X[i])).ToArray(), marked.Select(i => y[i]).ToArray());
        markers.LineWidth = 0;
        markers.MarkerStyle = Marker(style);
    }

    private static void AddPath(Plot plot, double[] x, double[] y, Color colour, LinePattern pattern, bool isStepped)
    {
        var line = plot.Add.Scatter(x, y);
        line.LineWidth = LineWidth;
        line.Color = colour;
        line.PathStrategy = new DashedPath(pattern);
        line.MarkerSize = 0;
        line.ConnectStyle = isStepped ? ConnectStyle.StepHorizontal : ConnectStyle.Straight;
    }

    private static MarkerStyle Marker(SeriesStyle style) => new(style.Marker, 6.5f, style.Color)
    {
        LineColor = style.Color,
        LineWidth = style.IsOpen ? 1.4f : 0,
        OutlineColor = style.IsOpen ? style.Color : Colors.White,
        OutlineWidth = style.IsOpen ? 0 : 0.8f,
    };

    private static void Dress(Plot plot, FigurePanel panel, PanelPlace place, CoordinateRect limits)
    {
        plot.Axes.SetLimits(limits);
        plot.Axes.Left.TickGenerator = panel.IsLogY ? LogAxis.Ticks(limits.Bottom, limits.Top) : new NumericAutomatic { TargetTickCount = 6 };
        plot.Axes.Bottom.TickGenerator = !panel.XWords.IsEmpty ? Words(panel) : panel.IsLogX ? LogAxis.Ticks(limits.Left, limits.Right) : new NumericAutomatic { TargetTickCount = place.IsNarrow ? 3 : 5, LabelFormatter = Thousands };
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontName = FigureFont.Family;
            axis.TickLabelStyle.FontSize = TickText;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Color = Ink;
            axis.FrameLineStyle.Width = 0.8f;
            axis.MajorTickStyle = new() { Length = 4, Width = 0.8f, Color = Ink };
            axis.MinorTickStyle = new() { Length = 2.2f, Width = 0.6f, Color = Ink };
        }

        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Faint;
        plot.Grid.MajorLineWidth = 0.7f;
        Label(plot.Axes.Left.Label, place.HasYLabel ? panel.YLabel : "", isBold: false);
        Label(plot.Axes.Bottom.Label, place.HasXLabel ? panel.XLabel : "", isBold: false);
        if (panel.Title.Length > 0)
        {
            Label(plot.Axes.Title.Label, panel.Title, isBold: true);
        }
        else
        {
            plot.Axes.Title.IsVisible = false;
        }
    }

    private static NumericManual Words(FigurePanel panel)
    {
        var ticks = new NumericManual();
        foreach (var (at, text) in panel.XWords)
        {
            ticks.AddMajor(at, text);
        }

        return ticks;
    }

    private static void Label(LabelStyle label, string text, bool isBold)
    {
        label.Text = text;
        label.FontName = FigureFont.Family;
        label.FontSize = LabelText;
        label.Bold = isBold;
        label.ForeColor = Ink;
        label.IsVisible = text.Length > 0;
    }

    /// <summary>Whether numbers on the ordinate are long, <c>5×10⁻³</c>, because it has less than two decades.</summary>
    internal static bool HasLongNumbers(FigurePanel panel) =>
        panel.IsLogY && Limits(panel) is var limits && Math.Floor(limits.Top + 1e-9) - Math.Ceiling(limits.Bottom - 1e-9) < 2;

    private static CoordinateRect Limits(FigurePanel panel)
    {
        // Points count as lines without bands.
        var series = panel.Series.Where(s => s.Band.X.Length > 0)
            .Concat(panel.Points.Where(points => points.X.Length > 0).Select(points => new FigureSeries(0, new([.. points.X.Order()], points.Y, points.Y, points.Y)))).ToArray();
        if (series.Length == 0)
        {
            return new(0, 1, panel.IsLogY ? -1 : 0, panel.IsLogY ? 0 : 1);
        }

        var right = series.Max(s => X(panel, s.Band.X[^1]));
        var left = series.Min(s => X(panel, s.Band.X[0]));
        left = panel.IsLogX ? left : Math.Min(0, left);
        (left, right) = panel.X is { } given ? (X(panel, given.Lower), X(panel, given.Upper)) : (left, right);
        var (low, high) = panel.Y is { } shared ? (Y(panel, shared.Lower), Y(panel, shared.Upper)) : Extent(panel, series);
        var margin = Math.Max(0.04 * (high - low), panel.IsLogY ? 0.08 : 1e-12);
        return new(left, right > left ? right : left + 1, low - margin, high + margin);
    }

    // Bands widen the view by at most one decade (or by the lines' own span). Otherwise one outlying seed would flatten all lines.
    private static (double Low, double High) Extent(FigurePanel panel, FigureSeries[] series)
    {
        var lines = series.SelectMany(s => s.Band.Middle).Select(y => Y(panel, y)).ToArray();
        var slack = panel.IsLogY ? 1 : lines.Max() - lines.Min();
        return (
            Math.Max(lines.Min() - slack, series.SelectMany(s => s.Band.Low).Min(y => Y(panel, y))),
            Math.Min(lines.Max() + slack, series.SelectMany(s => s.Band.High).Max(y => Y(panel, y))));
    }

    private static double X(FigurePanel panel, double value) => panel.IsLogX ? Math.Log10(value) : value;

    private static double Y(FigurePanel panel, double value) => panel.IsLogY ? Math.Log10(value) : value;

    private static double Inside(double y, CoordinateRect limits) => Math.Clamp(y, limits.Bottom, limits.Top);

    private static string Thousands(double value) => Math.Abs(value) >= 1000
        ? value.ToString("#,0.##", CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);

    private static float LegendWidth(LegendEntry entry)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), TickText);
        return Swatch + 6 + font.MeasureText(entry.Name);
    }

    private static void DrawLegend(SKCanvas canvas, FigureModel figure, FigureLayout layout)
    {
        using var font = new SKFont(FigureFont.Install().Face(false), TickText) { Subpixel = true };
        using var ink = new SKPaint { Color = Ink.ToSKColor(), IsAntialias = true };
        using var paint = Paint.NewDisposablePaint();
        var isSolid = figure.Panels.Any(panel => panel.Series.Any(series => series.SureUntil is not null));
        for (var i = 0; i < figure.Legend.Length; i++)
        {
            var style = SeriesStyle.Of(figure.Legend[i].Style);
            var (x, y) = layout.Legend[i];
            var middle = y + (FigureLayout.LegendLine / 2);
            if (figure.Legend[i].Point is { } point)
            {
                PointPainter.Style(point, 1).Render(canvas, new Pixel(x + (Swatch / 2), middle), paint);
            }
            else
            {
                using var line = new DashedPath(isSolid ? LinePattern.Solid : style.Pattern).GetPath([new Pixel(x, middle), new Pixel(x + Swatch, middle)]);
                new LineStyle(LineWidth, style.Color).Render(canvas, line, paint);
                Marker(style).Render(canvas, new Pixel(x + (Swatch / 2), middle), paint);
            }

            canvas.DrawText(figure.Legend[i].Name, x + Swatch + 6, middle + (TickText * 0.36f), SKTextAlign.Left, font, ink);
        }
    }
}
