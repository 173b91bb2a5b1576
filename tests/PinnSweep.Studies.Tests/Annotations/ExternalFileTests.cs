using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Annotations;

/// <summary>Results of others as somebody typed them: taken whole, or refused with the place of every mistake.</summary>
public sealed class ExternalFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_file_is_read_with_columns_in_any_order_quotes_blanks_and_empty_lines()
    {
        var (results, known) = Read("\uFEFFsource,error, seed ,problem,method,note,seconds\r\n\r\n\"Doe, \"\"2024\"\"\",2.1e-2, 7 ,wave,A,,\r\n\"Doe, \"\"2024\"\"\",0,8,wave,A,\"table 3\",12.5\n");

        Assert.Equal(0, known);
        Assert.Equal(
            [
                new ExternalResult("Doe, \"2024\"", "A", "wave", 7, 0.021, null, null, Now),
                new ExternalResult("Doe, \"2024\"", "A", "wave", 8, 0, 12.5, "table 3", Now),
            ],
            results);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_line_and_column()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read("""
            method,problem,seed,error,source
            A,wav,1,0.5,X
            A,wave,1,NaN,X
            A,wave,1.5,-3,X
            A,wave,2
            A,wave,3,"0,5",X
            A,wave,4,1e999,X
            A,wave,5,0.5,PinnSweep
            ,wave,6,0.5,X
            A,wave,7,0.5,X
            A,wave,7,0.25,X
            A,wave,8,"0.5"x,X
            """));

        Assert.Equal(
            [
                "my.csv:2:3: problem: 'wav' is no problem of the study; nearest 'wave'; allowed: helmholtz, wave",
                "my.csv:3:10: error: 'NaN': expected a finite number of at least 0; leave out what has none",
                "my.csv:4:8: seed: '1.5': expected a whole number of at least 0, another for each run",
                "my.csv:4:12: error: '-3': expected a finite number of at least 0; leave out what has none",
                "my.csv:5:1: has 3 fields; the headings are 5",
                "my.csv:6:10: error: '0,5' is no number; expected one such as 0.0123 or 1.23e-2",
                "my.csv:7:10: error: '1e999': expected a finite number of at least 0; leave out what has none",
                "my.csv:8:14: source 'PinnSweep' is what this program calls its own results; name whose these are",
                "my.csv:9:1: method: is empty",
                "my.csv:11:1: 'A' on 'wave', seed 7, of 'X' stands in line 10 already",
                "my.csv:12:10: something stands behind the closing quote; a quote within quotes is written twice",
            ],
            mistake.Message.Split('\n'));
    }

    [Theory]
    [InlineData("", "my.csv: is empty; expected a line of headings: method,problem,seed,error,source,seconds,note")]
    [InlineData("method,problem,seed,error,source\n", "my.csv: has no result below its headings")]
    [InlineData("method,problem,seed,eror,source\nA,wave,1,1,X", "my.csv:1:21: column 'eror' is unknown; nearest 'error'")]
    [InlineData("method,problem,seed,eror,source\nA,wave,1,1,X", "my.csv:1:1: column 'error' is missing")]
    [InlineData("method,problem,seed,error,source,seed\nA,wave,1,1,X,2", "my.csv:1:34: column 'seed' stands twice")]
    [InlineData("method;problem;seed;error;source\nA;wave;1;1;X", "fields are divided by commas")]
    [InlineData("method,problem,seed,error,source\n\"A,wave,1,1,X", "my.csv:2:1: the quote that begins here is never closed")]
    [InlineData("method,problem,seed,error,source\n\"A\nB\",wave,1,1,X\nA,wav,1,1,X", "my.csv:2:1: method: 'A·B' has a line break")]
    [InlineData("method,problem,seed,error,source\n\"A\nB\",wave,1,1,X\nA,wav,1,1,X", "my.csv:4:3: problem: 'wav'")]
    [InlineData("method,problem,seed,error,source\nA\u001b[2J,wave,1,1,X", "method: 'A·[2J' has a line break, a tab or another control character")]
    public void A_file_that_is_none_says_what_to_mend(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UserMistakeException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_was_imported_before_is_known_and_what_says_otherwise_is_a_mistake()
    {
        const string text = "method,problem,seed,error,source\nA,wave,1,0.5,X\nA,wave,2,0.25,X\n";
        var before = Read(text).New;

        var again = ExternalFile.Read(text + "A,wave,3,0.125,X\n", "my.csv", ["wave"], before, Now.AddDays(1));
        var other = Assert.Throws<UserMistakeException>(() => ExternalFile.Read(text.Replace("0.25", "0.3", StringComparison.Ordinal), "my.csv", ["wave"], before, Now.AddDays(1)));

        Assert.Equal((2, 3L), (again.Known, Assert.Single(again.New).Seed));
        Assert.Equal("my.csv:3:1: 'A' on 'wave', seed 2, of 'X' was imported on 2026-11-30 with another error, time or note (error 0.25); remove that source first", other.Message);
    }

    private static (System.Collections.Immutable.ImmutableArray<ExternalResult> New, int Known) Read(string text) =>
        ExternalFile.Read(text, "my.csv", ["helmholtz", "wave"], [], Now);
}
