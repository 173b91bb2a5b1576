using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Cluster.Hardware;

/// <summary>Reads what drivers, device files and batch systems say of GPUs.</summary>
internal static partial class GpuListing
{
    /// <summary>Arguments of nvidia-smi whose output <see cref="Parse"/> reads.</summary>
    public static ImmutableArray<string> Arguments { get; } = ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"];

    /// <summary>Arguments of nvidia-smi whose output <see cref="ParseLoad"/> reads.</summary>
    public static ImmutableArray<string> LoadArguments { get; } = ["--query-gpu=index,memory.used,utilization.gpu", "--format=csv,noheader,nounits"];

    /// <summary>How busy each GPU is; what a driver does not tell ([N/A]) is unknown.</summary>
    public static ImmutableArray<DeviceLoad> ParseLoad(string output) => [.. output.Split('\n').Select(ParseLoadLine).OfType<DeviceLoad>()];

    /// <summary>The GPUs in the output of nvidia-smi; lines that are none (warnings, "No devices were found") are passed over.</summary>
    public static ImmutableArray<Gpu> Parse(string output) => [.. output.Split('\n').Select(ParseLine).OfType<Gpu>()];

    /// <summary>Arguments of nvidia-smi whose output <see cref="WithSlices"/> reads.</summary>
    public static ImmutableArray<string> SliceArguments { get; } = ["-L"];

    /// <summary>
    /// The GPUs, and in place of each that is divided (MIG) its slices: a process computes on one slice alone, and CUDA knows a divided GPU by
    /// no other name. Of a slice's memory nothing is told here.
    /// </summary>
    /// <param name="gpus">The GPUs.</param>
    /// <param name="output">The output of nvidia-smi: a line a GPU, below it a line a slice.</param>
    public static ImmutableArray<Gpu> WithSlices(ImmutableArray<Gpu> gpus, string output)
    {
        var slices = new Dictionary<int, List<(string Name, string Uuid)>>();
        var index = -1;
        foreach (var line in output.Split('\n'))
        {
            if (GpuLine().Match(line) is { Success: true } gpu)
            {
                index = int.Parse(gpu.Groups[1].Value, CultureInfo.InvariantCulture);
                slices[index] = [];
            }
            else if (SliceLine().Match(line) is { Success: true } slice && index >= 0)
            {
                slices[index].Add((slice.Groups[1].Value, slice.Groups[2].Value));
            }
        }

        return
        [
            .. gpus.SelectMany(gpu => slices.GetValueOrDefault(gpu.Index) is { Count: > 0 } own
                ? own.Select(slice => gpu with { Uuid = slice.Uuid, Name = $"{gpu.Name} {slice.Name}", MemoryBytes = null })
                : [gpu]),
        ];
    }

    /// <summary>
    /// The GPUs by their device files, <c>/dev/nvidia0</c> and so on, where there is no nvidia-smi, as in lean containers.
    /// </summary>
    public static ImmutableArray<Gpu> OfDeviceFiles(IEnumerable<string> paths) =>
    [
        .. paths.Select(path => DeviceFile().Match(path)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Order()
            .Select(index => new Gpu(index, null, "NVIDIA GPU", null)),
    ];

    /// <summary>
    /// Those that CUDA_VISIBLE_DEVICES of this process leaves, in its order: a batch system gives a job its GPUs that way. As for CUDA, the
    /// first entry that names no GPU ends the list, and an empty list is no GPU at all.
    /// </summary>
    public static ImmutableArray<Gpu> Visible(ImmutableArray<Gpu> gpus, string? visibleDevices) => visibleDevices is null
        ? gpus
        : [.. visibleDevices.Split(',', StringSplitOptions.TrimEntries).Select(entry => Named(gpus, entry)).TakeWhile(gpu => gpu is not null).Select(gpu => gpu!)];

    private static Gpu? Named(ImmutableArray<Gpu> gpus, string entry) => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? gpus.FirstOrDefault(gpu => gpu.Index == index)
        : entry.Length > "GPU-".Length ? gpus.FirstOrDefault(gpu => gpu.Uuid?.StartsWith(entry, StringComparison.OrdinalIgnoreCase) == true) : null;

    private static Gpu? ParseLine(string line)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length < 4 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || !fields[1].StartsWith("GPU-", StringComparison.Ordinal))
        {
            return null;
        }

        // Machines whose processor and GPU share one memory answer [N/A].
        var memory = long.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes << 20 : (long?)null;
        return new(index, fields[1], string.Join(", ", fields[2..^1]), memory);
    }

    private static DeviceLoad? ParseLoadLine(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var index, var used, var use] && Number(index) is { } number
            ? new((int)number, Number(used) << 20, Number(use) / 100.0)
            : null;

    private static long? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-…)
    [GeneratedRegex(@"^GPU (\d+): ")]
    private static partial Regex GpuLine();

    // MIG 3g.40gb     Device  0: (UUID: MIG-…)
    [GeneratedRegex(@"^\s+MIG (\S+)\s+Device\s+\d+: \(UUID: (MIG-[^)]+)\)")]
    private static partial Regex SliceLine();

    [GeneratedRegex(@"/nvidia(\d+)$")]
    private static partial Regex DeviceFile();
}
