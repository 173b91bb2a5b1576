using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Hardware;

/// <summary>
/// Which slots a node makes. By default one a GPU where the trainer computes on GPUs, else one a core. <c>--slots</c> says otherwise: a
/// number (<c>4</c>) of slots of the default kind, dealt to the GPUs in turn, or how many of each kind (<c>gpu=2,cpu=8</c>).
/// </summary>
public static class SlotPlan
{
    private const int Most = 1024;
    private const int MostProbed = 64;
    private const string Auto = "auto";

    // The engines whose passes of several trials are one launch.
    private static readonly string[] OnePrograms = [Gpu.Kernels, Gpu.Torch];

    /// <summary>The slots of a node, those on GPUs first.</summary>
    /// <param name="slots">The value of <c>--slots</c>; null for the default.</param>
    /// <param name="gpus">GPUs that the trainer can use: none where its libtorch has no CUDA, whatever the machine has.</param>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="lanes">
    /// Slots of each device, in a row: the trials that share it. Null finds out how many it is best filled with where a GPU runs several as
    /// one program, and is 1 elsewhere.
    /// </param>
    /// <param name="engine">The engine that was asked for.</param>
    /// <exception cref="UserMistakeException">The value is none, or asks for GPUs where there are none.</exception>
    public static ImmutableArray<SlotDevice> Of(string? slots, ImmutableArray<Gpu> gpus, int cores, int? lanes = 1, string engine = Auto)
    {
        var (gpuSlots, cpuSlots) = slots is null ? (gpus.Length, gpus.IsEmpty ? cores : 0) : Parse(slots, gpus.IsEmpty);
        if (gpuSlots > 0 && gpus.IsEmpty)
        {
            throw new UserMistakeException($"--slots {slots}: there is no GPU here that the trainer can use; `pinnsweep doctor` says what is missing");
        }

        return
        [
            .. Enumerable.Range(0, gpuSlots).Select(slot => SlotDevice.Of(gpus[slot % gpus.Length])).SelectMany(Shared),
            .. Enumerable.Range(0, cpuSlots).Select(SlotDevice.Cpu).SelectMany(Shared),
        ];

        IEnumerable<SlotDevice> Shared(SlotDevice device)
        {
            var isProbed = lanes is null && device.Kind == Devices.Gpu && OnePrograms.Any(one => device.Engine(engine).StartsWith(one, StringComparison.Ordinal));
            var count = lanes ?? (isProbed ? MostProbed : 1);
            return Enumerable.Repeat(device with { Lanes = count, IsProbed = isProbed }, count);
        }
    }

    /// <summary>The value of <c>--lanes</c>: how many trials share a device, or null for <c>auto</c>.</summary>
    /// <exception cref="UserMistakeException">It is neither, less than one, or more than a trainer takes.</exception>
    public static int? Lanes(string? asked) => asked is null or Auto ? null
        : Count(asked) ?? throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--lanes {NearestMatch.Quote(asked)}: expected auto or a number from 1 to {Most}, for instance 16"));

    private static (int Gpu, int Cpu) Parse(string slots, bool isWithoutGpus)
    {
        if (Count(slots) is { } plain)
        {
            return isWithoutGpus ? (0, plain) : (plain, 0);
        }

        var counts = new Dictionary<string, int>();
        foreach (var part in slots.Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=', StringSplitOptions.TrimEntries);
            if (pair is not [Devices.Gpu or Devices.Cpu, _] || Count(pair[1]) is not { } count || !counts.TryAdd(pair[0], count))
            {
                throw Mistake(slots);
            }
        }

        return (counts.GetValueOrDefault(Devices.Gpu), counts.GetValueOrDefault(Devices.Cpu));
    }

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most ? count : null;

    private static UserMistakeException Mistake(string slots) =>
        new($"--slots {slots}: expected a number from 1 to {Most}, or how many of each kind, for instance gpu=2,cpu=8");
}
