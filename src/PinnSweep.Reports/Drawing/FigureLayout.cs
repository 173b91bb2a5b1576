using System.Collections.Immutable;
using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>Where one panel lies, and its ticks.</summary>
internal readonly record struct PanelPlace(PixelRect Outer, PixelPadding Padding, PanelScale Scale, AxisTicks Across, AxisTicks Up)
{
    private const float Small = 190;

    /// <summary>Whether full markers would hide the lines.</summary>
    public bool IsSmall => Outer.Width - Padding.Left - Padding.Right < Small;
}

/// <summary>A line of a legend at its place, with as much of its name as has room.</summary>
internal readonly record struct PlacedEntry(string Name, float X, float Y);

/// <summary>Where everything lies, in the units of a sheet, before it is drawn.</summary>
internal sealed record FigureLayout(float Width, float Height, ImmutableArray<PanelPlace> Panels, ImmutableArray<PlacedText> Texts, ImmutableArray<PlacedEntry> Legend)
{
    public static FigureLayout Of(FigureModel figure, FigureSheet sheet, FigureText text) => figure switch
    {
        { Ranks: { } ranks } => Whole(sheet.Width, RankDiagramPainter.Height(ranks)),
        { Heat.IsEmpty: false } => Whole(sheet.Width, HeatMapPainter.Height(figure.Heat, sheet, text)),
        { Fields: { } fields } => Whole(sheet.Width, FieldPainter.Height(fields, sheet, text)),
        { Intervals: { } intervals } => Whole(sheet.Width, IntervalPainter.Height(intervals, sheet, text)),
        { Domain: { } domain } => Whole(sheet.Width, DomainPainter.Height(domain, sheet)),
        { Parallel: not null } => Whole(sheet.Width, ParallelPainter.Height(sheet)),
        { Bars: { } bars } => Whole(sheet.Width, BarPainter.Height(bars, sheet)),
        _ => PanelGrid.Of(figure, sheet, text),
    };

    private static FigureLayout Whole(float width, float height) => new(width, height, [], [], []);
}
