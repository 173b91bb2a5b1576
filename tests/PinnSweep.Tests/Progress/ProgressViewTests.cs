using PinnSweep.Cluster.Local;
using PinnSweep.Planning;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogs;
using Spectre.Console.Testing;

namespace PinnSweep.Tests.Progress;

public class ProgressViewTests
{
    private static readonly Varying Balancers = new([Factor.Balancer]);

    [Fact]
    public void Render_tells_trials_done_running_ones_rate_and_time_left()
    {
        var now = Some.Progress(planned: 20, done: 9, running: [Some.Running("relobralo", seed: 3, step: 500), Some.Running("gradnorm [x]", step: 500, relativeL2: double.NaN)]);

        var text = Text(Some.Progress(planned: 20), now, TimeSpan.FromSeconds(50));

        Assert.Equal(
            """
            quickstart  ━━━━━━━━━━━━━━━━────────────────  9/20 trials  50%  0:50 left
              gradnorm [x]  seed 1  ━━━━━─────  step 500  error –        800 steps/s
              relobralo     seed 3  ━━━━━─────  step 500  error 3.21e-2  800 steps/s
              0:50 · 54.0 trials/min · Ctrl-C stops cleanly
            """,
            text);
    }

    [Fact]
    public void Render_tells_faults_retries_and_trials_given_up()
    {
        var now = Some.Progress(planned: 5, done: 1, quarantined: 1, faults: 4, running: Some.Running("static", attempt: 3));

        var text = Text(Some.Progress(planned: 5), now, TimeSpan.FromSeconds(20));

        Assert.Contains("attempt 3", text, StringComparison.Ordinal);
        Assert.Contains("4 faults", text, StringComparison.Ordinal);
        Assert.Contains("1 given up", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_while_stopping_says_what_is_waited_for()
    {
        var text = Text(Some.Progress(), Some.Progress(), TimeSpan.FromSeconds(1), stopping: true);

        Assert.Contains("Ctrl-C again ends at once", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ctrl-C stops cleanly", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_of_many_running_trials_stays_within_a_screen()
    {
        var running = Enumerable.Range(1, 40).Select(seed => Some.Running("static", seed)).ToArray();

        var text = Text(Some.Progress(planned: 50), Some.Progress(planned: 50, running: running), TimeSpan.FromSeconds(1));

        Assert.InRange(text.Split('\n').Length, 10, 20);
        Assert.Contains("28 more running", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_on_fifty_columns_keeps_one_line_a_trial_and_its_error()
    {
        var running = new[] { Some.Running("learning-rate-annealing (max/mean)", seed: 3, step: 13_000, relativeL2: 0.0205, attempt: 2), Some.Running("static", seed: 11, step: 500) };

        var text = Text(Some.Progress(planned: 2000), Some.Progress(planned: 2000, done: 1009, running: running), TimeSpan.FromSeconds(50), width: 50);
        var lines = text.Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 50));
        Assert.StartsWith("quickstart  ━", lines[0], StringComparison.Ordinal);
        Assert.Contains("1009/2000 trials", lines[0], StringComparison.Ordinal);
        Assert.Matches("^  learning-rat.*…  seed 3 .*error 2.05e-2  attempt 2$", lines[1]);
        Assert.Matches("^  static .*seed 11 .*error 3.21e-2$", lines[2]);
    }

    private static string Text(StudyProgress first, StudyProgress now, TimeSpan elapsed, bool stopping = false, int width = 120)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        console.Write(ProgressView.Render("quickstart", Balancers, first, now, elapsed, stopping, width));
        return string.Join('\n', console.Lines.Select(line => line.TrimEnd())).TrimEnd();
    }
}
