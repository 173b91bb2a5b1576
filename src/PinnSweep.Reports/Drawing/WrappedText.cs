using System.Collections.Immutable;
using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>Names in lines that fit their room: broken at spaces and after hyphens, within a word where the word alone is too wide.</summary>
internal static class WrappedText
{
    /// <summary>The lines; one empty line for no text.</summary>
    public static ImmutableArray<string> Lines(string text, SKFont font, float width)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var rest = text;
        while (rest.Length > 1 && font.MeasureText(rest) > width)
        {
            var fits = Math.Max(1, Enumerable.Range(1, rest.Length - 1).TakeWhile(length => font.MeasureText(rest[..length]) <= width).LastOrDefault());
            var cut = Enumerable.Range(1, fits).LastOrDefault(at => rest[at] == ' ' || rest[at - 1] is ' ' or '-', fits);
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        lines.Add(rest);
        return lines.ToImmutable();
    }
}
