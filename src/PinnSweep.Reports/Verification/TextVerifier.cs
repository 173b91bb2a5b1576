using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Verification;

/// <summary>
/// Compares the numbers of a text with those that the store gives for it: the words may have been rewritten and sentences left out, but a
/// number that stands there must be one of the store's, in its order. Hashes and names with digits are numbers too.
/// </summary>
internal static partial class TextVerifier
{
    /// <summary>What the text has otherwise.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="printed">As it stands there.</param>
    /// <param name="stored">As the store gives it.</param>
    public static Verification Of(string name, string printed, string stored)
    {
        var (mine, theirs) = (Tokens(printed), Tokens(stored));
        var lengths = new int[mine.Length + 1, theirs.Length + 1];
        for (var i = mine.Length - 1; i >= 0; i--)
        {
            for (var k = theirs.Length - 1; k >= 0; k--)
            {
                lengths[i, k] = Agree(mine[i].Text, theirs[k].Text) ? 1 + lengths[i + 1, k + 1] : Math.Max(lengths[i + 1, k], lengths[i, k + 1]);
            }
        }

        var differences = ImmutableArray.CreateBuilder<TableDifference>();
        var (at, to) = (0, 0);
        while (at < mine.Length)
        {
            if (to < theirs.Length && Agree(mine[at].Text, theirs[to].Text))
            {
                (at, to) = (at + 1, to + 1);
            }
            else if (to < theirs.Length && lengths[at, to + 1] >= lengths[at + 1, to] && lengths[at, to + 1] > lengths[at + 1, Math.Min(to + 1, theirs.Length)])
            {
                to++;
            }
            else
            {
                // A changed number stands in the place of one of the store's.
                var isChanged = to < theirs.Length && lengths[at + 1, to + 1] == lengths[at, to];
                differences.Add(new(name, "", "", mine[at].Text, isChanged ? theirs[to].Text : "no such number there") { Line = mine[at].Line });
                (at, to) = (at + 1, isChanged ? to + 1 : to);
            }
        }

        return new([name], mine.Length, differences.ToImmutable());
    }

    private static bool Agree(string printed, string stored) => printed == stored
        || (PrintedNumbers.Of(printed) is [var one] && PrintedNumbers.Of(stored) is [var other] && one.Text.Length == printed.Length && other.Text.Length == stored.Length && one.Agrees(other));

    // What cites, refers or names is no number, and a comment is not printed.
    private static ImmutableArray<(string Text, int Line)> Tokens(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Split('\n').SelectMany((line, i) => Token()
            .Matches(Reference().Replace(Comment().Replace(line, ""), " ").Replace(LatexText.Break, "", StringComparison.Ordinal).Replace("\\_", "_", StringComparison.Ordinal))
            .Select(token => (token.Value.TrimEnd('.', '-', ':'), i + 1))),
    ];

    [GeneratedRegex(@"(?<!\\)%.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"~?\\(?:cite|citep|citet|ref|label|input|cref)\{[^}]*\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<![\w.])\d{1,3}(?:,\d{3})+(?!\w)|[\w.+:/-]*\d[\w.+:/-]*")]
    private static partial Regex Token();
}
