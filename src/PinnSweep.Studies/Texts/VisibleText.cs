using System.Globalization;
using System.Text;

namespace PinnSweep.Studies.Texts;

/// <summary>
/// Text of people and machines (labels, notes, names of hosts, words of a fault) as it may be shown: whatever moves a cursor, turns the
/// direction of writing, or cannot be seen stands there as its escape sequence. JSON reads the same escape as the same character, so JSON
/// on a terminal stays exact.
/// </summary>
public static class VisibleText
{
    /// <summary>One line: ends of lines and tabs become blanks.</summary>
    public static string Line(string text) => Of(text, isLine: true);

    /// <summary>Several lines: ends of lines and tabs stay.</summary>
    public static string Lines(string text) => Of(text, isLine: false);

    private static string Of(string text, bool isLine)
    {
        var first = 0;
        while (first < text.Length && text[first] is >= ' ' and <= '~')
        {
            first++;
        }

        // Nearly every text ends here.
        return first == text.Length ? text : string.Concat(text.AsSpan(0, first), Rest(text.AsSpan(first), isLine));
    }

    private static string Rest(ReadOnlySpan<char> text, bool isLine)
    {
        var shown = new StringBuilder(text.Length + 16);
        Span<char> codes = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                shown.Append(isLine ? ' ' : (char)rune.Value);
            }
            else if (rune.Value is '\r' && isLine)
            {
                shown.Append(' ');
            }
            else if (IsSeen(rune))
            {
                shown.Append(rune);
            }
            else
            {
                foreach (var code in codes[..rune.EncodeToUtf16(codes)])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)code:X4}");
                }
            }
        }

        return shown.ToString();
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        // Letters and marks by category, and nothing to be seen: joiners and the fillers of Hangul.
        && rune.Value is not (0x034f or 0x115f or 0x1160 or 0x3164 or 0xffa0);
}
