using System.Collections.Immutable;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Where names, panels and the legend of an interval chart lie, at any width.</summary>
internal sealed class IntervalLayout
{
    /// <summary>Height of a line of text.</summary>
    public const float Line = 14;

    /// <summary>Width of a mark of the legend.</summary>
    public const float Swatch = 22;

    private const int MostAcross = 8;
    private const int MostLines = 2;

    // From panels that read well to such as are only as wide as their numbers, where a figure would leave its page.
    private static readonly ImmutableArray<float> Smallest = [150, 120, 96];
    private const float LargestNames = 0.34f;
    private const float Gap = 14;
    private const float Rim = 6;
    private const float Ticks = 18;
    private readonly int _across;
    private readonly float _left;
    private readonly float _panelWidth;
    private readonly ImmutableArray<float> _tops;
    private readonly ImmutableArray<float> _rowTops;

    private IntervalLayout(IntervalChart chart, FigureSheet sheet, FigureText text, float smallest)
    {
        var (width, font) = (sheet.Width, text.Regular);
        var names = Math.Min(width * LargestNames, chart.Names.Select(name => font.MeasureText(name)).DefaultIfEmpty(0).Max() + 1);
        Names = [.. chart.Names.Select(name => text.Lines(name, font, names, MostLines).ToImmutableArray())];
        _left = Rim + names + 8;
        var words = chart.Panels.Length == 1 ? chart.Panels[0].Rows.Max(row => font.MeasureText(row?.Words ?? "")) : 0;
        HasWords = words > 0 && width - _left - words - Gap > 200;
        var room = width - _left - Rim - (HasWords ? words + Gap : 0);
        var most = Math.Clamp((int)((room + Gap) / (smallest + Gap)), 1, MostAcross);
        var lines = (chart.Panels.Length + most - 1) / most;
        _across = (chart.Panels.Length + lines - 1) / lines;
        _panelWidth = (room - ((_across - 1) * Gap)) / _across;
        Titles = [.. chart.Panels.Select(panel => panel.Title.Length == 0 ? [] : text.Lines(panel.Title, text.Bold, _panelWidth, MostLines).ToImmutableArray())];

        var (rows, y) = (new float[Names.Length + 1], 3f);
        for (var row = 0; row < Names.Length; row++)
        {
            rows[row] = y;
            y += Math.Max(Names.Length > 12 ? 16 : 19, 4 + (Names[row].Length * Line));
        }

        rows[^1] = y + 3;
        _rowTops = [.. rows];
        var (tops, top) = (new float[lines], 0f);
        for (var line = 0; line < lines; line++)
        {
            tops[line] = top + 4 + (Titles.Skip(line * _across).Take(_across).Max(title => title.Length) * Line) + 2;
            top = tops[line] + rows[^1] + Ticks + (line == lines - 1 || IsLonely(chart, line) ? Line + 2 : 4);
        }

        _tops = [.. tops];
        (Legend, Height) = Placed(chart, width, top + 6, text);
    }

    public float Height { get; }

    /// <summary>Names, line by line.</summary>
    public ImmutableArray<ImmutableArray<string>> Names { get; }

    /// <summary>Titles of the panels, line by line.</summary>
    public ImmutableArray<ImmutableArray<string>> Titles { get; }

    /// <summary>Whether words stand at the right of the panel.</summary>
    public bool HasWords { get; }

    /// <summary>Upper left corners of the entries of the legend: marks, then lines.</summary>
    public ImmutableArray<SKPoint> Legend { get; }

    public static IntervalLayout Of(IntervalChart chart, FigureSheet sheet, FigureText text)
    {
        var layouts = Smallest.Select(smallest => new IntervalLayout(chart, sheet, text, smallest));
        return layouts.FirstOrDefault(layout => layout.Height <= sheet.MaxHeight) ?? new(chart, sheet, text, Smallest[^1]);
    }

    public SKRect Panel(int index) => SKRect.Create(_left + (index % _across * (_panelWidth + Gap)), _tops[index / _across], _panelWidth, _rowTops[^1]);

    /// <summary>The strip of a line within a panel.</summary>
    public SKRect Row(SKRect panel, int row)
    {
        var below = row + 1 < Names.Length ? _rowTops[row + 1] : _rowTops[^1] - 3;
        return new(panel.Left, panel.Top + _rowTops[row], panel.Right, panel.Top + below);
    }

    public bool HasNames(int index) => index % _across == 0;

    /// <summary>Whether nothing lies below a panel, so that it says what its axis is.</summary>
    public bool HasLabel(int index, int panels) => index + _across >= panels;

    // Where the last line of panels is not full, the one before has a name of the axis too.
    private bool IsLonely(IntervalChart chart, int line) => (line + 2) * _across > chart.Panels.Length && line + 1 < (chart.Panels.Length + _across - 1) / _across;

    private static (ImmutableArray<SKPoint> Places, float Bottom) Placed(IntervalChart chart, float width, float top, FigureText text)
    {
        string[] texts = [.. chart.Marks.Select(mark => mark.Text), .. chart.Lines.Select(line => line.Text)];
        var (places, x, y) = (ImmutableArray.CreateBuilder<SKPoint>(), Rim, top);
        foreach (var entry in texts)
        {
            var wide = Swatch + 4 + text.Regular.MeasureText(entry);
            if (x > Rim && x + wide > width - Rim)
            {
                (x, y) = (Rim, y + Line + 4);
            }

            places.Add(new(x, y));
            x += wide + 16;
        }

        return (places.ToImmutable(), texts.Length == 0 ? top : y + Line + 6);
    }
}
