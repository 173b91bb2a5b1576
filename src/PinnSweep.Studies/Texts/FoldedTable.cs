using System.Text;

namespace PinnSweep.Studies.Texts;

/// <summary>What becomes of columns that a line has no room for.</summary>
public enum Folding
{
    /// <summary>They follow as a table of their own, below the first, whose first column is repeated: for tables that are read as a whole.</summary>
    Below,

    /// <summary>Every row goes on in the next line: for lists, which are read row by row.</summary>
    RowByRow,
}

/// <summary>
/// A table as lines of a given width. What does not fit is broken between words of text first, then columns are folded; a number, and what
/// belongs to it, stays in one piece.
/// </summary>
public static class FoldedTable
{
    private const int Between = 2;
    private const int Indent = 4;

    // Narrower text is a ladder of words; one word alone may be longer.
    private const int LeastText = 20;
    private const int LongestWord = 30;

    /// <summary>The pieces of a text: its words, each with the blanks before it beyond the one that parts them.</summary>
    public static string[] Words(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ' && text[i - 1] != ' ')
            {
                words.Add(text[start..i]);
                start = i + 1;
            }
        }

        return [.. words, text[Math.Min(start, text.Length)..]];
    }

    /// <summary>Text of several lines with those that are too long broken between words; what is indented goes on as far in.</summary>
    public static string Wrapped(string text, int width)
    {
        var lines = text.Split('\n').SelectMany(line =>
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            var words = Words(line[indent..]);
            return line.Length <= width || words.Length == 1 ? [line] : Broken(words, Math.Max(1, width - indent), one => one.Length).Select(part => new string(' ', indent) + part);
        });
        return string.Join('\n', lines);
    }

    /// <summary>The lines, without blanks at their ends.</summary>
    /// <param name="rows">Each cell as pieces that are parted by a blank, or by the end of a line. The first row is the head.</param>
    /// <param name="isNumber">For each column, whether it is set flush right and its pieces never broken.</param>
    /// <param name="width">Letters of a line.</param>
    /// <param name="folding">What becomes of columns that a line has no room for.</param>
    /// <param name="isRuled">Whether a line is drawn below the head.</param>
    /// <param name="letters">Width of a text where letters differ in width; null where each takes one column.</param>
    public static IEnumerable<string> Lines(
        IReadOnlyList<IReadOnlyList<string[]>> rows, IReadOnlyList<bool> isNumber, int width, Folding folding, bool isRuled = false, Func<string, int>? letters = null)
    {
        letters ??= text => text.Length;
        var columns = isNumber.Count;
        var natural = new int[columns];
        var least = new int[columns];
        for (var c = 0; c < columns; c++)
        {
            natural[c] = rows.Max(row => letters(string.Join(' ', row[c])));
            var piece = rows.Max(row => row[c].Max(letters));
            least[c] = isNumber[c] ? piece : Math.Min(natural[c], Math.Max(LeastText, Math.Min(piece, LongestWord)));
        }

        var blocks = Blocks(natural, least, width, folding);
        var lines = blocks.Select(block => rows.Select(row => Row(row, block, isNumber, letters)).ToArray()).ToArray();
        if (folding == Folding.RowByRow)
        {
            return Enumerable.Range(0, rows.Count).SelectMany(row => lines.SelectMany(block => block[row]));
        }

        return blocks.SelectMany((block, b) => (IEnumerable<string>)
        [
            .. b > 0 ? [""] : (string[])[],
            .. lines[b][0],
            .. isRuled ? [new string('─', block.Widths.Sum() + (Between * (block.Widths.Length - 1)))] : (string[])[],
            .. lines[b].Skip(1).SelectMany(row => row),
        ]);
    }

    private static List<Block> Blocks(int[] natural, int[] least, int width, Folding folding)
    {
        var blocks = new List<Block>();
        var fits = Sum(least) <= width;
        var first = fits ? least[0] : Math.Min(least[0], Math.Max(1, (width - Between) / 2));
        for (var next = 1; next < natural.Length || blocks.Count == 0;)
        {
            var isRepeated = folding == Folding.Below || blocks.Count == 0;
            var head = isRepeated ? first : Indent - Between;
            var (from, used) = (next, head);
            while (next < natural.Length && (next == from || used + Between + least[next] <= width))
            {
                used += Between + least[next++];
            }

            int[] own = [.. Enumerable.Range(from, next - from)];
            int[] columns = isRepeated ? [0, .. own] : own;
            int[] widths = [.. columns.Select(c => natural[c])];
            int[] floors = [.. columns.Select(c => c == 0 ? first : least[c])];
            Shrink(widths, floors, width - (isRepeated ? 0 : Indent));
            blocks.Add(new(columns, widths, isRepeated ? "" : new string(' ', Indent)));
        }

        return blocks;
    }

    /// <summary>The widest give way, to the least that each needs; where that is still too wide, the last to what is left.</summary>
    private static void Shrink(int[] widths, int[] least, int width)
    {
        for (var over = Sum(widths) - width; over > 0; over--)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => widths[i] > least[i]).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : widths[i]);
            if (widest < 0)
            {
                widths[^1] = Math.Max(1, widths[^1] - over);
                return;
            }

            widths[widest]--;
        }
    }

    private static int Sum(int[] widths) => widths.Sum() + (Between * (widths.Length - 1));

    private static string[] Row(IReadOnlyList<string[]> row, Block block, IReadOnlyList<bool> isNumber, Func<string, int> letters)
    {
        var cells = block.Columns.Select((c, i) => Broken(row[c], block.Widths[i], letters)).ToArray();
        return
        [
            .. Enumerable.Range(0, cells.Max(cell => cell.Count)).Select(line =>
            {
                var text = new StringBuilder(block.Indent);
                for (var i = 0; i < cells.Length; i++)
                {
                    var part = line < cells[i].Count ? cells[i][line] : "";
                    var blanks = new string(' ', Math.Max(0, block.Widths[i] - letters(part)));
                    text.Append(i > 0 ? "  " : "").Append(isNumber[block.Columns[i]] ? blanks + part : part + blanks);
                }

                return text.ToString().TrimEnd();
            }),
        ];
    }

    private static List<string> Broken(string[] pieces, int width, Func<string, int> letters)
    {
        var lines = new List<string>();
        var line = pieces[0];
        foreach (var piece in pieces.Skip(1))
        {
            if (letters(line) + 1 + letters(piece) <= width)
            {
                line += " " + piece;
                continue;
            }

            lines.Add(line);
            line = piece;
        }

        return [.. lines.Append(line).SelectMany(whole => Cut(whole, width, letters))];
    }

    /// <summary>A piece that is wider than its column goes on wherever the column ends.</summary>
    private static IEnumerable<string> Cut(string piece, int width, Func<string, int> letters)
    {
        while (letters(piece.TrimEnd()) > width)
        {
            var length = 1;
            while (length < piece.Length && (letters(piece[..(length + 1)]) <= width || char.IsLowSurrogate(piece[length])))
            {
                length++;
            }

            yield return piece[..length];
            piece = piece[length..];
        }

        yield return piece;
    }

    private sealed record Block(int[] Columns, int[] Widths, string Indent);
}
