using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.Hardware;

/// <summary>Whether a GPU is still in its machine, by what nvidia-smi lists.</summary>
internal static class GpuPresence
{
    /// <summary>What is wrong with it; null where it is listed, and where nothing can be told.</summary>
    /// <param name="listed">The answer to <see cref="GpuListing.SliceArguments"/>; null where there was none.</param>
    /// <param name="device">The GPU, or the slice of one.</param>
    public static MachineTrouble? TroubleOf(SmiAnswer? listed, SlotDevice device)
    {
        // By its number alone nothing is told: those behind one that is gone move up.
        if (listed is null || device.CudaName is not { } uuid || !uuid.Contains('-', StringComparison.Ordinal) || listed.Output.Contains(uuid, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var gone = FormattableString.Invariant($"GPU {device.Index} ({device.Name ?? uuid}) has left the machine: nvidia-smi lists it no more");
        return TroubleSigns.InWords($"{listed.Output}\n{listed.Errors}") switch
        {
            { Kind: TroubleKind.Device } lost => new(TroubleKind.Device, $"{gone} ({lost.Reason})"),
            { } driver => driver,
            _ => listed.ExitCode == 0 || listed.Output.Contains("No devices were found", StringComparison.OrdinalIgnoreCase) ? new(TroubleKind.Device, gone) : null,
        };
    }
}
