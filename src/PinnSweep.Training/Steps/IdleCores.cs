using System.Globalization;

namespace PinnSweep.Training.Steps;

/// <summary>
/// Cores that nobody uses at the moment. Trials have one core each, and other trainers are seen by the kernel only: it counts what runs.
/// </summary>
internal static class IdleCores
{
    /// <summary>How many there are beside the calling thread's; 0 where that cannot be told.</summary>
    public static int Count()
    {
        try
        {
            return OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 ? Of(File.ReadAllText("/proc/loadavg"), Environment.ProcessorCount) : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>From the kernel's line, whose fourth word is <c>running/all</c>, the caller among those that run.</summary>
    public static int Of(string line, int cores) =>
        line.Split(' ') is [_, _, _, var tasks, ..] && int.TryParse(tasks.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var running)
            ? Math.Max(0, cores - Math.Max(1, running))
            : 0;
}
