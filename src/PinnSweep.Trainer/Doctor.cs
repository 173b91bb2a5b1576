using System.Runtime.Intrinsics;
using System.Text.Json;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Studies.Messages;
using PinnSweep.Training.Results;

namespace PinnSweep.Trainer;

/// <summary>What this machine offers to training, as one JSON object. Loads libtorch to see whether it loads.</summary>
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
        },
        TrainerProtocol.Json);
}
