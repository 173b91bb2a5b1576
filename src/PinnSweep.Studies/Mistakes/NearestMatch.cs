using System.Globalization;
using System.Text;

namespace PinnSweep.Studies.Mistakes;

/// <summary>The allowed word that a mistyped one probably meant.</summary>
public static class NearestMatch
{
    /// <summary>
    /// The candidate with the smallest Damerau–Levenshtein distance (adjacent swaps count once, case counts nothing), the first of several;
    /// null where none is closer than about a third of its letters, unless the word begins or ends a candidate.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 100)
        {
            return null;
        }

        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            var near = distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
            var part = word.Length >= 3 &&
                (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) || candidate.EndsWith(word, StringComparison.OrdinalIgnoreCase));
            if ((near || part) && distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>
    /// The end of a message about an unknown word: <c>; nearest 'relobralo'; allowed: gradnorm, relobralo</c>, the first part only where a
    /// match is near.
    /// </summary>
    public static string Hint(string word, IEnumerable<string> allowed)
    {
        // What is allowed may come from the file itself, where there is no end to it.
        const int Most = 100;
        var words = allowed.Select(one => one.Length > Most ? $"{one[..Most]}…" : one).ToList();
        var nearest = Of(word, words) is { } match ? $"; nearest '{match}'" : "";
        return words.Count == 0 ? $"{nearest}; nothing is allowed here"
            : $"{nearest}; allowed: {string.Join(", ", words.Take(Most))}{(words.Count > Most ? FormattableString.Invariant($" and {words.Count - Most:N0} more") : "")}";
    }

    /// <summary>What a user wrote, in quotes, on one line and cut to a readable length.</summary>
    public static string Quote(string text)
    {
        const int Longest = 60;
        var shown = new StringBuilder("'");
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            shown.Append(char.IsControl(letter) || char.IsSurrogate(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format ? '·' : letter);
        }

        return shown.Append(text.Length > Longest ? "…'" : "'").ToString();
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        var row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[^1];
    }
}
