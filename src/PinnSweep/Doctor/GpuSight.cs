using System.Collections.Immutable;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Doctor;

/// <summary>What is seen of GPUs without their driver's library.</summary>
/// <param name="All">Those of the machine.</param>
/// <param name="Visible">Those of them that CUDA_VISIBLE_DEVICES leaves.</param>
/// <param name="Files">Device files of the driver, by their names.</param>
/// <param name="Closed">Those of them that this user may not open.</param>
internal sealed record GpuSight(ImmutableArray<Gpu> All, ImmutableArray<Gpu> Visible, ImmutableArray<string> Files, ImmutableArray<string> Closed)
{
    private const string Devices = "/dev";

    /// <summary>A machine without any.</summary>
    public static GpuSight Nothing { get; } = new([], [], [], []);

    /// <summary>Looks at this machine.</summary>
    public static GpuSight Look()
    {
        var all = GpuSearch.FindAll();
        string[] files = Directory.Exists(Devices) ? [.. Directory.EnumerateFiles(Devices, "nvidia*").Order(StringComparer.Ordinal)] : [];
        return new(all, GpuSearch.Visible(all), [.. files], [.. files.Where(IsClosed)]);
    }

    private static bool IsClosed(string file)
    {
        try
        {
            File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            // A device that does not answer is another matter, which its driver tells better.
            return false;
        }
    }
}
