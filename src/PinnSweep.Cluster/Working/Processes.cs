using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Cluster.Working;

/// <summary>Processes of this machine, by what Linux tells of them.</summary>
internal static class Processes
{
    private const int State = 0;
    private const int Start = 19;

    /// <summary>This process; null where the system does not tell.</summary>
    public static ProcessIdentity? Own { get; } = Find(Environment.ProcessId);

    /// <summary>
    /// A short word for the network that this process sees: the machine's since it booted, or its container's. Null where the system does
    /// not tell.
    /// </summary>
    public static string? Network { get; } = Kernel() is { } kernel && new FileInfo("/proc/self/ns/net").LinkTarget is { } network
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kernel + network)))[..8]
        : null;

    /// <summary>
    /// True when a process of this machine is certainly gone; false when it lives, or is of another machine, or cannot be seen.
    /// </summary>
    public static bool IsGone(ProcessIdentity process) =>
        Own is { } own && own.Machine == process.Machine && SeesOthers() && Find(process.Id)?.Start != process.Start;

    private static ProcessIdentity? Find(int id)
    {
        try
        {
            // The name in parentheses may hold anything; what is counted comes after it.
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var machine = $"{Kernel()} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
            return fields[State] is "Z" or "X" ? null : new(machine, id, long.Parse(fields[Start], CultureInfo.InvariantCulture));
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Kernel()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where /proc hides the processes of other users, one that is not seen may live.</summary>
    private static bool SeesOthers() => File.Exists("/proc/1/stat");
}
