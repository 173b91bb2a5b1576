using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Annotations;

/// <summary>What tags and notes may be: short enough to be shown everywhere, without signs that move a cursor.</summary>
public static class AnnotationRules
{
    /// <summary>Letters of a tag.</summary>
    public const int LongestTag = 40;

    /// <summary>Tags of a study.</summary>
    public const int MostTags = 20;

    /// <summary>Letters of a note.</summary>
    public const int LongestNote = 2000;

    /// <summary>Notes of a study.</summary>
    public const int MostNotes = 200;

    /// <summary>The tags, each once, in alphabetical order.</summary>
    /// <exception cref="UserMistakeException">One is none, or there are too many; all mistakes at once.</exception>
    public static ImmutableArray<string> Tags(IEnumerable<string> tags)
    {
        ImmutableArray<string> kept = [.. tags.Distinct().Order(StringComparer.Ordinal)];
        var mistakes = kept.Where(tag => !IsTag(tag))
            .Select(tag => FormattableString.Invariant($"tag {NearestMatch.Quote(tag)}: expected 1 to {LongestTag} letters, digits, '-', '_', '.' or ':' of ASCII, the first a letter or digit")).ToList();
        if (kept.Length > MostTags)
        {
            mistakes.Add(FormattableString.Invariant($"{kept.Length} tags: a study has at most {MostTags}"));
        }

        return mistakes.Count == 0 ? kept : throw new UserMistakeException(string.Join('\n', mistakes));
    }

    /// <summary>The note without blanks around it.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static string Note(string text)
    {
        var trimmed = text.Trim();
        return Words("note", trimmed, LongestNote) is { } mistake ? throw new UserMistakeException(mistake) : trimmed;
    }

    /// <summary>The level that <c>FACTOR=LABEL</c> names.</summary>
    /// <param name="words">As a user writes it.</param>
    /// <param name="labels">The labels of a factor in the study.</param>
    /// <exception cref="UserMistakeException">The study has no such level.</exception>
    public static (Factor Factor, string Label) Level(string words, Func<Factor, IReadOnlyCollection<string>> labels)
    {
        var sign = words.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0)
        {
            throw new UserMistakeException($"level {NearestMatch.Quote(words)}: expected FACTOR=LABEL, for instance balancer=relobralo");
        }

        var factor = FactorWords.FromWord(words[..sign])
            ?? throw new UserMistakeException($"level {NearestMatch.Quote(words)}: no factor is called so{NearestMatch.Hint(words[..sign], FactorWords.All.Select(known => known.ToWord()))}");
        var (label, known) = (words[(sign + 1)..], labels(factor));
        return known.Contains(label)
            ? (factor, label)
            : throw new UserMistakeException($"level {NearestMatch.Quote(words)}: the study has no such {factor.ToWord()}{NearestMatch.Hint(label, known)}");
    }

    /// <summary>What is wrong with some words; null for nothing.</summary>
    internal static string? Words(string what, string text, int longest) =>
        text.Length == 0 ? $"{what}: is empty"
        : text.Length > longest ? FormattableString.Invariant($"{what}: has {text.Length} letters; at most {longest} are kept")
        : text.Any(char.IsControl) ? $"{what}: {NearestMatch.Quote(text)} has a line break, a tab or another control character; write one line"
        : !IsText(text) ? $"{what}: {NearestMatch.Quote(text)} is no text: half of a character is missing"
        : null;

    private static bool IsTag(string tag) => tag.Length is > 0 and <= LongestTag && char.IsAsciiLetterOrDigit(tag[0])
        && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');

    private static bool IsText(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var taken) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[taken..];
        }

        return true;
    }
}
