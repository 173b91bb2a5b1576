using PinnSweep.Processes;

namespace PinnSweep.Tests.Processes;

public class InterruptsTests
{
    [Fact]
    public void A_signal_asks_for_a_stop()
    {
        using var interrupts = new Interrupts();
        var stop = interrupts.Stop;

        interrupts.Raise();

        Assert.True(stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_signal_that_comes_when_the_program_is_at_its_end_does_nothing()
    {
        var interrupts = new Interrupts();
        interrupts.Dispose();

        Assert.Null(Record.Exception(interrupts.Raise));
    }
}
