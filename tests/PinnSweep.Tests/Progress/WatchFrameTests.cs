using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Progress;
using PinnSweep.Terminals;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Progress;

public sealed class WatchFrameTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 10)]
    [InlineData(20, 5)]
    [InlineData(200, 60)]
    public void A_picture_is_as_large_as_the_terminal_and_no_larger(int width, int height)
    {
        foreach (var scroll in (int[])[0, 5, 1000])
        {
            var lines = WatchFrame.Lines(State(40, 60), width, height, scroll);

            Assert.Equal(height, lines.Count);
            Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length} > {width}: {line}"));
        }
    }

    [Fact]
    public void Eighty_by_twenty_four_has_room_for_every_section()
    {
        var lines = WatchFrame.Lines(State(40, 60), 80, 24, 0);

        Assert.Contains("grid", lines[0], StringComparison.Ordinal);
        Assert.Contains("12/21 trials", lines[0], StringComparison.Ordinal);
        Assert.Contains("40 run, 9 wait, 1 given up, 2 faults", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("2/3 1.41e-2", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("━━━━━─────", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("12:59:00  accepted", StringComparison.Ordinal));
        Assert.Contains("2 workers, 40 trials on 48 slots · lab-2 pauses", lines[^2], StringComparison.Ordinal);
        Assert.Contains("q or Ctrl-C ends the watching", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(36)]
    public void A_narrow_terminal_shortens_names_and_leaves_columns_out_but_cuts_no_number(int width)
    {
        var lines = WatchFrame.Lines(State(5, 9), width, 60, 0);

        Assert.Contains("  12/21 trials  74%", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Count(line => line.Contains("a-balanc", StringComparison.Ordinal) && line.Contains("1.00e-2", StringComparison.Ordinal) && line.Contains("seed ", StringComparison.Ordinal)));
        Assert.Equal(9, lines.Count(line => line.Contains("accepted", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines.Take(lines.Count - 1), line => System.Text.RegularExpressions.Regex.IsMatch(line, @"\d…"));
    }

    [Fact]
    public void Scrolling_to_the_end_shows_the_last_line_of_all()
    {
        var state = State(40, 60);

        var top = WatchFrame.Lines(state, 80, 24, 0);
        var end = WatchFrame.Lines(state, 80, 24, WatchFrame.MostScroll(state, 80, 24));

        Assert.DoesNotContain(top, line => line.Contains("12:00:00  accepted", StringComparison.Ordinal));
        Assert.Contains("12:00:00  accepted", end[^3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_which_nothing_more_is_known_yet_has_a_picture()
    {
        var lines = WatchFrame.Lines(new(Study(0), TimeSpan.FromSeconds(3)) { Trouble = "nobody answers" }, 80, 24, 0);

        Assert.Contains(lines, line => line == "nothing runs");
        Assert.Contains("nobody answers", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_writes_what_changed_and_gives_the_terminal_back_once()
    {
        using var written = new StringWriter();
        var screen = new FullScreen(written);

        screen.Show(["one", "two"], 80, 24);
        var first = written.ToString();
        screen.Show(["one", "2"], 80, 24);
        var second = written.ToString()[first.Length..];
        screen.Show(["one"], 60, 24);
        var resized = written.ToString()[(first.Length + second.Length)..];
        screen.Dispose();
        screen.Dispose();
        screen.Show(["after"], 80, 24);

        Assert.StartsWith("\e[?1049h", first, StringComparison.Ordinal);
        Assert.Contains("one", first, StringComparison.Ordinal);
        Assert.DoesNotContain("one", second, StringComparison.Ordinal);
        Assert.Contains("\e[2;1H2\e[K", second, StringComparison.Ordinal);
        Assert.Contains("\e[2J", resized, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h\e[?1049l", written.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, written.ToString().Split("\e[?1049l").Length);
    }

    private static WatchState State(int running, int events)
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        var rows = MadeStudy.Rows(plan, isDone: trial => trial.Description.Seed < 3);
        return new(Study(running), TimeSpan.FromSeconds(100))
        {
            Cells = CellEndpoints.Of(MadeStudy.View(plan, rows)),
            Events =
            [
                .. Enumerable.Range(0, events).Select(i => new EventModel(i.ToString("000", CultureInfo.InvariantCulture), MadeStudy.At + TimeSpan.FromMinutes(i), "accepted", new string('b', 64), 1, "lab-1", "converged")),
            ],
            Workers = new(1, 2, 0, [new("lab-1", "a", 32, 0, 30, "1", false, 0), new("lab-2", "b", 16, 0, 10, "1", false, 0, "disk")]),
        };
    }

    private static StudyModel Study(int running) => new("0123456789abcdef", "grid", 21, 12, 1, 0, 9, running, 2, false, false, false, 0, null, null)
    {
        Varying = ["balancer", "problem"],
        Running =
        [
            .. Enumerable.Range(0, running).Select(i => new RunningModel(
                new string('a', 64), new Dictionary<string, string> { ["balancer"] = "a-balancer-with-a-long-name", ["problem"] = "helmholtz" }, i, 1 + (i % 2), "worker-of-a-laboratory", 1000, 1000, 2000, 0.01, 800)),
        ],
    };
}
