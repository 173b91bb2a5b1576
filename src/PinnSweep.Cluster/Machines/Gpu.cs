namespace PinnSweep.Cluster.Machines;

/// <summary>A graphics processor of this machine.</summary>
/// <param name="Index">Its number in the order of the bus, as nvidia-smi counts.</param>
/// <param name="Uuid">Its UUID; null where only the device file was found.</param>
/// <param name="Name">The maker's name for it.</param>
/// <param name="MemoryBytes">Its memory; null where it is unknown or shared with the processor.</param>
public sealed record Gpu(int Index, string? Uuid, string Name, long? MemoryBytes)
{
    /// <summary>The trainer's own kernels, which know every network of the catalog; the driver is all that they need.</summary>
    public const string Kernels = "cuda";

    /// <summary>The libtorch of the trainer.</summary>
    public const string Torch = "torch/cuda";

    /// <summary>The engine of trials here that ask for none in particular.</summary>
    public string Engine { get; init; } = Kernels;

    /// <summary>How CUDA is told of it.</summary>
    public string CudaName => Uuid ?? Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
