using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Cluster.Tests.Hardware;

public class SlotDeviceTests
{
    public static TheoryData<SlotDevice, string> Devices => new()
    {
        { SlotDevice.Of(new(3, "GPU-x", "X", null)), "GPU-x" },
        { SlotDevice.Of(new(3, null, "X", null)), "3" },
        { SlotDevice.Cpu(3), "-1" },
    };

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task A_trainer_sees_the_device_of_its_slot_and_no_other(SlotDevice device, string visible)
    {
        var launch = new TrainerLaunch("/usr/bin/env", new Dictionary<string, string> { ["CUDA_VISIBLE_DEVICES"] = "0,1,2" }).With(device.Variables());

        using var trainer = System.Diagnostics.Process.Start(launch.StartInfo())!;
        var environment = await trainer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"CUDA_VISIBLE_DEVICES={visible}", environment.Split('\n'));
        Assert.Contains("CUDA_DEVICE_ORDER=PCI_BUS_ID", environment.Split('\n'));
    }

    [Theory]
    [InlineData("auto", Gpu.Kernels, "cuda")]
    [InlineData("auto", Gpu.Torch, "torch/cuda")]
    [InlineData("fused", Gpu.Kernels, "fused")]
    public void Engine_of_a_gpu_slot_is_that_of_the_gpu_unless_another_was_asked_for(string asked, string ofGpu, string engine) =>
        Assert.Equal(engine, SlotDevice.Of(new(0, "GPU-x", "X", null) { Engine = ofGpu }).Engine(asked));

    [Fact]
    public void Engine_of_a_core_is_the_one_that_was_asked_for() => Assert.Equal("auto", SlotDevice.Cpu(0).Engine("auto"));
}
