namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>How a study shares the workers with others. It says nothing of the numbers, so it is no part of a trial's key.</summary>
/// <param name="Priority">Higher goes first; equal ones share fairly.</param>
/// <param name="MaxRunning">Trials of the study that may run at the same time; null for no limit.</param>
/// <param name="Device"><see cref="Devices.Cpu"/> or <see cref="Devices.Gpu"/>; null takes any.</param>
public sealed record Placement(int Priority = 0, int? MaxRunning = null, string? Device = null)
{
    /// <summary>No wishes.</summary>
    public static Placement Default { get; } = new();
}

/// <summary>Kinds of slots.</summary>
public static class Devices
{
    /// <summary>A processor core.</summary>
    public const string Cpu = "cpu";

    /// <summary>A graphics processor.</summary>
    public const string Gpu = "gpu";
}

/// <summary>Slots by device.</summary>
/// <param name="Cpu">On processor cores.</param>
/// <param name="Gpu">On graphics processors.</param>
public readonly record struct SlotCount(int Cpu, int Gpu)
{
    /// <summary>All of them.</summary>
    public int Total => Cpu + Gpu;

    /// <summary>Those that a study with this wish can use.</summary>
    public int Of(string? device) => device switch
    {
        Devices.Cpu => Cpu,
        Devices.Gpu => Gpu,
        _ => Total,
    };

    /// <summary>No more than so many, the rarer ones first.</summary>
    public SlotCount AtMost(int total)
    {
        var gpu = Math.Clamp(total, 0, Gpu);
        return new(Math.Clamp(total - gpu, 0, Cpu), gpu);
    }

    /// <summary>What is left after an attempt took its room; one that takes any device takes cores first.</summary>
    public SlotCount Without(string? device, int room) => device switch
    {
        Devices.Cpu => this with { Cpu = Cpu - room },
        Devices.Gpu => this with { Gpu = Gpu - room },
        _ => new(Cpu - Math.Min(Cpu, room), Gpu - Math.Max(0, room - Cpu)),
    };
}

/// <summary>A registered worker as placement sees it.</summary>
/// <param name="Name">Stable over restarts.</param>
/// <param name="Slots">All its slots, free or not.</param>
/// <param name="IsDraining">True when it takes nothing new.</param>
/// <param name="Paused">Why its machine cannot train now; null when it can.</param>
public sealed record FleetMember(string Name, SlotCount Slots, bool IsDraining = false, string? Paused = null)
{
    /// <summary>Whether it may be given something.</summary>
    public bool TakesWork => !IsDraining && Paused is null;
}
