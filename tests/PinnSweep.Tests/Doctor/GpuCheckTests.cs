using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Machines;
using PinnSweep.Doctor;
using PinnSweep.Trainers;

namespace PinnSweep.Tests.Doctor;

/// <summary>Machines that are not there: which of their GPUs would train, by what, and what the doctor says is missing.</summary>
public class GpuCheckTests
{
    private const string None = """{"driver": null, "cards": [], "problem": "this machine has no CUDA driver (libcuda.so.1 is not found)"}""";
    private const string Blind = """{"driver": "12.8", "cards": [], "problem": "the CUDA driver does not start (error 100: it finds no device)"}""";
    private const string Both = """{"driver": "12.8", "cards": [{"name": "NVIDIA H200", "uuid": "GPU-A", "problem": null}, {"name": "NVIDIA L4", "uuid": "GPU-b", "problem": null}], "problem": null}""";
    private const string Old = """{"driver": "11.4", "cards": [{"name": "NVIDIA H200", "uuid": "GPU-a", "problem": "the driver speaks CUDA 11.4; it must speak 11.8 at least"}], "problem": "the same"}""";
    private static readonly Gpu H200 = new(0, "GPU-a", "NVIDIA H200", 141L << 30);
    private static readonly Gpu L4 = new(1, "GPU-b", "NVIDIA L4", null);
    private static readonly Gpu File = new(0, null, "NVIDIA GPU", null);
    private static readonly ImmutableArray<string> Files = ["/dev/nvidia-uvm", "/dev/nvidia0", "/dev/nvidiactl"];

    [Fact]
    public void A_machine_whose_driver_works_will_use_its_gpus_by_the_kernels()
    {
        var findings = Findings(Seen(H200, L4), Both, hasTorch: false);

        Assert.Equal([FindingState.Ok, FindingState.Ok], findings["gpu"].Select(finding => finding.State));
        Assert.StartsWith("GPU 0: NVIDIA H200, 141.0 GiB: will be used, one slot, by the kernels of this program (engine cuda)", findings["gpu"].First().Text, StringComparison.Ordinal);
        Assert.StartsWith("GPU 1: NVIDIA L4: will be used", findings["gpu"].Last().Text, StringComparison.Ordinal);
        Assert.Equal("CUDA 12.8: cuda:0 NVIDIA H200; cuda:1 NVIDIA L4", findings["cuda driver"].Single().Text);
        Assert.Equal(FindingState.Optional, findings["libtorch cuda"].Single().State);
    }

    [Fact]
    public void A_driver_that_is_too_old_leaves_the_gpu_to_a_libtorch_that_can_use_it_or_to_nobody()
    {
        var byTorch = Findings(Seen(H200), Old, hasTorch: true)["gpu"].Single();
        var byNobody = Findings(Seen(H200), Old, hasTorch: false)["gpu"].Single();

        Assert.Equal(FindingState.Ok, byTorch.State);
        Assert.Contains("by libtorch (engine torch/cuda), for the kernels cannot: the driver speaks CUDA 11.4", byTorch.Text, StringComparison.Ordinal);
        Assert.Contains("--lanes N trains N trials in it at once, up to eight as one operation", byTorch.Text, StringComparison.Ordinal);
        Assert.Equal(FindingState.Optional, byNobody.State);
        Assert.Contains("will not be used: the driver speaks CUDA 11.4", byNobody.Text, StringComparison.Ordinal);
        Assert.Contains("bring the driver up to date", byNobody.Remedy, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], string[], string> Missing => new()
    {
        { None, [.. Files], [], "NVIDIA_DRIVER_CAPABILITIES=compute,utility" },
        { Blind, [.. Files], ["/dev/nvidia0", "/dev/nvidiactl"], "may not open /dev/nvidia0, /dev/nvidiactl" },
        { None, [.. Files], ["/dev/nvidia0"], "may not open /dev/nvidia0" },
        { Blind, ["/dev/nvidia0"], [], "nvidia-modprobe" },
        { Blind, [.. Files], [], "dmesg" },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public void What_is_missing_is_told_with_its_remedy(string driver, string[] files, string[] closed, string remedy)
    {
        var finding = Findings(new([File], [File], [.. files], [.. closed]), driver, hasTorch: false)["gpu"].Single();

        Assert.Equal(FindingState.Optional, finding.State);
        Assert.Contains("will not be used", finding.Text, StringComparison.Ordinal);
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpu_that_the_environment_hides_is_told_to_be_hidden()
    {
        var findings = Findings(new([H200, L4], [L4], Files, []), Both, hasTorch: true)["gpu"].ToArray();

        Assert.Contains("CUDA_VISIBLE_DEVICES", findings[0].Text, StringComparison.Ordinal);
        Assert.Equal([FindingState.Optional, FindingState.Ok], findings.Select(finding => finding.State));
    }

    [Fact]
    public void A_machine_without_a_gpu_needs_none()
    {
        var findings = Findings(GpuSight.Nothing, None, hasTorch: false);

        Assert.All(findings.SelectMany(group => group), finding => Assert.Equal(FindingState.Optional, finding.State));
        Assert.Equal("no NVIDIA GPU", findings["gpu"].Single().Text);
    }

    [Theory]
    [InlineData(Both, true, "cuda", "cuda")]
    [InlineData(Old, true, "torch/cuda", "torch/cuda")]
    [InlineData(Old, false, null, null)]
    [InlineData(None, true, "torch/cuda", "torch/cuda")]
    [InlineData(None, false, null, null)]
    public void A_node_takes_the_kernels_else_libtorch_else_no_gpu(string driver, bool hasTorch, string? first, string? second)
    {
        var usable = UsableGpus.Choose([H200, L4], Devices(driver, hasTorch)).ToDictionary(gpu => gpu.Index, gpu => gpu.Engine);

        Assert.Equal((first, second), (usable.GetValueOrDefault(0), usable.GetValueOrDefault(1)));
    }

    [Fact]
    public void A_node_says_of_each_gpu_that_it_leaves_alone_why()
    {
        Assert.Empty(UsableGpus.WhyUnused([H200, L4], Devices(Both, hasTorch: false)));
        Assert.Equal(
            ["GPU 0 (NVIDIA H200) will not be used: the driver speaks CUDA 11.4; it must speak 11.8 at least; `pinnsweep doctor` says what to do"],
            UsableGpus.WhyUnused([H200], Devices(Old, hasTorch: false)));
    }

    [Fact]
    public void A_gpu_without_a_uuid_is_used_where_no_card_of_the_driver_fails()
    {
        Assert.Equal("cuda", Assert.Single(UsableGpus.Choose([File], Devices(Both, hasTorch: false))).Engine);
        Assert.Empty(UsableGpus.Choose([File], Devices(Old, hasTorch: false)));
    }

    private static GpuSight Seen(params Gpu[] gpus) => new([.. gpus], [.. gpus], Files, []);

    private static ILookup<string, Finding> Findings(GpuSight sight, string driver, bool hasTorch) =>
        GpuCheck.Run(sight, Devices(driver, hasTorch)).ToLookup(finding => finding.Name);

    private static TrainerDevices Devices(string driver, bool hasTorch)
    {
        using var answer = JsonDocument.Parse($$"""{"torch": {"cuda": {{(hasTorch ? "true" : "false")}}}, "cuda": {{driver}}}""");
        return TrainerDevices.Read(answer.RootElement);
    }
}
