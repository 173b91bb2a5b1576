using System.Collections.Immutable;

namespace PinnSweep.Cluster.Protocol;

/// <summary>
/// What does not change of a worker's machine. For people: nothing is decided by it. Whatever cannot be found out is null or empty.
/// </summary>
/// <param name="Processor">The maker's name of the processor.</param>
/// <param name="Cores">Logical cores that the worker may use; 0 where nobody said.</param>
/// <param name="MemoryBytes">Memory that its processes can have in all.</param>
/// <param name="System">The operating system.</param>
/// <param name="Engine">What trials compute with that ask for nothing in particular.</param>
public sealed record MachineFacts(string? Processor, int Cores, long? MemoryBytes, string? System, string? Engine)
{
    private const int LongestText = 80;
    private const int MostDevices = 16;

    /// <summary>The GPUs that slots compute on.</summary>
    public ImmutableArray<DeviceFacts> Devices { get; init; } = [];

    /// <summary>
    /// Cut to what a list of workers has room for, in letters that take a byte each: names come from makers, kernels and other nodes.
    /// </summary>
    public MachineFacts Bounded() => this with
    {
        Processor = Cut(Processor),
        System = Cut(System),
        Engine = Cut(Engine),
        Devices = [.. Devices.Take(MostDevices).Select(device => device with { Name = Cut(device.Name) ?? "" })],
    };

    private static string? Cut(string? text) => text is null ? null
        : new([.. text.Trim().Take(LongestText).Select(letter => char.IsAscii(letter) && !char.IsControl(letter) ? letter : '?')]);
}

/// <summary>A device of a machine.</summary>
/// <param name="Index">Its number there.</param>
/// <param name="Name">The maker's name for it.</param>
/// <param name="MemoryBytes">Its memory; null where it is unknown or shared with the processor.</param>
public sealed record DeviceFacts(int Index, string Name, long? MemoryBytes);

/// <summary>How busy a machine is now.</summary>
/// <param name="PerCore">Processes that run or want to, on average over a minute, for each core: above 1 they wait for each other.</param>
/// <param name="FreeMemoryBytes">Memory that new processes can have.</param>
public sealed record MachineLoad(double? PerCore, long? FreeMemoryBytes)
{
    /// <summary>Nothing is known.</summary>
    public static MachineLoad Unknown { get; } = new(null, null);

    /// <summary>The devices that answered.</summary>
    public ImmutableArray<DeviceLoad> Devices { get; init; } = [];
}

/// <summary>How busy a device is now.</summary>
/// <param name="Index">Its number on its machine.</param>
/// <param name="UsedMemoryBytes">Memory that processes have of it.</param>
/// <param name="Use">The share of the last moments in which it computed, from 0 to 1.</param>
public sealed record DeviceLoad(int Index, long? UsedMemoryBytes, double? Use);
