using System.Collections.Immutable;
using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>Where one panel lies, and which of its labels are not told by a neighbour.</summary>
internal readonly record struct PanelPlace(PixelRect Outer, PixelPadding Padding, bool HasXLabel, bool HasYLabel)
{
    /// <summary>Whether there is room for few numbers on the abscissa.</summary>
    public bool IsNarrow => Outer.Width - Padding.Left - Padding.Right < 200;
}

/// <summary>
/// Where panels and legend lie: one panel with the legend at its right, several in a grid with the legend below; in the width of a
/// journal's column always the latter. All data areas of a figure have one size, whatever stands around them.
/// </summary>
internal sealed record FigureLayout(float Width, float Height, ImmutableArray<PanelPlace> Panels, ImmutableArray<(float X, float Y)> Legend)
{
    /// <summary>Height of one line of a legend.</summary>
    public const float LegendLine = 19;

    private const float FullWidth = 672;
    private const float ColumnWidth = 336;
    private const float Gap = 8;
    private const float Right = 18;
    private const float Ticks = 42;
    private const float LabelledTicks = 60;
    private const float LabelledLongTicks = 74;
    private const float TitleHeight = 24;
    private const float XTicks = 24;
    private const float LabelledXTicks = 44;

    public static FigureLayout Of(FigureModel figure, Func<LegendEntry, float> legendWidth)
    {
        if (figure.Ranks is { } ranks)
        {
            return new(FullWidth, RankDiagramPainter.Height(ranks), [], []);
        }

        if (!figure.Heat.IsEmpty)
        {
            return new(FullWidth, HeatMapPainter.Height(figure.Heat), [], []);
        }

        if (figure.Fields is { } fields)
        {
            var across = figure.IsColumnWide ? ColumnWidth : FullWidth;
            return new(across, FieldPainter.Height(fields, across), [], []);
        }

        if (figure.Intervals is { } intervals)
        {
            var across = figure.IsColumnWide ? ColumnWidth : FullWidth;
            return new(across, IntervalPainter.Height(intervals, across), [], []);
        }

        if (figure.Domain is { } domain)
        {
            return new(FullWidth, DomainPainter.Height(domain), [], []);
        }

        if (figure.Parallel is not null)
        {
            return new(FullWidth, ParallelPainter.Height(), [], []);
        }

        if (figure.Bars is { } bars)
        {
            return new(FullWidth, BarPainter.Height(bars), [], []);
        }

        var widths = figure.Legend.Select(legendWidth).ToArray();
        return figure switch
        {
            { IsColumnWide: true } => Grid(figure, widths, ColumnWidth, 1, figure.Panels.Length == 1 ? 180 : 110),
            { Panels.Length: 1 } => Single(figure.Panels[0], widths),
            { Panels.Length: 2 or 4 } => Grid(figure, widths, FullWidth, 2, 180),
            _ => Grid(figure, widths, FullWidth, 3, 132),
        };
    }

    private static FigureLayout Single(FigurePanel panel, float[] widths)
    {
        var legend = widths.Length == 0 ? 0 : widths.Max() + 4;
        var width = Math.Max(FullWidth, 400 + legend);
        var height = Math.Max(340, 24 + (widths.Length * LegendLine));
        return new(
            width,
            height,
            [new(new PixelRect(0, width - legend, height, 0), new PixelPadding(FigurePainter.HasLongNumbers(panel) ? LabelledLongTicks : LabelledTicks, Right, LabelledXTicks, panel.Title.Length > 0 ? TitleHeight : 8), true, true)],
            [.. widths.Select((_, i) => (width - legend, 12 + (i * LegendLine)))]);
    }

    private static FigureLayout Grid(FigureModel figure, float[] widths, float width, int columns, float dataHeight)
    {
        var count = figure.Panels.Length;
        var title = figure.Panels is [{ Title: "" }] ? Gap : TitleHeight;
        var labelled = figure.Panels.Any(FigurePainter.HasLongNumbers) ? LabelledLongTicks : LabelledTicks;
        var dataWidth = (width - labelled - ((columns - 1) * Ticks) - (columns * Right)) / columns;
        var rowHeight = title + dataHeight + XTicks + Gap;
        var panels = Enumerable.Range(0, count).Select(i =>
        {
            var (column, row) = (i % columns, i / columns);
            var (hasX, hasY) = (i + columns >= count, column == 0);
            var padding = new PixelPadding(hasY ? labelled : Ticks, Right, hasX ? LabelledXTicks : XTicks, title);
            var left = column == 0 ? 0 : labelled + dataWidth + Right + ((column - 1) * (Ticks + dataWidth + Right));
            var top = row * rowHeight;
            return new PanelPlace(new PixelRect(left, left + padding.Left + dataWidth + Right, top + title + dataHeight + padding.Bottom, top), padding, hasX, hasY);
        });

        var rows = (count + columns - 1) / columns;
        var (legend, x, y) = (new List<(float X, float Y)>(), 0f, (rows * rowHeight) + LabelledXTicks - XTicks + 2);
        foreach (var item in widths)
        {
            if (x > 0 && x + item > width)
            {
                (x, y) = (0, y + LegendLine);
            }

            legend.Add((x, y));
            x += item + 18;
        }

        return new(width, y + LegendLine + 4, [.. panels], Centred(legend, widths, width));
    }

    private static ImmutableArray<(float X, float Y)> Centred(List<(float X, float Y)> legend, float[] widths, float width) =>
    [
        .. legend.Zip(widths).GroupBy(item => item.First.Y).SelectMany(line =>
        {
            var used = line.Max(item => item.First.X + item.Second);
            return line.Select(item => (item.First.X + ((width - used) / 2), item.First.Y));
        }),
    ];
}
