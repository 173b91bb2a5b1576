using PinnSweep.Logging;
using Serilog;

namespace PinnSweep.Tests.Logging;

public class ConsoleSinkTests
{
    [Fact]
    public void Words_of_others_make_no_second_line_and_steer_no_terminal()
    {
        using var console = new StringWriter { NewLine = "\n" };
        using (var log = new LoggerConfiguration().WriteTo.Sink(new ConsoleSink(console)).CreateLogger())
        {
            log.Warning("worker {Name:l} says {Text:l}", "evil\u202e", "x\n12:00:00 error: forged\u001b[2J");
        }

        Assert.Single(console.ToString().TrimEnd('\n').Split('\n'));
        Assert.Contains(@"evil\u202E says x 12:00:00 error: forged\u001B[2J", console.ToString(), StringComparison.Ordinal);
    }
}
