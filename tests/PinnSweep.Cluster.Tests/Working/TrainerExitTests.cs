using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class TrainerExitTests
{
    [Theory]
    [InlineData(137, true, FaultKind.OutOfMemory, "memory")]
    [InlineData(137, false, FaultKind.Crash, "SIGKILL")]
    [InlineData(139, false, FaultKind.Crash, "SIGSEGV")]
    [InlineData(134, true, FaultKind.Crash, "SIGABRT")]
    [InlineData(3, false, FaultKind.Crash, "exit code 3")]
    [InlineData(0, false, FaultKind.Crash, "exit code 0")]
    public void ToFault_tells_the_kernels_kill_for_memory_from_every_other_end(int exitCode, bool wasOutOfMemory, FaultKind kind, string words)
    {
        var fault = TrainerExit.ToFault(new(exitCode, "last words", wasOutOfMemory));

        Assert.Equal(kind, fault.Kind);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal("last words", fault.Detail);
    }
}
