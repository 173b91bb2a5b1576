using System.Text;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The text of an expression, how far it is read, and how what was read is spelled in plain ASCII.</summary>
internal sealed class ExpressionCursor(string text)
{
    private readonly List<(int Start, int Length, string With)> _spellings = [];

    /// <summary>The text as it was written.</summary>
    public string Text => text;

    /// <summary>The next character, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Whether the rest is blank.</summary>
    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return Position == text.Length;
        }
    }

    /// <summary>The next character that is not blank; a zero at the end.</summary>
    public char Next
    {
        get
        {
            SkipSpace();
            return Position < text.Length ? text[Position] : '\0';
        }
    }

    /// <summary>Says how a part is spelled, so that the same expression has the same text whatever it was written with.</summary>
    public void Spell(int start, int length, string with) => _spellings.Add((start, length, with));

    /// <summary>The text without blanks, and with what <see cref="Spell"/> said; it reads as the same expression.</summary>
    public string Plain()
    {
        var (plain, at) = (new StringBuilder(), 0);
        foreach (var (start, length, with) in _spellings.OrderBy(spelling => spelling.Start))
        {
            plain.Append(text, at, start - at).Append(with);
            at = start + length;
        }

        return string.Concat(plain.Append(text, at, text.Length - at).ToString().Where(letter => !char.IsWhiteSpace(letter)));
    }

    public bool Ahead(string token)
    {
        SkipSpace();
        return text.AsSpan(Position).StartsWith(token, StringComparison.Ordinal);
    }

    public bool Take(char symbol)
    {
        if (Next != symbol || Position >= text.Length)
        {
            return false;
        }

        Position++;
        return true;
    }

    public void Require(char symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    public void SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
    }

    /// <summary>What is said of whatever stands next.</summary>
    public ExpressionException Unexpected(string expected)
    {
        var before = text[..Math.Min(Position, text.Length)].TrimEnd() is [.., var last] ? last : '\0';
        return Position >= text.Length ? new(Position + 1, $"the expression ends where {expected} is expected")
            : !char.IsAscii(text[Position]) ? new(Position + 1, ForeignCharacters.Why(text, Position))
            : new(Position + 1, $"'{text[Position]}' stands where {expected} is expected{Advice(text[Position], before)}");
    }

    private string Advice(char symbol, char before) => symbol switch
    {
        '(' => "; a product is written with '*'",
        '|' => "; the size of u is written abs(u)",
        '[' or ']' or '{' or '}' => "; parentheses are ( and )",
        '\'' when char.IsAsciiLetterOrDigit(before) => "; derivatives are written u_x, u_xx",
        ',' when char.IsAsciiDigit(before) && Position + 1 < text.Length && char.IsAsciiDigit(text[Position + 1]) => "; numbers have a decimal point, 0.5",
        ',' => "; a comma stands between the arguments of a function",
        '<' or '>' => "; comparisons stand in where(x < 0.5, a, b)",
        '&' => "; a condition of two parts is written 0 < x < 1, or one where(…) in another",
        '=' when before is '=' or ':' => "; an equation has one '='",
        '!' => "; there are no factorials and no negations",
        _ when before == ')' && char.IsAsciiLetter(symbol) => "; a product is written with '*'",
        _ => "",
    };
}
