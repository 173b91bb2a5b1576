using PinnSweep.Studies.Texts;

namespace PinnSweep.Studies.Tests.Texts;

public class FoldedTableTests
{
    private static readonly string[][] Table =
    [
        ["method", "geometric mean", "95 % interval", "converged", "failure rate"],
        ["learning-rate-annealing", "1.53e-2 *", "1.4e-2 – 1.7e-2", "3/3 (1 at the floor, 2 stopped early)", "0.00 [0.00, 0.56]"],
        ["static (control)", "2.60e0", "1.3e-1 – 7.2e0", "0/3", "1.00 [0.44, 1.00]"],
    ];

    private static readonly bool[] IsNumber = [false, true, true, false, true];

    [Fact]
    public void A_table_that_fits_is_padded()
    {
        var lines = Lines(200, Folding.Below);

        Assert.Equal(
            [
                "method                   geometric mean    95 % interval  converged                                   failure rate",
                new string('─', lines[1].Length),
                "learning-rate-annealing       1.53e-2 *  1.4e-2 – 1.7e-2  3/3 (1 at the floor, 2 stopped early)  0.00 [0.00, 0.56]",
                "static (control)                 2.60e0   1.3e-1 – 7.2e0  0/3                                    1.00 [0.44, 1.00]",
            ],
            lines);
    }

    [Fact]
    public void Columns_that_do_not_fit_follow_below()
    {
        var lines = Lines(60, Folding.Below);

        Assert.Equal(
            [
                "method                   geometric mean    95 % interval",
                new string('─', 56),
                "learning-rate-annealing       1.53e-2 *  1.4e-2 – 1.7e-2",
                "static (control)                 2.60e0   1.3e-1 – 7.2e0",
                "",
            ],
            lines[..5]);
        Assert.StartsWith("method                   converged", lines[5], StringComparison.Ordinal);
    }

    /// <summary>Every cell is found again in one piece, or word by word where it is text.</summary>
    [Theory]
    [InlineData(Folding.Below)]
    [InlineData(Folding.RowByRow)]
    public void At_every_width_no_line_is_longer_and_no_number_broken(Folding folding)
    {
        for (var width = 50; width <= 120; width++)
        {
            var lines = Lines(width, folding);

            Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
            foreach (var number in Table.SelectMany(row => row.Where((_, c) => IsNumber[c])).Where(cell => cell.Any(char.IsAsciiDigit) && cell[0] is not '9'))
            {
                Assert.Contains(lines, line => line.Contains(number, StringComparison.Ordinal));
            }

            foreach (var word in Table.SelectMany(row => row).SelectMany(cell => cell.Split(' ')))
            {
                Assert.Contains(lines, line => line.Contains(word, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_list_goes_on_row_by_row()
    {
        var lines = Lines(60, Folding.RowByRow);

        Assert.Equal(3, lines.Count(line => line.StartsWith("    ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line) && line.TrimStart()[0] is 'c' or '3' or '0'));
        Assert.Single(lines, line => line.Contains("95 % interval", StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_wider_than_its_column_is_cut_and_nothing_of_it_lost()
    {
        var word = new string('x', 95) + "end";
        var lines = FoldedTable.Lines([[["name"], ["place"]], [["one"], [word]]], [false, false], 40, Folding.RowByRow).ToArray();

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 40));
        Assert.Equal(word, string.Concat(lines.Skip(1).Select(line => line.Replace("one", "", StringComparison.Ordinal).Trim())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  indented twice")]
    [InlineData("one  two ")]
    public void Words_joined_by_blanks_are_the_text(string text) => Assert.Equal(text, string.Join(' ', FoldedTable.Words(text)));

    [Fact]
    public void Long_lines_are_wrapped_between_words()
    {
        Assert.Equal("one two\nthree\n  four\n  five", FoldedTable.Wrapped("one two three\n  four five", 8));
        Assert.Equal("unbreakable-and-long", FoldedTable.Wrapped("unbreakable-and-long", 8));
    }

    private static string[] Lines(int width, Folding folding) =>
        [.. FoldedTable.Lines([.. Table.Select(row => row.Select((cell, c) => IsNumber[c] ? [cell] : FoldedTable.Words(cell)).ToArray())], IsNumber, width, folding, isRuled: folding == Folding.Below)];
}
