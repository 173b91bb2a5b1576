using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace PinnSweep.Reports.Drawing;

/// <summary>The marks of an axis, known before anything is drawn, so that margins have room for their words.</summary>
/// <param name="Major">Places and words; an empty word leaves the mark.</param>
/// <param name="Minor">Places of small marks.</param>
internal sealed record AxisTicks(ImmutableArray<(double At, string Text)> Major, ImmutableArray<double> Minor)
{
    private const float GapAcross = 7;
    private const float GapUp = 15;
    private const float LeastWord = 36;

    /// <summary>Those of a panel's ordinate.</summary>
    public static AxisTicks Up(PanelScale scale, float height)
    {
        var (low, high) = (scale.Limits.Bottom, scale.Limits.Top);
        var most = (int)Math.Clamp(height / 30, 2, 6);
        var ticks = scale.IsLogY ? LogAxis.Ticks(low, high, most) : LinearAxis.Ticks(low, high, most);
        return ticks.Thinned((tick, other) => Math.Abs(tick.At - other.At) / (high - low) * height >= GapUp);
    }

    /// <summary>Those of a panel's abscissa; words that would touch leave their marks only.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="width">Of its axis.</param>
    /// <param name="overhang">How far a word may reach beyond the axis at the left.</param>
    /// <param name="text">What measures.</param>
    public static AxisTicks Across(FigurePanel panel, PanelScale scale, float width, float overhang, FigureText text)
    {
        var (left, right) = (scale.Limits.Left, scale.Limits.Right);
        float Place(double at) => (float)((at - left) / (right - left) * width);
        float Half(string word) => text.Width(word) / 2;
        AxisTicks Thinned(AxisTicks ticks) => (ticks with { Major = [.. ticks.Major.Select(tick => Place(tick.At) - Half(tick.Text) < -overhang ? (tick.At, "") : tick)] })
            .Thinned((tick, other) => Math.Abs(Place(tick.At) - Place(other.At)) >= Half(tick.Text) + Half(other.Text) + GapAcross);
        if (scale.IsLogX && panel.XWords.IsEmpty)
        {
            return Thinned(LogAxis.Ticks(left, right, (int)Math.Clamp(width / 45, 2, 6)));
        }

        // The most that have room, all of them: what is thinned here and there would stand at uneven distances.
        var all = (panel.XWords.IsEmpty ? Enumerable.Range(2, 5).Reverse().Select(most => LinearAxis.Ticks(left, right, most)) : Words(panel, right - left, width, text)).ToArray();
        return Thinned(all.FirstOrDefault(ticks => Thinned(ticks).Count == ticks.Count) ?? all[^1]);
    }

    /// <summary>How far words reach beyond the right end of an axis.</summary>
    public float Beyond(PanelScale scale, float width, FigureText text) => Major.Where(tick => tick.Text.Length > 0)
        .Select(tick => (float)((tick.At - scale.Limits.Right) / (scale.Limits.Right - scale.Limits.Left) * width) + (text.Width(tick.Text) / 2)).DefaultIfEmpty(0).Max();

    /// <summary>The widest word.</summary>
    public float Widest(FigureText text) => Major.Select(tick => text.Width(tick.Text)).DefaultIfEmpty(0).Max();

    /// <summary>For the plotting library.</summary>
    public ITickGenerator Generator()
    {
        var ticks = new NumericManual();
        foreach (var (at, word) in Major)
        {
            ticks.AddMajor(at, word);
        }

        foreach (var at in Minor)
        {
            ticks.AddMinor(at);
        }

        return ticks;
    }

    private int Count => Major.Count(tick => tick.Text.Length > 0);

    // All words, every second, every third …
    private static IEnumerable<AxisTicks> Words(FigurePanel panel, double span, float width, FigureText text)
    {
        var named = panel.XWords.Where(word => word.Text.Length > 0).ToArray();
        var apart = named.Length < 2 ? width : (float)(named.Zip(named.Skip(1), (a, b) => b.At - a.At).Min() / span * width) - GapAcross;
        return Enumerable.Range(1, Math.Max(1, named.Length)).Select(every => new AxisTicks(
            [.. panel.XWords.Select(word => (word.At, Array.IndexOf(named, word) is var i && i >= 0 && i % every == 0 ? text.Fitted(word.Text, text.Regular, Math.Max(apart, LeastWord)) : ""))], []));
    }

    // From one end to the other; short words, which are whole decades, go before 2×10⁻³.
    private AxisTicks Thinned(Func<(double At, string Text), (double At, string Text), bool> isApart)
    {
        var kept = new List<(double At, string Text)>();
        foreach (var tick in Major.Where(tick => tick.Text.Length > 0).OrderBy(tick => tick.Text.Contains('×', StringComparison.Ordinal)))
        {
            if (kept.All(other => isApart(tick, other)))
            {
                kept.Add(tick);
            }
        }

        return this with { Major = [.. Major.Select(tick => kept.Contains(tick) ? tick : (tick.At, ""))] };
    }
}
