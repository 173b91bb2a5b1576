using System.Globalization;
using System.Text;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace PinnSweep.Reports.Drawing;

/// <summary>Ticks of a logarithmic axis whose coordinates are exponents of ten.</summary>
internal static class LogAxis
{
    /// <summary>Major ticks at decades (every n-th where there are many), minor ones at 2 … 9 where decades are few.</summary>
    public static ITickGenerator Ticks(double from, double to)
    {
        var ticks = new NumericManual();
        var (first, last) = ((int)Math.Ceiling(from - 1e-9), (int)Math.Floor(to + 1e-9));
        var decades = last - first;
        var every = Math.Max(1, (int)Math.Ceiling(decades / 6.0));
        for (var exponent = first - 1; exponent <= last; exponent++)
        {
            if (exponent >= first)
            {
                if (exponent % every == 0)
                {
                    ticks.AddMajor(exponent, "10" + Superscript(exponent));
                }
                else
                {
                    ticks.AddMinor(exponent);
                }
            }

            for (var digit = 2; digit <= 9 && decades <= 6; digit++)
            {
                var at = exponent + Math.Log10(digit);
                if (at < from || at > to)
                {
                    continue;
                }

                // Less than two decades would leave an axis with one number on it.
                if (decades < 2 && digit is 2 or 5 && decades < 2)
                {
                    ticks.AddMajor(at, $"{digit}×10{Superscript(exponent)}");
                }
                else
                {
                    ticks.AddMinor(at);
                }
            }
        }

        return ticks;
    }

    /// <summary>A whole number as an exponent.</summary>
    public static string Superscript(int number)
    {
        var text = new StringBuilder();
        foreach (var c in number.ToString(CultureInfo.InvariantCulture))
        {
            text.Append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        }

        return text.ToString();
    }
}
