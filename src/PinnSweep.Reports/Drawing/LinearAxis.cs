using System.Globalization;

namespace PinnSweep.Reports.Drawing;

/// <summary>Ticks of an axis in even steps of 1, 2 or 5 times a power of ten.</summary>
internal static class LinearAxis
{
    private const double LargestPlain = 1e7;
    private const double SmallestPlain = 1e-4;

    /// <summary>At most so many ticks between both ends.</summary>
    public static AxisTicks Ticks(double from, double to, int most)
    {
        var step = Step(to - from, most);
        var ticks = Steps(from, to, step).ToArray();
        var isPlain = Math.Max(Math.Abs(from), Math.Abs(to)) < LargestPlain && step >= SmallestPlain;
        return new([.. ticks.Select(at => (at, isPlain ? Plain(at) : Scientific(at)))], []);
    }

    /// <summary>The smallest step of 1, 2 or 5 with which a span has at most so many.</summary>
    public static double Step(double span, int most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / most)));
        return new[] { 1, 2, 5, 10 }.Select(digit => digit * power).First(step => span <= most * step * (1 + 1e-9));
    }

    /// <summary>The multiples of a step between both ends.</summary>
    public static IEnumerable<double> Steps(double from, double to, double step)
    {
        var (first, last) = (Math.Ceiling((from / step) - 1e-9), Math.Floor((to / step) + 1e-9));

        // A product may be 0.30000000000000004, and the first of a negative range −0.
        for (var i = first; i <= last; i++)
        {
            yield return (step >= 1 ? i * step : i / Math.Round(1 / step)) + 0.0;
        }
    }

    /// <summary>A power of ten in small digits.</summary>
    public static string Scientific(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        var digits = (value / Math.Pow(10, exponent)).ToString("0.##", CultureInfo.InvariantCulture);
        return $"{digits}×10{LogAxis.Superscript(exponent)}";
    }

    private static string Plain(double value) => Math.Abs(value) >= 1000
        ? value.ToString("#,0.##", CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);
}
