using Microsoft.Extensions.Time.Testing;
using PinnSweep.Progress;
using PinnSweep.Studies.Trials;
using PinnSweep.Terminals;

namespace PinnSweep.Tests.Progress;

public class TrainLineTests
{
    [Fact]
    public void A_terminal_sees_where_the_training_is_and_how_long_it_will_take()
    {
        var clock = new FakeTimeProvider();
        using var screen = new StringWriter();
        using var line = new TrainLine(new Terminal(TextWriter.Null, screen, OutIsLive: true, ErrorIsLive: true), clock);

        line.Update(At(100));
        clock.Advance(TimeSpan.FromSeconds(30));
        line.Update(At(300));

        Assert.Equal(
            ["", "step 100  10%  error 5.00e-1  loss 2.00e-3  250 steps/s", "step 300  30%  error 5.00e-1  loss 2.00e-3  250 steps/s  1:45 left"],
            screen.ToString().Split('\r'));
    }

    [Fact]
    public void A_pipe_sees_nothing_of_it()
    {
        using var pipe = new StringWriter();
        using var line = new TrainLine(new Terminal(TextWriter.Null, pipe, OutIsLive: true, ErrorIsLive: false), new FakeTimeProvider());

        line.Update(At(100));

        Assert.Equal("", pipe.ToString());
    }

    private static AttemptProgress At(int step) => new(step, step, 1000, 2e-3, 0.5, 250);
}
