using System.Globalization;
using System.Text.RegularExpressions;

namespace PinnSweep.Reports.Printed;

/// <summary>A number as it is printed.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Value of one unit of its last digit.</param>
internal readonly record struct PrintedNumber(string Text, double Value, double Unit)
{
    /// <summary>Whether both round one value: the same digits, or one of them rounded further.</summary>
    public bool Agrees(PrintedNumber stored)
    {
        var (fine, coarse) = Unit <= stored.Unit ? (Unit, stored.Unit) : (stored.Unit, Unit);
        var slack = coarse > fine * 1.5 ? 0.5 * (coarse + fine) : 0;
        // A key of digits around an e is beyond every number.
        return Text == stored.Text || Math.Abs(Value - stored.Value) <= slack + (1e-6 * fine);
    }
}

/// <summary>Numbers in the text of a cell, in any of the forms that reports and papers print.</summary>
internal static partial class PrintedNumbers
{
    /// <summary>All numbers of a text, left to right.</summary>
    public static PrintedNumber[] Of(string text)
    {
        var plain = text.Replace('−', '-').Replace("\u2009", "", StringComparison.Ordinal).Replace("\u00a0", " ", StringComparison.Ordinal);
        plain = Thousands().Replace(Power().Replace(plain, "e$1"), "");
        return [.. Pattern().Matches(plain).Select(Parse)];
    }

    private static PrintedNumber Parse(Match match)
    {
        var exponent = match.Groups["exponent"].Success ? int.Parse(match.Groups["exponent"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new(match.Value, double.Parse(match.ValueSpan, CultureInfo.InvariantCulture), Math.Pow(10, exponent - match.Groups["decimals"].Length));
    }

    // A digit inside a word belongs to a name.
    [GeneratedRegex(@"(?<![\p{L}\d_.])-?\d+(?:\.(?<decimals>\d+))?(?:[eE](?<exponent>[+-]?\d{1,4})(?!\d))?")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\s*(?:×|\\times|\\cdot)\s*10\s*\^?\s*\{?([+-]?\d+)\}?")]
    private static partial Regex Power();

    [GeneratedRegex(@"(?<=\d),(?=\d{3}(?!\d))")]
    private static partial Regex Thousands();
}
