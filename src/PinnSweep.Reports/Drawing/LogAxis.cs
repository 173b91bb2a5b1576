using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PinnSweep.Reports.Drawing;

/// <summary>Ticks of a logarithmic axis whose coordinates are exponents of ten.</summary>
internal static class LogAxis
{
    private const int MostDecades = 6;

    /// <summary>Major ticks at decades (every n-th where there are many), minor ones at 2 … 9 where decades are few.</summary>
    public static AxisTicks Ticks(double from, double to, int most)
    {
        var (major, minor) = (ImmutableArray.CreateBuilder<(double At, string Text)>(), ImmutableArray.CreateBuilder<double>());
        var (first, last) = ((int)Math.Ceiling(from - 1e-9), (int)Math.Floor(to + 1e-9));
        var decades = last - first;
        var isPlain = IsPlain(from, to);
        var every = Math.Max(1, (int)Math.Ceiling(decades / (double)most));
        for (var exponent = first - 1; exponent <= last; exponent++)
        {
            if (exponent >= first)
            {
                if (exponent % every == 0)
                {
                    major.Add((exponent, isPlain ? Plain(Math.Pow(10, exponent)) : "10" + Superscript(exponent)));
                }
                else
                {
                    minor.Add(exponent);
                }
            }

            for (var digit = 2; digit <= 9 && decades <= MostDecades; digit++)
            {
                var at = exponent + Math.Log10(digit);
                if (at < from || at > to)
                {
                    continue;
                }

                // Less than two decades would leave an axis with one number on it.
                if (decades < 2 && digit is 2 or 5)
                {
                    major.Add((at, isPlain ? Plain(digit * Math.Pow(10, exponent)) : $"{digit}×10{Superscript(exponent)}"));
                }
                else
                {
                    minor.Add(at);
                }
            }
        }

        return major.Count < 2 ? Narrow(from, to, most) : new(major.ToImmutable(), minor.ToImmutable());
    }

    // Where an axis has few decades of numbers of everyday size, 0.05 and 20 are read faster than powers of ten.
    private static bool IsPlain(double from, double to) => Math.Floor(to + 1e-9) - Math.Ceiling(from - 1e-9) < 2 && from >= -2.3 && to <= 4;

    private static string Plain(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);

    public static string Superscript(int number)
    {
        var text = new StringBuilder();
        foreach (var c in number.ToString(CultureInfo.InvariantCulture))
        {
            text.Append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        }

        return text.ToString();
    }

    // Between 0.32 and 0.38 there is no power of ten: even steps of the numbers themselves.
    private static AxisTicks Narrow(double from, double to, int most)
    {
        var (low, high) = (Math.Pow(10, from), Math.Pow(10, to));
        var step = LinearAxis.Step(high - low, Math.Max(2, most - 1));
        var isPlain = IsPlain(from, to) && step >= 1e-4;
        return new([.. LinearAxis.Steps(low, high, step).Select(value => (Math.Log10(value), isPlain ? Plain(value) : LinearAxis.Scientific(value)))], []);
    }
}
