using PinnSweep.Studies.Texts;
using Spectre.Console;

namespace PinnSweep.Terminals;

/// <summary>
/// Rows in columns as wide as their widest entry; on a terminal that is too narrow for that, entries go on within their columns.
/// </summary>
internal static class Columns
{
    // No terminal is as wide: what a file or another program reads is never broken.
    private const int Unbroken = 1 << 20;
    private const int Between = 2;

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

    /// <summary>
    /// The lines where there is nothing to break and every letter is one column wide, as nearly always; null otherwise. What lays out the
    /// others takes longer to load than most commands take.
    /// </summary>
    private static List<string>? Padded(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        string[][] entries = [.. rows.Select(row => row.Select(entry => VisibleText.Line(entry)).ToArray())];
        if (entries.Any(row => row.Any(entry => entry.Any(letter => letter is < ' ' or (> '~' and not ('·' or '…' or '–' or '✗' or '×' or '→'))))))
        {
            return null;
        }

        var widths = Enumerable.Range(0, entries[0].Length).Select(column => entries.Max(row => row[column].Length)).ToArray();
        return widths.Sum() + (Between * (widths.Length - 1)) > width
            ? null
            : [.. entries.Select(row => string.Join(new string(' ', Between), row.Select((entry, column) => entry.PadRight(widths[column]))).TrimEnd())];
    }

    /// <summary>The lines, none of which is longer than the width while the columns have room in it.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        if (Padded(rows, width) is { } padded)
        {
            return padded;
        }

        var grid = new Grid();
        foreach (var column in Enumerable.Range(1, rows[0].Count))
        {
            grid.AddColumn(new GridColumn { Padding = new(0, 0, column == rows[0].Count ? 0 : Between, 0) });
        }

        foreach (var row in rows)
        {
            // What people called things must not break the columns.
            grid.AddRow([.. row.Select(entry => new Text(VisibleText.Line(entry)))]);
        }

        // Plain text, which the terminal's own writer takes; nothing is guessed from the machine.
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new() { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Write(grid);
        return [.. text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }
}
