using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Hardware;

/// <summary>
/// Reads what people want to know of a machine: from the kernel's files where there are some, from the runtime elsewhere. What cannot be
/// read is unknown, and never an error.
/// </summary>
internal static class MachineReading
{
    private const string ProcessorName = "model name";

    /// <summary>What does not change.</summary>
    /// <param name="devices">What the slots compute on; empty to leave it to the trainer.</param>
    /// <param name="engine">The engine that was asked for.</param>
    public static MachineFacts Facts(ImmutableArray<SlotDevice> devices, string engine)
    {
        var engines = devices.Select(device => device.Engine(engine)).DefaultIfEmpty(engine).Distinct();
        return new MachineFacts(
            Lines("/proc/cpuinfo").Select(ProcessorOf).FirstOrDefault(name => name is not null) ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bytes ? bytes : null,
            RuntimeInformation.OSDescription,
            string.Join(", ", engines))
        {
            Devices = [.. devices.Where(device => device.Kind == Devices.Gpu).DistinctBy(device => device.Index).Select(device => new DeviceFacts(device.Index, device.Name ?? "GPU", device.MemoryBytes))],
        }.Bounded();
    }

    /// <summary>How busy the machine is; of GPUs only where the caller wants to wait for their driver.</summary>
    public static MachineLoad Load(bool withGpus)
    {
        var perCore = LoadOf(Lines("/proc/loadavg").FirstOrDefault()) / Environment.ProcessorCount;
        var memory = GC.GetGCMemoryInfo();
        return new(perCore, FreeMemory.Bytes() ?? (memory.TotalAvailableMemoryBytes > memory.MemoryLoadBytes ? memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes : null))
        {
            Devices = withGpus ? GpuSearch.Load() : [],
        };
    }

    /// <summary>The name in a line of <c>/proc/cpuinfo</c>; null where it is another line. Not every processor has one.</summary>
    internal static string? ProcessorOf(string line) =>
        line.StartsWith(ProcessorName, StringComparison.Ordinal) && line.Split(':', 2) is [_, var name] && name.Trim().Length > 0 ? name.Trim() : null;

    /// <summary>The first number of <c>/proc/loadavg</c>: the average of one minute.</summary>
    internal static double? LoadOf(string? line) =>
        double.TryParse(line?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load) ? load : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
