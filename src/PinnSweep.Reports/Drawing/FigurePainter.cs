using PinnSweep.Reports.Statistics;
using ScottPlot;
using ScottPlot.Rendering.RenderActions;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Draws figures at the size in which they are shown: 96 units are an inch. SVG, PNG and PDF are drawn by the same commands.
/// </summary>
internal static class FigurePainter
{
    private static readonly Color Ink = Color.FromHex("#1A1A1A");
    private static readonly Color Faint = Color.FromHex("#E6E6E6");

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

    /// <summary>Lays a figure out and records how it is drawn, in units of 1/96 inch; and what had to be shortened.</summary>
    internal static RecordedFigure Record(FigureModel figure)
    {
        using var text = new FigureText();
        var (sheet, layout) = LaidOut(figure, text);
        return Record(figure, sheet, layout, text);
    }

    /// <summary>The sheet on which a figure has the largest type, and where everything lies on it, in the sheet's own units.</summary>
    internal static (FigureSheet Sheet, FigureLayout Layout) LaidOut(FigureModel figure, FigureText text)
    {
        FigureFont.Install();
        var sheets = FigureSheet.Of(figure);
        foreach (var sheet in sheets[..^1])
        {
            text.Forget();
            if (FigureLayout.Of(figure, sheet, text) is var layout && layout.Height <= sheet.MaxHeight)
            {
                return (sheet, layout);
            }
        }

        text.Forget();
        return (sheets[^1], FigureLayout.Of(figure, sheets[^1], text));
    }

    private static (float Width, float Height) Paper(FigureSheet sheet, FigureLayout layout) =>
        sheet.IsSlide ? (Math.Max(sheet.Width, layout.Width), Math.Max(sheet.MaxHeight, layout.Height)) : (layout.Width, layout.Height);

    /// <summary>Where the data of each panel lies, in units of the figure, and from where to where its abscissa goes; log10 where that is logarithmic.</summary>
    internal static IReadOnlyList<(double Left, double Top, double Width, double Height, Interval X)> Frames(FigureModel figure)
    {
        using var text = new FigureText();
        var (sheet, layout) = LaidOut(figure, text);
        var (width, height) = Paper(sheet, layout);
        var (left, top) = ((width - layout.Width) / 2, (height - layout.Height) / 2);
        return
        [
            .. layout.Panels.Select(place => (
                (double)(sheet.Scale * (left + place.Outer.Left + place.Padding.Left)), (double)(sheet.Scale * (top + place.Outer.Top + place.Padding.Top)),
                (double)(sheet.Scale * (place.Outer.Width - place.Padding.Left - place.Padding.Right)), (double)(sheet.Scale * (place.Outer.Height - place.Padding.Top - place.Padding.Bottom)),
                new Interval(place.Scale.Limits.Left, place.Scale.Limits.Right))),
        ];
    }

    private static RecordedFigure Record(FigureModel figure, FigureSheet sheet, FigureLayout layout, FigureText text)
    {
        var (width, height) = Paper(sheet, layout);
        using var recorder = new SKPictureRecorder();
        var canvas = recorder.BeginRecording(SKRect.Create(width * sheet.Scale, height * sheet.Scale));
        canvas.Scale(sheet.Scale);
        canvas.Translate((width - layout.Width) / 2, (height - layout.Height) / 2);
        Draw(canvas, figure, sheet, layout, text);
        return new(recorder.EndRecording(), width * sheet.Scale, height * sheet.Scale, text.Shortened);
    }

    private static void Draw(SKCanvas canvas, FigureModel figure, FigureSheet sheet, FigureLayout layout, FigureText text)
    {
        using var ink = new SKPaint { Color = Ink.ToSKColor(), IsAntialias = true };
        for (var i = 0; i < layout.Panels.Length; i++)
        {
            DrawPanel(canvas, figure.Panels[i], layout.Panels[i]);
        }

        foreach (var placed in layout.Texts)
        {
            placed.Draw(canvas, text, ink);
        }

        FigureLegend.Draw(canvas, figure, layout.Legend, text, ink);
        if (figure.Ranks is { } ranks)
        {
            RankDiagramPainter.Draw(canvas, ranks, sheet, text);
        }

        HeatMapPainter.Draw(canvas, figure.Heat, sheet, text);
        if (figure.Fields is { } fields)
        {
            FieldPainter.Draw(canvas, fields, sheet, text);
        }

        if (figure.Intervals is { } intervals)
        {
            IntervalPainter.Draw(canvas, intervals, sheet, text);
        }

        if (figure.Domain is { } domain)
        {
            DomainPainter.Draw(canvas, domain, sheet, text);
        }

        if (figure.Parallel is { } parallel)
        {
            ParallelPainter.Draw(canvas, parallel, sheet, text);
        }

        if (figure.Bars is { } bars)
        {
            BarPainter.Draw(canvas, bars, sheet, text);
        }
    }

    private static void DrawPanel(SKCanvas canvas, FigurePanel panel, PanelPlace place)
    {
        using var plot = new Plot();
        plot.Layout.Fixed(place.Padding);
        LinePainter.Add(plot, panel, place.Scale, place.IsSmall);
        MarkPainter.Add(plot, panel, place.Scale);
        foreach (var points in panel.Points)
        {
            PointPainter.Add(plot, points, place.Scale.X, place.Scale.Y);
        }

        Dress(plot, place);
        Render(plot, canvas, place.Outer);
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

    // Words beside the axes are the layout's, which knows what has room.
    private static void Dress(Plot plot, PanelPlace place)
    {
        plot.Axes.SetLimits(place.Scale.Limits);
        plot.Axes.Left.TickGenerator = place.Up.Generator();
        plot.Axes.Bottom.TickGenerator = place.Across.Generator();
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontName = FigureFont.Family;
            axis.TickLabelStyle.FontSize = FigureText.Size;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Color = Ink;
            axis.FrameLineStyle.Width = 0.8f;
            axis.MajorTickStyle = new() { Length = 4, Width = 0.8f, Color = Ink };
            axis.MinorTickStyle = new() { Length = 2.2f, Width = 0.6f, Color = Ink };
        }

        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        plot.Axes.Left.Label.IsVisible = false;
        plot.Axes.Bottom.Label.IsVisible = false;
        plot.Grid.MajorLineColor = Faint;
        plot.Grid.MajorLineWidth = 0.7f;
    }
}
