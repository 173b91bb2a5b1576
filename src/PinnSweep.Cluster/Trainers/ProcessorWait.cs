using System.Globalization;

namespace PinnSweep.Cluster.Trainers;

/// <summary>How long a process waited for a processor, as the kernel's scheduler counts it.</summary>
internal static class ProcessorWait
{
    /// <summary>
    /// Of the thread that waited longest, since it began. Zero where the kernel does not tell, or the process is gone: then silence is
    /// silence.
    /// </summary>
    public static TimeSpan Of(int process)
    {
        var longest = TimeSpan.Zero;
        try
        {
            foreach (var thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")))
            {
                // Nanoseconds on a processor, nanoseconds waiting for one, turns.
                var counts = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ');
                var waited = TimeSpan.FromMicroseconds(long.Parse(counts[1], CultureInfo.InvariantCulture) / 1000);
                longest = waited > longest ? waited : longest;
            }
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            // What was read counts.
        }

        return longest;
    }
}
