using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>Round numbers on a short axis, as many as have room.</summary>
internal static class RoundTicks
{
    /// <summary>How far a text may reach beyond the ends of its axis.</summary>
    public const float Beyond = 6;

    private static readonly double[] Steps = [1, 2, 5];

    /// <summary>The middle of a text: at its tick, or as near as it stays within reach of the axis.</summary>
    public static float Middle(float place, float half, float room) => Math.Clamp(place, Math.Min(room / 2, half - Beyond), Math.Max(room / 2, room + Beyond - half));

    /// <summary>Ticks with their texts.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="isLog">Whether only powers of ten are round.</param>
    /// <param name="room">Length of the axis.</param>
    /// <param name="widthOf">Width of a text.</param>
    public static ImmutableArray<(double At, string Text)> Of(double low, double high, bool isLog, float room, Func<string, float> widthOf) =>
        Fitting(isLog ? Decades(low, high) : Rounds(low, high), low, high, isLog, room, widthOf);

    /// <summary>Ticks of a logarithmic axis: powers of ten, and where there are not two of them twice and five times these.</summary>
    public static ImmutableArray<(double At, string Text)> Logarithmic(Interval ends, float room, Func<string, float> widthOf)
    {
        var isLong = Math.Floor(Math.Log10(ends.Upper) + 1e-9) - Math.Ceiling(Math.Log10(ends.Lower) - 1e-9) >= 1;
        return Fitting(isLong ? Decades(ends.Lower, ends.Upper) : Parts(ends), ends.Lower, ends.Upper, true, room, widthOf);
    }

    private static ImmutableArray<(double At, string Text)> Fitting(
        IEnumerable<ImmutableArray<(double At, string Text)>> choices, double low, double high, bool isLog, float room, Func<string, float> widthOf)
    {
        foreach (var ticks in choices)
        {
            // Between two numbers lies at least the width of a letter.
            var places = ticks.Select(tick => widthOf(tick.Text) / 2 is var half ? (Middle: Middle(room * Place(tick.At), half, room), Half: half) : default).ToArray();
            if (places.Zip(places.Skip(1)).All(pair => pair.First.Middle + pair.First.Half + 6 < pair.Second.Middle - pair.Second.Half))
            {
                return ticks;
            }
        }

        return [];

        float Place(double at) => (float)(isLog ? Math.Log10(at / low) / Math.Log10(high / low) : (at - low) / (high - low));
    }

    private static IEnumerable<ImmutableArray<(double At, string Text)>> Decades(double low, double high)
    {
        var (first, last) = ((int)Math.Ceiling(Math.Log10(low) - 1e-9), (int)Math.Floor(Math.Log10(high) + 1e-9));
        for (var every = 1; every <= Math.Max(1, last - first); every++)
        {
            yield return [.. Enumerable.Range(0, Math.Max(0, ((last - first) / every) + 1)).Select(i => first + (i * every)).Select(exponent => (Math.Pow(10, exponent), "10" + LogAxis.Superscript(exponent)))];
        }

        yield return first <= last ? [(Math.Pow(10, last), "10" + LogAxis.Superscript(last))] : [];
    }

    private static IEnumerable<ImmutableArray<(double At, string Text)>> Parts(Interval ends)
    {
        foreach (var digits in new double[][] { [1, 2, 5], [1, 5], [1, 3], [2], [5], [1] })
        {
            ImmutableArray<(double At, string Text)> ticks =
            [
                .. Enumerable.Range((int)Math.Floor(Math.Log10(ends.Lower)), 3).SelectMany(exponent => digits.Select(digit => (At: digit * Math.Pow(10, exponent), Text: Part(digit, exponent))))
                    .Where(tick => tick.At >= ends.Lower && tick.At <= ends.Upper),
            ];
            if (!ticks.IsEmpty)
            {
                yield return ticks;
            }
        }
    }

    private static string Part(double digit, int exponent) => exponent is >= -3 and <= 3
        ? (digit * Math.Pow(10, exponent)).ToString("0.###", CultureInfo.InvariantCulture)
        : $"{(digit == 1 ? "" : digit.ToString("0", CultureInfo.InvariantCulture) + "×")}10{LogAxis.Superscript(exponent)}";

    // From about six numbers down to two; where no two have room, the ends themselves.
    private static IEnumerable<ImmutableArray<(double At, string Text)>> Rounds(double low, double high)
    {
        if (!(high > low))
        {
            yield break;
        }

        var exponent = (int)Math.Floor(Math.Log10((high - low) / 6));
        for (var i = 0; i < 9; i++)
        {
            var step = Steps[i % 3] * Math.Pow(10, exponent + (i / 3));
            var (first, last) = ((long)Math.Ceiling((low / step) - 1e-9), (long)Math.Floor((high / step) + 1e-9));
            if (last - first + 1 is > 1 and <= 7)
            {
                yield return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(n => (first + n) * step).Select(at => (at, Text(at, step)))];
            }
        }

        yield return [(low, Text(low, (high - low) / 100)), (high, Text(high, (high - low) / 100))];
    }

    /// <summary>A number with as many digits as steps of this size need.</summary>
    public static string Text(double value, double step)
    {
        if (Math.Abs(value) < step / 2)
        {
            return "0";
        }

        var size = Math.Abs(value);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var text = size is >= 1e-3 and < 1e5
            ? size.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : size.ToString("0.#e0", CultureInfo.InvariantCulture);
        return value < 0 ? "−" + text : text;
    }
}
