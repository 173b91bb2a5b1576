using PinnSweep.Terminals;

namespace PinnSweep.Tests.Terminals;

public class VisibleWriterTests
{
    private const string Hostile = "a\u001b[2Jb\u202ec\0\r";
    private const string Shown = @"a\u001B[2Jb\u202Ec\u0000\u000D";

    [Fact]
    public async Task Whatever_way_a_text_is_written_it_steers_no_terminal()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        await using var writer = new VisibleWriter(inner);

        writer.Write(Hostile);
        writer.WriteLine(Hostile);
        writer.Write("{0}", Hostile);
        writer.Write(Hostile.ToCharArray());
        writer.Write(Hostile.AsSpan());
        await writer.WriteAsync(Hostile);
        await writer.WriteLineAsync(Hostile);
        await writer.WriteAsync(Hostile.AsMemory(), TestContext.Current.CancellationToken);
        foreach (var letter in Hostile)
        {
            writer.Write(letter);
        }

        Assert.Equal($"{Shown}{Shown}\n{Shown}{Shown}{Shown}{Shown}{Shown}\n{Shown}{Shown}", inner.ToString());
    }

    [Fact]
    public void Lines_and_letters_of_every_script_pass()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new VisibleWriter(inner);

        writer.Write("a\tb\nτ ≤ 数 🙂");
        foreach (var letter in "🙂")
        {
            writer.Write(letter);
        }

        Assert.Equal("a\tb\nτ ≤ 数 🙂🙂", inner.ToString());
    }
}
