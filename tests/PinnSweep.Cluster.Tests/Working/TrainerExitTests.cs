using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
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

    [Theory]
    [InlineData("device", "GpuLostException: cuda/H200 failed at copies: CUDA_ERROR_UNKNOWN (unknown error)", "Context")]
    [InlineData("device", "GpuLostException: cuda/H200 failed at a launch: CUDA_ERROR_ECC_UNCORRECTABLE (uncorrectable ECC error encountered)", "Device")]
    [InlineData("device", "the device does nothing more: CUBLAS_STATUS_INTERNAL_ERROR; first it said: ExternalException: CUBLAS_STATUS_EXECUTION_FAILED", "Context")]
    [InlineData("error", "ExternalException: CUDA error: an illegal memory access was encountered", "Context")]
    [InlineData("error", "ExternalException: CUDA error: device-side assert triggered", null)]
    [InlineData("out-of-memory", "OutOfMemoryException: the memory of cuda/H200 does not suffice", null)]
    public void ToTrouble_tells_what_a_trainers_own_word_says_of_its_gpu(string kind, string message, string? trouble) =>
        Assert.Equal(trouble, TrainerExit.ToTrouble(new TrainerProtocol.Failed(1, kind, message))?.Kind.ToString());
}
