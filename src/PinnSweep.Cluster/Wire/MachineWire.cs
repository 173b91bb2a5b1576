using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Wire.Proto;

namespace PinnSweep.Cluster.Wire;

/// <summary>What workers tell of their machines and of themselves, to the wire and back.</summary>
internal static class MachineWire
{
    public static MachinePart Write(this MachineFacts machine)
    {
        var part = new MachinePart
        {
            Processor = machine.Processor ?? "",
            Cores = machine.Cores,
            System = machine.System ?? "",
            Engine = machine.Engine ?? "",
            Devices = { machine.Devices.Select(Write) },
        };
        if (machine.MemoryBytes is { } bytes)
        {
            part.MemoryBytes = bytes;
        }

        return part;
    }

    public static MachineFacts Read(this MachinePart part) =>
        new(PartsWire.ReadOptional(part.Processor), part.Cores, part.HasMemoryBytes ? part.MemoryBytes : null, PartsWire.ReadOptional(part.System), PartsWire.ReadOptional(part.Engine))
        {
            Devices = [.. part.Devices.Select(device => new DeviceFacts(device.Index, device.Name, device.HasMemoryBytes ? device.MemoryBytes : null))],
        };

    public static PulsePart Write(this WorkerPulse pulse)
    {
        var part = new PulsePart
        {
            UptimeSeconds = pulse.UptimeSeconds,
            StepsPerSecond = pulse.Throughput.StepsPerSecond,
            Devices = { pulse.Load.Devices.Select(Write) },
            Slots = { pulse.Places.Select(place => WritePlace(place.Slot)) },
            SlotDevices = { pulse.Places.Select(place => WritePlace(place.Device)) },
            Packs = { pulse.Packs.Select(Write) },
        };
        if (pulse.Load.PerCore is { } load)
        {
            part.LoadPerCore = load;
        }

        if (pulse.Load.FreeMemoryBytes is { } free)
        {
            part.FreeMemoryBytes = free;
        }

        if (pulse.Throughput.TrialsPerHour is { } trials)
        {
            part.TrialsPerHour = trials;
        }

        return part;
    }

    public static WorkerPulse Read(this PulsePart part) => new(
        part.UptimeSeconds,
        new(part.HasLoadPerCore ? part.LoadPerCore : null, part.HasFreeMemoryBytes ? part.FreeMemoryBytes : null)
        {
            Devices = [.. part.Devices.Select(device => new DeviceLoad(device.Index, device.HasUsedMemoryBytes ? device.UsedMemoryBytes : null, device.HasUse ? device.Use : null))],
        },
        new(part.HasTrialsPerHour ? part.TrialsPerHour : null, part.StepsPerSecond))
    {
        Places = [.. part.Slots.Zip(part.SlotDevices, (slot, device) => new HeldPlace(ReadPlace(slot), ReadPlace(device)))],
        Packs = [.. part.Packs.Select(Read)],
    };

    private static PulsePart.Types.Pack Write(PackPulse pack) => new()
    {
        First = pack.First,
        Slots = pack.Slots,
        Training = pack.Training,
        Allowed = pack.Allowed,
        Gpu = WritePlace(pack.Gpu),
        Shape = pack.Shape ?? "",
        Why = pack.Why ?? "",
        Trouble = pack.Trouble ?? "",
    };

    private static PackPulse Read(PulsePart.Types.Pack part) => new(part.First, part.Slots, part.Training, part.Allowed)
    {
        Gpu = ReadPlace(part.Gpu),
        Shape = PartsWire.ReadOptional(part.Shape),
        Why = PartsWire.ReadOptional(part.Why),
        Trouble = PartsWire.ReadOptional(part.Trouble),
    };

    /// <summary>A mode of a newer version takes no work that this one could give.</summary>
    public static WorkerMode ReadMode(int mode) => mode is >= 0 and <= (int)WorkerMode.Draining ? (WorkerMode)mode : WorkerMode.Draining;

    public static int WritePlace(int? number) => number + 1 ?? 0;

    public static int? ReadPlace(int number) => number > 0 ? number - 1 : null;

    private static MachinePart.Types.Device Write(DeviceFacts device)
    {
        var part = new MachinePart.Types.Device { Index = device.Index, Name = device.Name };
        if (device.MemoryBytes is { } bytes)
        {
            part.MemoryBytes = bytes;
        }

        return part;
    }

    private static PulsePart.Types.Device Write(DeviceLoad device)
    {
        var part = new PulsePart.Types.Device { Index = device.Index };
        if (device.UsedMemoryBytes is { } used)
        {
            part.UsedMemoryBytes = used;
        }

        if (device.Use is { } use)
        {
            part.Use = use;
        }

        return part;
    }
}
