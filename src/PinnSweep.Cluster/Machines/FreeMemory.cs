using System.Globalization;

namespace PinnSweep.Cluster.Machines;

/// <summary>Memory that new processes can have: the machine's, or what a container leaves.</summary>
internal static class FreeMemory
{
    /// <summary>Null where the system does not tell.</summary>
    public static long? Bytes()
    {
        var machine = Line("/proc/meminfo", "MemAvailable:") is { } kibibytes ? kibibytes << 10 : (long?)null;
        var container = Number("/sys/fs/cgroup/memory.max") - Number("/sys/fs/cgroup/memory.current");
        return (machine, container) switch
        {
            ({ } one, { } other) => Math.Min(one, other),
            _ => machine ?? container,
        };
    }

    /// <summary>Memory of a process that is in the machine now; 0 where it cannot be told.</summary>
    public static long ResidentBytes(int process) =>
        (Line(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"), "VmRSS:") ?? 0) << 10;

    private static long? Line(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is not null && long.TryParse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var value) ? value : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? Number(string file)
    {
        try
        {
            return File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var value) ? value : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
