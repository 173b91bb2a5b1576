using System.Text;
using System.Text.RegularExpressions;

namespace PinnSweep.Architecture.Tests.Documents;

/// <summary>The command lines of PinnSweep that stand in a line of a shell, each in words.</summary>
internal static partial class ShellWords
{
    /// <summary>What follows each <c>pinnsweep</c> up to the end of its command.</summary>
    public static IEnumerable<string[]> CommandLines(string line) =>
        Program().Matches(line).Select(match => Words(line.AsSpan(match.Index + match.Length)));

    /// <summary>Lines that end with a backslash go on in the next.</summary>
    public static IEnumerable<string> Joined(IEnumerable<string> lines) => string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');

    /// <summary>The words of one command; quotes hold words together, and a comment, a pipe or the next command ends it.</summary>
    public static string[] Words(ReadOnlySpan<char> text)
    {
        var (words, word, quote) = (new List<string>(), new StringBuilder(), '\0');
        foreach (var c in text)
        {
            if (quote != '\0' || c is '\'' or '"')
            {
                quote = quote == '\0' ? c : c == quote ? '\0' : quote;
                word.Append(c);
            }
            else if (c is ';' or '|' or '&' or '>' or '<' or ')' || (c == '#' && word.Length == 0))
            {
                break;
            }
            else if (c == ' ')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words.Append(word.ToString()).Where(found => found.Length > 0)];
    }

    // Not the name of a user, a group or a namespace, which follows an option of one letter.
    [GeneratedRegex(@"(?<![\w./-]|-[a-zA-Z] )(?:\./)?pinnsweep ")]
    private static partial Regex Program();
}
