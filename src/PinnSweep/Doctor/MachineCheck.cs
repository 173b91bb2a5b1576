using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using PinnSweep.Storage;

namespace PinnSweep.Doctor;

/// <summary>What the machine itself offers: processor, memory, disk, ports, system libraries.</summary>
internal static class MachineCheck
{
    // Below this a checkpoint or a journal page may fail to be written in the middle of a study.
    private const double EnoughDiskGiB = 1;

    public static IEnumerable<Finding> Run(string store)
    {
        yield return Finding.Ok("system", $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {RuntimeInformation.FrameworkDescription}");
        yield return Finding.Ok("simd", Simd());
        yield return Finding.Ok("cores", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} (the default of --slots)"));
        yield return Memory();
        yield return Disk(store);
        yield return Port();
    }

    private static string Simd() =>
        Avx512F.IsSupported ? "512 bits (AVX-512)"
        : Avx2.IsSupported && Fma.IsSupported ? "256 bits (AVX2, FMA)"
        : AdvSimd.IsSupported ? "128 bits (NEON)"
        : "128 bits or less: training will be slow on this processor";

    private static Finding Memory()
    {
        const double gib = 1 << 30;
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / gib;
        var free = File.Exists("/proc/meminfo")
            ? File.ReadLines("/proc/meminfo").Where(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / gib).FirstOrDefault()
            : total;
        var text = string.Create(CultureInfo.InvariantCulture, $"{total:0.0} GiB, {free:0.0} GiB free");
        return free >= 0.5 * Environment.ProcessorCount
            ? Finding.Ok("memory", text)
            : new("memory", FindingState.Optional, text, "a trainer takes 0.3 to 0.5 GiB; run with fewer --slots");
    }

    private static Finding Disk(string store)
    {
        var folder = StorePlace.Parse(store).Folder;
        var free = new DriveInfo(folder).AvailableFreeSpace / (double)(1 << 30);
        var text = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GiB free at {folder}");
        return free >= EnoughDiskGiB ? Finding.Ok("disk", text) : new("disk", FindingState.Missing, text, "free some space, or put the store elsewhere with --store");
    }

    private static Finding Port()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return Finding.Ok("port", string.Create(CultureInfo.InvariantCulture, $"loopback works, for instance {((IPEndPoint)listener.LocalEndpoint).Port}"));
        }
        catch (SocketException failure)
        {
            return new("port", FindingState.Missing, failure.Message, "a run needs one TCP port on 127.0.0.1; allow it in the sandbox or container");
        }
    }
}
