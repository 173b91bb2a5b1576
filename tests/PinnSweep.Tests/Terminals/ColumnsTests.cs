using PinnSweep.Terminals;

namespace PinnSweep.Tests.Terminals;

public sealed class ColumnsTests
{
    private static readonly IReadOnlyList<string>[] Rows = [["STUDY", "STATE", "DONE"], ["quick", "settled", "3/3"], ["a [red] one", "", "10/200"], ["  indented", "x", ""]];

    [Fact]
    public void What_no_terminal_reads_has_one_line_a_row_and_no_blanks_at_its_end()
    {
        using var written = new StringWriter();
        var wide = new string('w', 3000);

        Columns.Write(new Terminal(written, written, OutIsLive: false, ErrorIsLive: false), [.. Rows, [wide, "tab\tand\nline", "\e[31m"]]);

        var lines = written.ToString().Split('\n');
        Assert.Equal("STUDY".PadRight(3002) + "STATE         DONE", lines[0]);
        Assert.Equal("a [red] one".PadRight(3002) + "              10/200", lines[2]);
        Assert.Equal("  indented".PadRight(3002) + "x", lines[3]);
        Assert.Equal($"{wide}  tab and line  \\u001B[31m", lines[4]);
        Assert.Equal(["", 6], (object[])[lines[5], lines.Length]);
    }

    [Fact]
    public void On_a_narrow_terminal_entries_go_on_within_their_columns()
    {
        var lines = Columns.Lines([["NAME", "ADDRESS"], ["one", "akka.tcp://pinnsweep@hub.lab.example:8052"]], 30).ToList();

        Assert.True(lines.Count > 2);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 30));
        Assert.All(lines.Skip(2), line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.Equal("akka.tcp://pinnsweep@hub.lab.example:8052", string.Concat(lines.Skip(1).Select(line => line[6..])).Trim());
    }

    [Fact]
    public void No_rows_are_no_lines() => Assert.Empty(Columns.Lines([], 80));
}
