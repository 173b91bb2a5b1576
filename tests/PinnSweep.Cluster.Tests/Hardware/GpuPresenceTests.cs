using PinnSweep.Cluster.Hardware;

namespace PinnSweep.Cluster.Tests.Hardware;

public sealed class GpuPresenceTests
{
    private const string Both = "GPU 0: NVIDIA H200 (UUID: GPU-aa11)\nGPU 1: NVIDIA H200 (UUID: GPU-bb22)\n  MIG 3g.71gb     Device  0: (UUID: MIG-cc33)\n";
    private const string Lost = "Unable to determine the device handle for gpu 0000:3B:00.0: GPU is lost.  Reboot the system to recover this GPU\n";

    [Theory]
    [InlineData("GPU-bb22", 0, Both, null, null)]
    [InlineData("MIG-cc33", 0, Both, null, null)]
    [InlineData("GPU-dd44", 0, Both, "Device", "GPU 1 (H200) has left the machine: nvidia-smi lists it no more")]
    [InlineData("GPU-dd44", 6, "No devices were found\n", "Device", "has left the machine")]
    [InlineData("GPU-dd44", 15, Lost, "Device", "GPU is lost")]
    // Another one is lost, and this one still there.
    [InlineData("GPU-aa11", 15, $"{Lost}{Both}", null, null)]
    // Of the driver, not of the card.
    [InlineData("GPU-dd44", 18, "Failed to initialize NVML: Driver/library version mismatch\n", "Gpu", "version mismatch")]
    // Nothing is told by an answer that nobody knows, or of a card without a UUID.
    [InlineData("GPU-dd44", 1, "something went wrong\n", null, null)]
    [InlineData("1", 0, Both, null, null)]
    public void A_gpu_that_is_listed_no_more_is_the_machine_s_trouble(string cudaName, int exitCode, string output, string? kind, string? words)
    {
        var trouble = GpuPresence.TroubleOf(new(exitCode, output), SlotDevice.Of(new(1, cudaName, "H200", null)));

        Assert.Equal(kind, trouble?.Kind.ToString());
        Assert.Contains(words ?? "", trouble?.Reason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nvidia_smi_does_not_answer_nothing_is_told() =>
        Assert.Null(GpuPresence.TroubleOf(null, SlotDevice.Of(new(1, "GPU-dd44", "H200", null))));

    [Fact]
    public void Cores_are_not_looked_at()
    {
        var watch = new GpuWatch(() => throw new InvalidOperationException("nobody may ask"));

        Assert.Null(watch.TroubleOf(SlotDevice.Cpu(0)));
        Assert.Null(watch.TroubleOf(null));
    }

    [Fact]
    public void An_answer_is_never_older_than_the_question()
    {
        var looks = 0;
        var watch = new GpuWatch(() => ++looks == 1 ? new(0, "GPU 1: NVIDIA H200 (UUID: GPU-dd44)\n") : new(0, Both));
        var gpu = SlotDevice.Of(new(1, "GPU-dd44", "H200", null));

        Assert.Null(watch.TroubleOf(gpu));
        Assert.NotNull(watch.TroubleOf(gpu));
        Assert.Equal(2, looks);
    }
}
