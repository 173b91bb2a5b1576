namespace PinnSweep.Cluster.Machines;

/// <summary>A graphics processor of this machine.</summary>
/// <param name="Index">Its number in the order of the bus, as nvidia-smi counts.</param>
/// <param name="Uuid">Its UUID; null where only the device file was found.</param>
/// <param name="Name">The maker's name for it.</param>
/// <param name="MemoryBytes">Its memory; null where it is unknown or shared with the processor.</param>
public sealed record Gpu(int Index, string? Uuid, string Name, long? MemoryBytes)
{
    /// <summary>How CUDA is told of it.</summary>
    public string CudaName => Uuid ?? Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
