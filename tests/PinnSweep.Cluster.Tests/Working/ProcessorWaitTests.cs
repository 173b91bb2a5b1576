using System.Diagnostics;
using System.Globalization;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class ProcessorWaitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_process_that_shares_a_core_waits_and_one_that_sleeps_does_not()
    {
        if (!File.Exists("/proc/self/schedstat"))
        {
            throw new TestSkippedException("this kernel does not count waiting for processors");
        }

        var loops = Enumerable.Range(0, 3).Select(_ => Process.Start("taskset", ["-c", "0", "sh", "-c", "while :; do :; done"])).ToArray();
        using var sleeper = Process.Start("sleep", "600");
        try
        {
            await Waiting.UntilAsync(
                () => ProcessorWait.Of(loops[0].Id) > TimeSpan.FromSeconds(1),
                Patience,
                () => ProcessorWait.Of(loops[0].Id).ToString("c", CultureInfo.InvariantCulture));
            Assert.InRange(ProcessorWait.Of(sleeper.Id), TimeSpan.Zero, TimeSpan.FromSeconds(0.9));
        }
        finally
        {
            foreach (var process in loops.Append(sleeper))
            {
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public void Of_a_process_that_is_gone_nothing_is_told() => Assert.Equal(TimeSpan.Zero, ProcessorWait.Of(int.MaxValue));
}
