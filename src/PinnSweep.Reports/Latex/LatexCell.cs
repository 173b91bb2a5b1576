using System.Collections.Immutable;
using System.Text;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Latex;

/// <summary>What is not divided between lines: a word, a number, an interval in brackets.</summary>
/// <param name="Text">As LaTeX.</param>
/// <param name="Width">In points.</param>
internal readonly record struct LatexToken(string Text, double Width);

/// <summary>A cell as LaTeX sets it: a number that is aligned with those above and below, and the words below or in place of it.</summary>
/// <param name="Figure">The number; null where there are words alone.</param>
/// <param name="Words">What follows it, or all of the cell.</param>
internal sealed record LatexCell(Inline? Figure, ImmutableArray<LatexToken> Words)
{
    private const double Rounding = 0.01;
    private static readonly double Blank = LatexMetrics.Of(" ");

    /// <summary>The words in one line.</summary>
    public double Natural => Words.Sum(word => word.Width) + (Blank * Math.Max(0, Words.Length - 1));

    /// <summary>The longest of them.</summary>
    public double Longest => Words.Select(word => word.Width).DefaultIfEmpty().Max();

    /// <summary>A cell.</summary>
    /// <param name="cell">Its pieces.</param>
    /// <param name="isStacked">Whether an interval stands below its number.</param>
    public static LatexCell Of(TableCell cell, bool isStacked)
    {
        var pieces = cell.Pieces;
        return pieces is [Inline.Scientific or Inline.Decimal, ..] && IsFinite(pieces[0]) && (pieces.Length == 1 || (isStacked && MayStandBelow(pieces[1])))
            ? new(pieces[0], Tokens(pieces.Skip(1)))
            : new(null, Tokens(pieces));
    }

    /// <summary>The words of a heading: none is longer than some twenty letters.</summary>
    public static LatexCell Heading(string text) => new(null, [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Pieces).Select(word => new LatexToken(LatexText.Escape(word), LatexMetrics.Of(word)))]);

    /// <summary>The words in lines that are no wider.</summary>
    public IEnumerable<string> Lines(double width)
    {
        var (line, taken) = (new StringBuilder(), 0.0);
        foreach (var word in Words)
        {
            // A column has the width of its widest cell, added up in another order.
            if (line.Length > 0 && taken + Blank + word.Width > width + Rounding)
            {
                yield return line.ToString();
                (line, taken) = (new StringBuilder(), 0);
            }

            taken += (line.Length > 0 ? Blank : 0) + word.Width;
            line.Append(line.Length > 0 ? " " : "").Append(word.Text);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    /// <summary>The number as a column of <c>siunitx</c> takes it.</summary>
    public string Aligned => Figure switch
    {
        Inline.Scientific number => Marked(NumberText.Scientific(number.Value, number.Digits), number.Emphasis),
        Inline.Decimal number => Marked(NumberText.Decimal(number.Value, number.Digits), number.Emphasis),
        _ => "",
    };

    private static string Marked(string number, Emphasis emphasis) => emphasis switch
    {
        Emphasis.None => number,
        Emphasis.Best => $"\\bfseries {number}",
        _ => $"{number} {{{Sign(emphasis)}}}",
    };

    /// <summary>The sign of an emphasis with the little space before it.</summary>
    public static string Sign(Emphasis emphasis) => $"\\,{LatexText.Escape(StandingWords.Sign(emphasis))}";

    // What an interval's end is to its beginning is not what an interval is to a mean.
    private static bool MayStandBelow(Inline next) => next is Inline.Space || (next is Inline.Words { Text: [' ', not '–', ..] });

    private static bool IsFinite(Inline piece) => piece is Inline.Scientific { Value: var power } ? double.IsFinite(power) : piece is Inline.Decimal { Value: var value } && double.IsFinite(value);

    private static ImmutableArray<LatexToken> Tokens(IEnumerable<Inline> pieces)
    {
        var tokens = ImmutableArray.CreateBuilder<LatexToken>();
        var (text, width, depth) = (new StringBuilder(), 0.0, 0);
        foreach (var piece in pieces)
        {
            if (piece is Inline.Space)
            {
                End();
            }
            else if (piece is Inline.Words words)
            {
                foreach (var part in Parts(words.Text.Replace(" – ", "\u00a0–\u00a0", StringComparison.Ordinal)))
                {
                    // An interval keeps together.
                    if (part == " " && depth == 0)
                    {
                        End();
                    }
                    else
                    {
                        depth = Math.Max(0, depth + part.Count(sign => sign == '[') - part.Count(sign => sign == ']'));
                        Add(LatexText.Breakable(part), LatexMetrics.Of(part));
                    }
                }
            }
            else
            {
                Add(Text(piece), LatexMetrics.Of(piece));
            }
        }

        End();
        return tokens.ToImmutable();

        void Add(string latex, double points) => (text, width) = (text.Append(latex), width + points);

        void End()
        {
            if (text.Length > 0)
            {
                tokens.Add(new(text.ToString(), width));
            }

            (text, width) = (new StringBuilder(), 0);
        }
    }

    private static IEnumerable<string> Parts(string words)
    {
        var parts = words.Split(' ');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                yield return " ";
            }

            if (parts[i].Length > 0)
            {
                yield return parts[i];
            }
        }
    }

    private static string Text(Inline piece) => piece switch
    {
        Inline.Strong strong => $"\\textbf{{{LatexText.Breakable(strong.Text)}}}",
        Inline.Code code => $"\\texttt{{{LatexText.Breakable(code.Text)}}}",
        Inline.Scientific number => Number(NumberText.Scientific(number.Value, number.Digits), number.Value, number.Emphasis),
        Inline.Decimal number => Number(NumberText.Decimal(number.Value, number.Digits), number.Value, number.Emphasis),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    private static string Number(string number, double value, Emphasis emphasis)
    {
        var text = double.IsFinite(value) ? $"\\num{{{number}}}" : number;
        return emphasis switch
        {
            Emphasis.None => text,
            Emphasis.Best => $"{{\\bfseries {text}}}",
            _ => text + Sign(emphasis),
        };
    }

    private static IEnumerable<string> Pieces(string word)
    {
        const int Most = 20;
        for (var i = 0; i < word.Length; i += Most)
        {
            // No pair of surrogates is divided.
            var from = i > 0 && char.IsLowSurrogate(word[i]) ? i + 1 : i;
            var to = Math.Min(word.Length, i + Most);
            yield return word[from..(to < word.Length && char.IsLowSurrogate(word[to]) ? to + 1 : to)];
        }
    }
}
