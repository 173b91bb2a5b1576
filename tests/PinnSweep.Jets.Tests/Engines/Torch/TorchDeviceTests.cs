using System.ComponentModel;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Torch;

namespace PinnSweep.Jets.Tests.Engines.Torch;

/// <summary>A device that fails for good. This libtorch has no CUDA, so whatever is asked of a card fails here, as on one that is lost.</summary>
public sealed class TorchDeviceTests
{
    private static readonly Exception Failed = Of("CUBLAS_STATUS_EXECUTION_FAILED when calling cublasSgemmStridedBatched");

    [Fact]
    public void A_failure_on_a_device_that_does_nothing_more_is_its_loss()
    {
        var behind = JetEngines.Behind(new InvalidOperationException("in a step", Failed), "torch/cuda");

        var lost = Assert.IsType<GpuLostException>(behind);
        Assert.StartsWith("the device does nothing more: ", lost.Message, StringComparison.Ordinal);
        Assert.EndsWith("first it said: in a step", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("torch/cpu")]
    [InlineData("fused")]
    [InlineData("cuda")]
    public void A_failure_elsewhere_is_itself(string engine) => Assert.Same(Failed, JetEngines.Behind(Failed, engine));

    [Theory]
    [InlineData("CUDA error: unspecified launch failure", null, false)]
    [InlineData("CUDA error: unspecified launch failure", "CUDA error: unspecified launch failure", true)]
    [InlineData("CUDA error: device-side assert triggered", "CUDA error: device-side assert triggered", false)]
    [InlineData("CUBLAS_STATUS_INTERNAL_ERROR", "CUDA error: device-side assert triggered", false)]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB", "CUDA out of memory", false)]
    [InlineData("shape '[3]' is invalid for input of size 4", null, false)]
    public void What_the_trial_did_is_no_loss(string said, string? whyLost, bool isLost) =>
        Assert.Equal(isLost, TorchDevice.Behind(Of(said), () => whyLost) is GpuLostException);

    [Fact]
    public void What_is_no_word_of_libtorch_asks_nothing_of_the_device()
    {
        var failure = new IOException("No space left on device");

        Assert.Same(failure, TorchDevice.Behind(failure, () => throw new InvalidOperationException("nobody may ask")));
    }

    [Fact]
    public void A_device_that_computes_has_nothing_to_say() => Assert.Null(TorchDevice.WhyLost("cpu"));

    // A kind of what libtorch's failures come as, which only the runtime may make.
    private static Win32Exception Of(string said) => new(1, said);
}
