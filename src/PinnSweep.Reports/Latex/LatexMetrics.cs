using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Latex;

/// <summary>
/// How wide words and numbers are in <c>\footnotesize</c> of a document at 10 pt: Latin Modern at 8 pt, which is wider than the typefaces of
/// journals. Widths decide where a table is divided, so they need be right to some points only.
/// </summary>
internal static class LatexMetrics
{
    /// <summary>Points between two columns.</summary>
    public const double Gap = 2 * ColumnSeparation;

    /// <summary>What <c>\tabcolsep</c> is set to.</summary>
    public const double ColumnSeparation = 3;

    // Wider than most letters and signs; what the fonts lack is written as its code point.
    private const double Unknown = 7;
    private const double Typewriter = 4.25;
    private const double Digit = 4.25;
    private const double Point = 2.36;

    // × 10 and the sign and the digits of an exponent at 6 pt, as \num sets them.
    private const double Power = 6.6 + 8.5 + 0.5;
    private const double SmallSign = 5.7;
    private const double SmallDigit = 3.7;

    // Widths of U+0020 to U+007E in thousandths of 8 pt, from lmr8's metrics (tftopl ec-lmr8.tfm).
    private static readonly ImmutableArray<short> Widths =
    [
        354, 295, 531, 885, 531, 885, 826, 295, 413, 413, 531, 826, 295, 354, 295, 531, 531, 531, 531, 531, 531, 531, 531, 531, 531, 531, 295, 295, 826, 826, 826, 502,
        826, 796, 752, 767, 811, 723, 693, 834, 796, 383, 546, 825, 664, 973, 796, 826, 723, 826, 782, 590, 767, 796, 796, 1091, 796, 796, 649, 295, 531, 295, 556, 796,
        295, 531, 590, 472, 590, 472, 325, 531, 590, 295, 325, 561, 295, 885, 590, 531, 590, 561, 414, 419, 413, 590, 561, 767, 561, 561, 472, 531, 295, 531, 556,
    ];

    /// <summary>The width of words.</summary>
    public static double Of(string text) => text.EnumerateRunes().Sum(rune =>
        rune.Value is >= ' ' and <= '~' ? Widths[rune.Value - ' '] * 8e-3
        : rune.Value == 0xa0 ? Of(" ")
        : rune.Value is '–' or '†' or '‡' ? Digit
        : LatexText.Escape(rune.ToString()) is ['\\', 't', 'e', 'x', 't', 't', 't', '{', .. var code, '}'] ? Typewriter * code.Length
        : Unknown);

    /// <summary>The width of a piece of a cell.</summary>
    public static double Of(Inline piece) => piece switch
    {
        Inline.Words words => Of(words.Text),

        // Bold letters are some 15 % wider.
        Inline.Strong strong => 1.15 * Of(strong.Text),
        Inline.Code code => Typewriter * code.Text.Length,
        Inline.Space => Of(" "),
        Inline.Scientific number => Scientific(number) + Marked(number.Emphasis),
        Inline.Decimal number => Of(NumberText.Decimal(number.Value, number.Digits)) + Marked(number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    private static double Scientific(Inline.Scientific number)
    {
        var (mantissa, exponent) = NumberText.Split(number.Value, number.Digits);
        var digits = mantissa.Sum(sign => sign is '.' ? Point : sign is '-' ? 6.6 : Digit);
        return exponent is not { } power ? digits : digits + Power + (power < 0 ? SmallSign : 0) + (SmallDigit * Math.Abs(power).ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
    }

    private static double Marked(Emphasis emphasis) => emphasis switch
    {
        Emphasis.None => 0,
        Emphasis.Best => 5,
        _ => 8,
    };
}
