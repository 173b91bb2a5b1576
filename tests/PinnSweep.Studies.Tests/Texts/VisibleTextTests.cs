using PinnSweep.Studies.Texts;

namespace PinnSweep.Studies.Tests.Texts;

public class VisibleTextTests
{
    [Theory]
    [InlineData("relobralo, τ = 0.1 – “fünf” 数 🙂", "relobralo, τ = 0.1 – “fünf” 数 🙂")]
    [InlineData("a\u202Egnp.exe", @"a\u202Egnp.exe")]
    [InlineData("a\u001b[2Jb", @"a\u001B[2Jb")]
    [InlineData("a\u009b2Jb", @"a\u009B2Jb")]
    [InlineData("nul\0", @"nul\u0000")]
    [InlineData("zero\u200bwidth\u2060\ufeff", @"zero\u200Bwidth\u2060\uFEFF")]
    [InlineData("\u2066isolated\u2069", @"\u2066isolated\u2069")]
    [InlineData("filler\u3164", @"filler\u3164")]
    [InlineData("tag \U000E0041", @"tag \uDB40\uDC41")]
    [InlineData("bell\a, back\b", @"bell\u0007, back\u0008")]
    public void What_cannot_be_seen_stands_as_its_code(string text, string shown)
    {
        Assert.Equal(shown, VisibleText.Line(text));
        Assert.Equal(shown, VisibleText.Lines(text));
    }

    [Fact]
    public void Half_a_character_is_a_replacement_character() => Assert.Equal("a\ufffdb", VisibleText.Line("a\ud800b"));

    [Fact]
    public void A_line_is_one_line_and_lines_stay_lines()
    {
        Assert.Equal("one two  three four", VisibleText.Line("one\ntwo\r\nthree\tfour"));
        Assert.Equal("one\ntwo\\u000D\nthree\tfour\\u2028five", VisibleText.Lines("one\ntwo\r\nthree\tfour\u2028five"));
    }

    [Fact]
    public void Json_reads_the_escape_as_the_character() =>
        Assert.Equal("a\u202eb\U000E0041", System.Text.Json.JsonSerializer.Deserialize<string>($"\"{VisibleText.Line("a\u202eb\U000E0041")}\""));
}
