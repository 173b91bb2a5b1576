using System.Globalization;
using System.Text;

namespace PinnSweep.Studies.Texts;

/// <summary>Labels that people give to levels: what may stand in one, and which of them look the same.</summary>
public static class LabelText
{
    /// <summary>Longer labels make tables and figures that nobody can read.</summary>
    public const int Longest = 60;

    // Pairs: a capital letter of Greek or Cyrillic, a dash or an apostrophe, and the one of the keyboard that it is drawn as.
    private const string Drawn = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXАAВBСCЕEЅSІIЈJКKМMНHОOРPТTУYХXԚQԜW‐-‑-–-—-−-’'‘'";

    /// <summary>
    /// Labels that look the same: case, blanks, wide forms and letters of Greek and Cyrillic that are drawn as Latin ones count nothing.
    /// </summary>
    public static IEqualityComparer<string> SameToTheEye { get; } = new Eye();

    /// <summary>What is wrong with a label, or null.</summary>
    public static string? WhyNot(string text) =>
        text.Length == 0 ? "is empty"
        : string.IsNullOrWhiteSpace(text) ? "holds only blanks"
        : text.Length > Longest ? FormattableString.Invariant($"has {text.Length} characters; a label has at most {Longest}")
        : char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) ? "begins or ends with a blank"
        : VisibleText.Line(text) != text || text.Any(char.IsControl) ? "holds a character that cannot be seen"
        : text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) ? "holds a mark that is set over another letter; write the letter in one piece"
        : null;

    private sealed class Eye : IEqualityComparer<string>
    {
        public bool Equals(string? first, string? second) => first == second || (first is not null && second is not null && Seen(first) == Seen(second));

        public int GetHashCode(string text) => StringComparer.Ordinal.GetHashCode(Seen(text));

        private static string Seen(string text)
        {
            var seen = new StringBuilder(text.Length);
            foreach (var letter in text)
            {
                if (char.IsWhiteSpace(letter))
                {
                    seen.Append(seen.Length > 0 && seen[^1] != ' ' ? " " : "");
                    continue;
                }

                var narrow = letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - 0xfee0) : letter;
                var capital = char.ToUpperInvariant(narrow);
                var at = Drawn.IndexOf(capital, StringComparison.Ordinal);
                seen.Append(at >= 0 && at % 2 == 0 ? Drawn[at + 1] : capital);
            }

            return seen.ToString();
        }
    }
}
