using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Measures and fits the words of one figure. What does not fit is shortened in its middle, because names that are alike differ at their
/// ends, and is remembered: the figure's title tells it in full.
/// </summary>
internal sealed class FigureText : IDisposable
{
    /// <summary>Height of type.</summary>
    public const float Size = 12;

    /// <summary>Of titles and names of axes.</summary>
    public const float Heading = 12.5f;

    /// <summary>The smallest: 6.6 points in a column.</summary>
    public const float Least = 10.5f;

    /// <summary>From the middle of a line of type to its base.</summary>
    public const float Drop = 0.36f;

    private static readonly float[] Shares = [0.6f, 0.4f, 0.75f, 0.25f, 0.9f, 0.1f];
    private readonly Dictionary<string, string> _shortened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float> _widths = new(StringComparer.Ordinal);

    public SKFont Regular { get; } = Font(false, Size);

    public SKFont Label { get; } = Font(false, Heading);

    public SKFont Bold { get; } = Font(true, Heading);

    public SKFont Small { get; } = Font(false, Least);

    /// <summary>What was shortened, and the whole of it.</summary>
    public IReadOnlyDictionary<string, string> Shortened => _shortened;

    /// <summary>How wide a word of an axis is: panels have the same ones, and each grid that is tried asks again.</summary>
    public float Width(string word)
    {
        if (!_widths.TryGetValue(word, out var width))
        {
            _widths.Add(word, width = Regular.MeasureText(word));
        }

        return width;
    }

    /// <summary>Forgets what was shortened, before another layout is tried.</summary>
    public void Forget() => _shortened.Clear();

    /// <summary>The text, or as much of its beginning and end as has room; two texts of a figure are not shortened to the same one.</summary>
    public string Fitted(string text, SKFont font, float width)
    {
        if (font.MeasureText(text) <= width)
        {
            return text;
        }

        var cut = "";
        foreach (var share in Shares)
        {
            cut = Cut(text, font, width, share);
            if (!_shortened.TryGetValue(cut, out var whole) || whole == text)
            {
                break;
            }
        }

        _shortened[cut] = text;
        return cut;
    }

    /// <summary>The text on so many lines, divided where words end; the last is shortened.</summary>
    public string[] Lines(string text, SKFont font, float width, int most)
    {
        var lines = new List<string>();
        var rest = text;
        while (lines.Count < most - 1 && font.MeasureText(rest) > width && Break(rest, font, width) is var at and > 0)
        {
            lines.Add(rest[..at].TrimEnd());
            rest = rest[at..].TrimStart();
        }

        var last = Fitted(rest, font, width);
        if (last != rest)
        {
            _shortened[last] = text;
        }

        return [.. lines, last];
    }

    public void Dispose()
    {
        Regular.Dispose();
        Label.Dispose();
        Bold.Dispose();
        Small.Dispose();
    }

    private static SKFont Font(bool isBold, float size) => new(FigureFont.Install().Face(isBold), size) { Subpixel = true };

    private static string Cut(string text, SKFont font, float width, float share)
    {
        var (low, high) = (0, text.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = font.MeasureText(Kept(text, middle, share)) <= width ? (middle, high) : (low, middle - 1);
        }

        return Kept(text, low, share);
    }

    // Never half of a pair of surrogates.
    private static string Kept(string text, int count, float share)
    {
        var head = (int)Math.Ceiling(count * share);
        var tail = text.Length - (count - head);
        head -= head > 0 && char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += tail < text.Length && char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return $"{text[..head].TrimEnd(' ', '.', '-', '_')}…{text[tail..].TrimStart(' ', '.', '-', '_')}";
    }

    private static int Break(string text, SKFont font, float width)
    {
        var best = 0;
        for (var i = 1; i < text.Length && font.MeasureText(text.AsSpan(0, i)) <= width; i++)
        {
            best = text[i] != ' ' && (text[i - 1] is ' ' or '-' or '_' or ',' or '/' or ':' || (text[i - 1] == '.' && char.IsLetter(text[i]))) ? i : best;
        }

        return best;
    }
}
