using System.Collections.Immutable;
using System.Globalization;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Where panels, their titles and their colour bars lie in a figure of fields, at any width.</summary>
internal sealed class FieldLayout
{
    /// <summary>Height of a line of a title.</summary>
    public const float Line = 14;

    /// <summary>Height of a colour bar with its name and numbers.</summary>
    public const float Bar = 42;

    private const float Gap = 10;
    private const float RowGap = 8;
    private const float Rim = 4;
    private const float LargestSide = 230;
    private const int MostLines = 3;
    private readonly FieldPanels _fields;
    private readonly float _left;
    private readonly ImmutableArray<float> _tops;

    private FieldLayout(FieldPanels fields, FigureSheet sheet, FigureText text)
    {
        _fields = fields;
        var (width, font, small) = (sheet.Width, text.Regular, text.Small);
        var across = fields.Rows.Max(row => row.Length);
        Ordinate = Math.Max(new[] { fields.Y.Lower, fields.Y.Upper }.Max(end => small.MeasureText(Number(end))), Math.Min(40, font.MeasureText(fields.YLabel))) + 9;
        Side = Math.Min(LargestSide, (width - Ordinate - (2 * Rim) - ((across - 1) * Gap)) / across);
        _left = Ordinate + Rim + ((width - Ordinate - (2 * Rim) - (across * Side) - ((across - 1) * Gap)) / 2);
        var ends = small.MeasureText(Number(fields.X.Lower)) + small.MeasureText(Number(fields.X.Upper));
        IsNameBetween = font.MeasureText(fields.XLabel) + ends + 16 < Side;
        Abscissa = IsNameBetween ? 18 : 30;
        Titles = [.. fields.Rows.Select(row => row.Select(panel => text.Lines(panel?.Title ?? "", font, Side, MostLines).ToImmutableArray()).ToImmutableArray())];
        var (tops, keys, y) = (new float[fields.Rows.Length], FieldPanels.Scales(fields.Panels).Length, 0f);
        for (var row = 0; row < tops.Length; row++)
        {
            tops[row] = y + (Titles[row].Max(lines => lines.Length) * Line) + 5;
            var below = tops[row] + Side + (HasAbscissa(row) ? Abscissa : 0) + (fields.HasKey ? 0 : Bar);
            y = RowGap + (fields.Rows[row].Contains(null) ? Math.Max(below, y - RowGap + Abscissa + (keys * Bar)) : below);
        }

        (_tops, Height) = ([.. tops], y);
    }

    public float Height { get; }

    /// <summary>Side of a panel.</summary>
    public float Side { get; }

    /// <summary>Left of the panels, where the ordinate has its numbers and its name.</summary>
    public float Ordinate { get; }

    /// <summary>Below a panel, where its abscissa has its numbers and, beside or under them, its name.</summary>
    public float Abscissa { get; }

    /// <summary>Whether the name of the abscissa has room between its numbers.</summary>
    public bool IsNameBetween { get; }

    /// <summary>Titles, line by line.</summary>
    public ImmutableArray<ImmutableArray<ImmutableArray<string>>> Titles { get; }

    public static FieldLayout Of(FieldPanels fields, FigureSheet sheet, FigureText text) => new(fields, sheet, text);

    /// <summary>The numbers of an end of an axis.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) is 0 or (>= 1e-2 and < 1e5) ? "0.###" : "0.##e0", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A panel, or the place of the colour bars; a row with fewer than others stands in their middle.</summary>
    public SKRect Panel(int row, int column)
    {
        var missing = _fields.Rows.Max(other => other.Length) - _fields.Rows[row].Length;
        return SKRect.Create(_left + ((column + (missing / 2f)) * (Side + Gap)), _tops[row], Side, Side);
    }

    /// <summary>Whether panels of a row have numbers below: the last, what bars follow, and what stands above the place of the bars.</summary>
    public bool HasAbscissa(int row, int? column = null) => !_fields.HasKey || row == _fields.Rows.Length - 1 || (column is { } at && IsAboveKey(row, at));

    /// <summary>Whether a panel has numbers at its left: the first of its row, or what is beside the place of the bars.</summary>
    public bool HasOrdinate(int row, int column) => column == 0 || _fields.Rows[row][column - 1] is null;

    /// <summary>Where a colour bar lies within the place of all of them.</summary>
    public SKRect KeyBar(int row, int column, int index)
    {
        // Beside it the next panel has the numbers of its ordinate.
        var above = Panel(row - 1, column);
        return SKRect.Create(above.Left, above.Bottom + Abscissa + (index * Bar), Side - Math.Max(0, Ordinate - Gap), Bar);
    }

    private bool IsAboveKey(int row, int column) => row + 1 < _fields.Rows.Length && _fields.Rows[row + 1] is var below && column < below.Length && below[column] is null;
}
