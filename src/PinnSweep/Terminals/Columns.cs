using PinnSweep.Studies.Texts;
using Spectre.Console;

namespace PinnSweep.Terminals;

/// <summary>
/// Rows in columns as wide as their widest entry; on a terminal that is too narrow for that, words and then columns go on in the next line.
/// </summary>
internal static class Columns
{
    // No terminal is as wide: what a file or another program reads is never broken.
    private const int Unbroken = 1 << 20;

    // Entries as short as this are not worth a second line.
    private const int Short = 24;

    /// <summary>As wide as terminals have been since punched cards.</summary>
    public const int Usual = 80;

    /// <summary>The width of the terminal; 80 where it does not tell.</summary>
    public static int WidthOfConsole() => new AnsiConsoleOutput(Console.Out).Width is > 0 and var width ? width : Usual;

    public static void Write(Terminal terminal, params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var line in Lines(rows, Width(terminal)))
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>Letters that a line may have.</summary>
    public static int Width(Terminal terminal) => terminal.OutIsLive ? Math.Max(1, new AnsiConsoleOutput(Console.Out).Width) : Unbroken;

    /// <summary>The lines, none of which is longer than the width while the columns have room in it.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        // What people called things must not break the columns.
        string[][] entries = [.. rows.Select(row => row.Select(entry => VisibleText.Line(entry)).ToArray())];
        return FoldedTable.Lines(
            [.. entries.Select(row => row.Select(Pieces).ToArray())], new bool[rows[0].Count], width, Folding.RowByRow, letters: entries.Any(row => row.Any(HasWide)) ? Wide : null);
    }

    // An interval and a pair of counts stay in one piece, as every number does.
    private static string[] Pieces(string entry) => entry.Length <= Short && entry.Any(char.IsAsciiDigit) ? [entry] : FoldedTable.Words(entry);

    // What knows the width of every letter takes longer to load than most commands take.
    private static bool HasWide(string entry) => entry.Any(letter => letter is < ' ' or (> '~' and not ('·' or '…' or '–' or '✗' or '×' or '→')));

    private static int Wide(string text) => text.GetCellWidth();
}
