using System.Diagnostics;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class ProcessorWaitTests
{
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
            // What the sleeper waited for until it slept does not count.
            var started = await UntilWaitedAsync(loops[0], TimeSpan.FromSeconds(0.5));
            var before = ProcessorWait.Of(sleeper.Id);
            var waited = await UntilWaitedAsync(loops[0], started + TimeSpan.FromSeconds(1)) - started;
            Assert.InRange(ProcessorWait.Of(sleeper.Id) - before, TimeSpan.Zero, waited / 2);
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

    private static Task<TimeSpan> UntilWaitedAsync(Process process, TimeSpan time) =>
        Waiting.UntilAsync(() => ProcessorWait.Of(process.Id), waited => waited > time, Waiting.Patience);

    [Fact]
    public void Of_a_process_that_is_gone_nothing_is_told() => Assert.Equal(TimeSpan.Zero, ProcessorWait.Of(int.MaxValue));
}
