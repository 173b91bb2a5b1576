using PinnSweep.Progress;

namespace PinnSweep.Tests.Progress;

public class PaceTests
{
    [Fact]
    public void Left_of_a_resumed_study_counts_only_what_this_run_made()
    {
        // 80 were there before; 5 of the missing 20 in 10 s leave 15 for 30 s.
        var left = Pace.Left(Some.Progress(planned: 100, done: 80), Some.Progress(planned: 100, done: 85), TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(30), left);
    }

    [Fact]
    public void Left_counts_started_parts_of_running_trials()
    {
        var left = Pace.Left(Some.Progress(planned: 2), Some.Progress(planned: 2, running: [Some.Running("a", step: 500), Some.Running("b", step: 500)]), TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(60), left);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(30, 0)]
    public void Left_is_unknown_at_the_start_and_without_any_step(int seconds, int done) =>
        Assert.Null(Pace.Left(Some.Progress(), Some.Progress(done: done), TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(45, "0:45")]
    [InlineData(723, "12:03")]
    [InlineData(11100, "3:05:00")]
    [InlineData(187200, "2 d 4 h")]
    public void Clock_reads_as_people_write_it(int seconds, string text) => Assert.Equal(text, Pace.Clock(TimeSpan.FromSeconds(seconds)));
}
