using System.Text.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Trials;

/// <summary>Evidence as results keep it: what a later version added is absent in what earlier ones wrote, and written by none that lacks it.</summary>
public sealed class EvidenceTests
{
    private const string Earlier =
        """{"commit":"abc","versions":{"pinnsweep":"0.1.0"},"machine":"a machine","engine":"fused/avx2","streams":["init"],"started":"2026-01-02T03:04:05+00:00","finished":"2026-01-02T03:05:05+00:00"}""";

    [Fact]
    public void Evidence_of_an_earlier_version_is_read_and_written_again_letter_for_letter()
    {
        var evidence = JsonSerializer.Deserialize<Evidence>(Earlier, TrainerProtocol.Json)!;

        Assert.Equal((null, null, null), (evidence.Device, evidence.Lanes, evidence.Beside));
        Assert.Equal(Earlier, JsonSerializer.Serialize(evidence, TrainerProtocol.Json));
    }

    [Fact]
    public void Device_and_company_come_back_as_they_were_written()
    {
        var device = new TrialDevice("NVIDIA H200", 0, "GPU-1b5fa1c6-6f2d-4a55-8a38-3d0c2f6f9e01", "570.86.15 (CUDA 12.8)", 1);
        var evidence = JsonSerializer.Deserialize<Evidence>(Earlier, TrainerProtocol.Json)! with { Device = device, Lanes = 32, Beside = 31 };

        var back = JsonSerializer.Deserialize<Evidence>(JsonSerializer.Serialize(evidence, TrainerProtocol.Json), TrainerProtocol.Json)!;

        Assert.Equal((device, 32, 31), (back.Device, back.Lanes, back.Beside));
    }

    [Theory]
    [InlineData("GPU-x", "570.86.15 (CUDA 12.8)", 3, "NVIDIA L4 (GPU-x), driver 570.86.15 (CUDA 12.8), kernels 3")]
    [InlineData(null, null, null, "NVIDIA L4 (number 2)")]
    public void A_device_in_words_leaves_out_what_is_not_known(string? uuid, string? driver, int? kernels, string says) =>
        Assert.Equal(says, new TrialDevice("NVIDIA L4", 2, uuid, driver, kernels).ToString());
}
