using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Hardware;

/// <summary>What the trainer of one slot computes on.</summary>
/// <param name="Kind"><see cref="Devices.Cpu"/> or <see cref="Devices.Gpu"/>.</param>
/// <param name="Index">Number of the core or GPU on its machine.</param>
/// <param name="MemoryBytes">Memory of the GPU; null where it is unknown, and for cores, which share theirs.</param>
/// <param name="CudaName">How CUDA is to be told of the GPU: its UUID, or its index where nothing tells the UUID; null for cores.</param>
public sealed record SlotDevice(string Kind, int Index, long? MemoryBytes = null, string? CudaName = null)
{
    /// <summary>The maker's name of the GPU; null for cores.</summary>
    public string? Name { get; init; }

    /// <summary>The engine here of trials that ask for none in particular.</summary>
    public string UsualEngine { get; init; } = "auto";

    /// <summary>Slots in a row, this one among them, that share a trainer on the device; null where its worker says.</summary>
    public int? Lanes { get; init; }

    /// <summary>How many of them are filled is found out, shape by shape.</summary>
    public bool IsProbed { get; init; }

    private const string VisibleDevices = "CUDA_VISIBLE_DEVICES";

    /// <summary>A core of this machine. Nothing binds a trainer to it; the number tells slots apart.</summary>
    public static SlotDevice Cpu(int index) => new(Devices.Cpu, index);

    /// <summary>A GPU of this machine.</summary>
    public static SlotDevice Of(Gpu gpu) => new(Devices.Gpu, gpu.Index, gpu.MemoryBytes, gpu.CudaName) { Name = gpu.Name, UsualEngine = gpu.Engine };

    /// <summary>
    /// What a trainer's environment says of it. A trainer sees its own GPU alone, as its first; one on a core sees none, so that it never
    /// takes memory of a GPU that a neighbour's slot counts on. Indices mean the same to CUDA and to nvidia-smi only in the order of the
    /// bus.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Variables() =>
    [
        new("CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
        new(VisibleDevices, Kind == Devices.Gpu ? CudaName! : "-1"),
    ];

    /// <summary>The engine of a trial here: who asks for none in particular computes on the GPU where the slot has one.</summary>
    public string Engine(string asked) => asked == "auto" ? UsualEngine : asked;
}
