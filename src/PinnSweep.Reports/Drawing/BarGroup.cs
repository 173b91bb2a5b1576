using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>One bar that lies.</summary>
/// <param name="Name">At its left.</param>
/// <param name="Value">Its length; NaN for no bar.</param>
/// <param name="Interval">Around its end; null for none.</param>
/// <param name="IsSure">Whether it is more than chance; a paler bar is not.</param>
public sealed record Bar(string Name, double Value, Interval? Interval, bool IsSure);

/// <summary>Bars under one title.</summary>
/// <param name="Title">Above them; empty for none.</param>
/// <param name="Bars">From top to bottom.</param>
public sealed record BarGroup(string Title, ImmutableArray<Bar> Bars);

/// <summary>Groups of bars on one scale from 0.</summary>
/// <param name="Label">What lengths mean.</param>
/// <param name="Groups">In reading order.</param>
public sealed record BarChart(string Label, ImmutableArray<BarGroup> Groups);
