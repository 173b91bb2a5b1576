using System.Text;
using System.Text.RegularExpressions;

namespace PinnSweep.Reports.Texts;

/// <summary>
/// Words as GitHub's Markdown shows them: labels, notes and reasons come from people, and no link, picture, tag or heading comes into being
/// that the report did not mean. Only what would be read as markup is escaped, so that ordinary words stay readable in the source. Two
/// things are markup in our own texts too, as in the HTML: <c>**Bold**</c> and words between backticks.
/// </summary>
public static partial class MarkdownText
{
    /// <summary>Words within a line or a cell of a table.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var from = 0;
        foreach (Match own in Own().Matches(text))
        {
            Append(escaped, text, from, own.Index);
            // A bar divides cells even within code.
            escaped.Append(own.Value.Replace("|", "\\|", StringComparison.Ordinal));
            from = own.Index + own.Length;
        }

        Append(escaped, text, from, text.Length);
        return escaped.ToString();
    }

    /// <summary>Words that begin a line.</summary>
    public static string EscapeLine(string text)
    {
        var escaped = Escape(text.TrimStart());
        return Block().Match(escaped) is { Success: true } block ? $"{escaped[..block.Groups["sign"].Index]}\\{escaped[block.Groups["sign"].Index..]}" : escaped;
    }

    /// <summary>A word as code, whatever it holds.</summary>
    public static string Code(string text)
    {
        var fence = new string('`', 1 + Ticks().Matches(text).Select(ticks => ticks.Length).DefaultIfEmpty().Max());
        var pad = fence.Length > 1 ? " " : "";
        return $"{fence}{pad}{text.Replace("|", "\\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    /// <summary>The words of a cell, escapes and markup taken away.</summary>
    public static string Plain(string cell) => Entity().Replace(
        Escaped().Replace(cell.Replace("**", "", StringComparison.Ordinal).Replace("<br>", " ", StringComparison.Ordinal), match => match.Value is "`" ? "" : match.Value[1..]),
        match => match.Value == "&lt;" ? "<" : "&");

    private static void Append(StringBuilder escaped, string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var (c, before, after) = (text[i], At(text, i - 1), At(text, i + 1));
            _ = c switch
            {
                '\\' or '|' or '`' => escaped.Append('\\').Append(c),
                // A number after < is no tag, and p values are easier to read as they are.
                '<' when char.IsAsciiLetter(after) || after is '/' or '!' or '?' => escaped.Append("&lt;"),
                '&' when Reference().IsMatch(text.AsSpan(i)) => escaped.Append("&amp;"),
                // What makes a link of a bracket; an interval is none.
                ']' when after is '(' or '[' or ':' => escaped.Append("\\]"),
                '*' when !char.IsWhiteSpace(before) || !char.IsWhiteSpace(after) => escaped.Append("\\*"),
                '_' when !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)) && !(char.IsWhiteSpace(before) && char.IsWhiteSpace(after)) => escaped.Append("\\_"),
                '~' when before == '~' || after == '~' => escaped.Append("\\~"),
                // GitHub makes links of bare addresses.
                ':' when char.IsAsciiLetter(before) && after == '/' && At(text, i + 2) == '/' => escaped.Append("\\:"),
                '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase) => escaped.Append("\\."),
                _ => escaped.Append(c),
            };
        }
    }

    private static char At(string text, int index) => index >= 0 && index < text.Length ? text[index] : ' ';

    [GeneratedRegex(@"\*\*Bold\*\*|`[^`]+`")]
    private static partial Regex Own();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"^&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")]
    private static partial Regex Reference();

    // Headings, lists, quotations, and rules under or in place of a line.
    [GeneratedRegex(@"^(?:(?<sign>#)#{0,5}(?=\s|$)|(?<sign>>)|(?<sign>[-+*])(?=\s|$)|\d{1,9}(?<sign>[.)])(?=\s|$)|(?<sign>[-=])[-=\s]*$)")]
    private static partial Regex Block();

    [GeneratedRegex(@"\\[!-/:-@\[-`{-~]|`")]
    private static partial Regex Escaped();

    [GeneratedRegex("&lt;|&amp;")]
    private static partial Regex Entity();
}
