using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>What the mark of an interval says. Shapes say it as well as colours.</summary>
public enum IntervalMark
{
    /// <summary>A mean.</summary>
    Mean,

    /// <summary>Shown to be better.</summary>
    Better,

    /// <summary>Shown to be worse.</summary>
    Worse,

    /// <summary>Shown to be as good.</summary>
    Equivalent,

    /// <summary>Nothing is shown.</summary>
    Open,

    /// <summary>May not be compared.</summary>
    Unranked,
}

/// <summary>How a line across a panel looks.</summary>
public enum IntervalLine
{
    /// <summary>Where nothing changes.</summary>
    Solid,

    /// <summary>Long dashes.</summary>
    Dashed,

    /// <summary>Short dashes.</summary>
    Dotted,
}

/// <summary>A line of a panel: a number with its interval, and beside it what it was made from.</summary>
/// <param name="Value">The number; NaN for none.</param>
/// <param name="Interval">Its interval; null for none.</param>
/// <param name="Mark">How the number is marked.</param>
public sealed record IntervalRow(double Value, Interval? Interval, IntervalMark Mark)
{
    /// <summary>The single values, each a dot.</summary>
    public ImmutableArray<double> Dots { get; init; } = [];

    /// <summary>Values that there should be and are not, told at the rim.</summary>
    public int Failed { get; init; }

    /// <summary>Said at the right where a figure has one panel; empty for nothing.</summary>
    public string Words { get; init; } = "";
}

/// <summary>Intervals on one axis, a line for each name of the chart.</summary>
/// <param name="Title">Above it; empty for none.</param>
/// <param name="Rows">In the order of the names; null where there is nothing.</param>
public sealed record IntervalPanel(string Title, ImmutableArray<IntervalRow?> Rows)
{
    /// <summary>Values that lines cross the panel at; those beyond the axis are left out.</summary>
    public ImmutableArray<(double At, IntervalLine Line)> Lines { get; init; } = [];

    /// <summary>A range that is shaded; null for none.</summary>
    public Interval? Shaded { get; init; }
}

/// <summary>Panels of intervals with common names at the left and a logarithmic axis.</summary>
/// <param name="Label">Of the axis.</param>
/// <param name="Names">The lines of every panel.</param>
/// <param name="Panels">Left to right, top to bottom.</param>
public sealed record IntervalChart(string Label, ImmutableArray<string> Names, ImmutableArray<IntervalPanel> Panels)
{
    /// <summary>Whether all panels have the same ends.</summary>
    public bool IsShared { get; init; }

    /// <summary>What marks and lines mean, in this order.</summary>
    public ImmutableArray<(IntervalMark Mark, string Text)> Marks { get; init; } = [];

    /// <summary>See <see cref="Marks"/>.</summary>
    public ImmutableArray<(IntervalLine Line, string Text)> Lines { get; init; } = [];

    /// <summary>
    /// Ends of a panel's axis: all numbers and dots, and of intervals at most a decade beyond them, so that one that says nothing flattens
    /// no other. An interval that goes on has an arrow.
    /// </summary>
    public Interval Ends(IntervalPanel panel)
    {
        var rows = (IsShared ? Panels.SelectMany(one => one.Rows) : panel.Rows).OfType<IntervalRow>().ToArray();
        double[] values = [.. rows.SelectMany(row => row.Dots.Append(row.Value)).Where(IsShown)];
        if (values.Length == 0)
        {
            return new(0.1, 10);
        }

        var (low, high) = (values.Min(), values.Max());
        double[] ends = [.. rows.Select(row => row.Interval).OfType<Interval>().SelectMany(interval => new[] { interval.Lower, interval.Upper }).Where(IsShown)];
        (low, high) = (Math.Min(low, Math.Max(low / 10, ends.DefaultIfEmpty(low).Min())), Math.Max(high, Math.Min(high * 10, ends.DefaultIfEmpty(high).Max())));
        foreach (var (at, _) in panel.Lines.Where(line => IsShown(line.At) && line.At >= low / 10 && line.At <= high * 10))
        {
            (low, high) = (Math.Min(low, at), Math.Max(high, at));
        }

        // An axis of less than a factor four may have no round number on it.
        var margin = Math.Max(Math.Pow(high / low, 0.04), Math.Sqrt(Math.Max(1, 4 / (high / low))));
        return new(low / margin, high * margin);
    }

    private static bool IsShown(double value) => double.IsFinite(value) && value > 0;
}
