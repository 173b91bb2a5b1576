using System.Runtime.Intrinsics;
using System.Text.Json;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Studies.Messages;
using PinnSweep.Training.Results;

namespace PinnSweep.Trainer;

/// <summary>What this machine offers to training, as one JSON object. Loads libtorch to see whether it loads, and asks the CUDA driver.</summary>
internal static class Doctor
{
    public static string Report() => JsonSerializer.Serialize(
        new
        {
            EvidenceOf.Version,
            EvidenceOf.Commit,
            EvidenceOf.Machine,
            SimdBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0,
            Torch = NativeTorch.Inspect(),
            Cuda = new
            {
                Driver = GpuBackend.DriverVersion(),
                Cards = GpuBackend.Cards().Select(card => new { card.Name, card.Uuid, Problem = GpuBackend.WhyUnavailable(card.Number) }),
                Problem = GpuBackend.WhyUnavailable(0),
            },
        },
        TrainerProtocol.Json);
}
