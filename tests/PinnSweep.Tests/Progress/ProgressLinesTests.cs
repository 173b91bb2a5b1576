using PinnSweep.Progress;

namespace PinnSweep.Tests.Progress;

public class ProgressLinesTests
{
    [Fact]
    public void Only_news_make_a_line_and_at_most_one_a_second()
    {
        using var text = new StringWriter();
        var lines = new ProgressLines(text);
        var first = Some.Progress(planned: 5);

        lines.Update(first, first, TimeSpan.Zero);
        lines.Update(first, Some.Progress(planned: 5, done: 1), TimeSpan.FromSeconds(0.5));
        lines.Update(first, Some.Progress(planned: 5, done: 2), TimeSpan.FromSeconds(1.5));
        lines.Update(first, Some.Progress(planned: 5, done: 2), TimeSpan.FromSeconds(10));

        Assert.Equal(["0/5 trials", "2/5 trials"], Lines(text).Select(line => line[10..].Split(',')[0]));
    }

    [Fact]
    public void The_last_line_comes_without_delay()
    {
        using var text = new StringWriter();
        var lines = new ProgressLines(text);
        var first = Some.Progress(planned: 2);

        lines.Update(first, Some.Progress(planned: 2, done: 1), TimeSpan.FromSeconds(1));
        lines.Update(first, Some.Progress(planned: 2, done: 2), TimeSpan.FromSeconds(1.1));

        Assert.Equal(2, Lines(text).Length);
    }

    [Fact]
    public void A_minute_without_news_makes_a_sign_of_life()
    {
        using var text = new StringWriter();
        var lines = new ProgressLines(text);
        var first = Some.Progress(planned: 2);

        lines.Update(first, first, TimeSpan.Zero);
        lines.Update(first, first, TimeSpan.FromSeconds(59));
        lines.Update(first, first, TimeSpan.FromSeconds(61));

        Assert.Equal(2, Lines(text).Length);
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
