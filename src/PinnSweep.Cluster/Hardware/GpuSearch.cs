using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Cluster.Hardware;

/// <summary>Looks for GPUs on this machine. That there are none is normal.</summary>
public static class GpuSearch
{
    // A driver that is just loading, or hangs, must not keep a node from starting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The GPUs that this process may use.</summary>
    public static ImmutableArray<Gpu> Find() => Visible(FindAll());

    /// <summary>All GPUs, those too that CUDA_VISIBLE_DEVICES keeps from this process.</summary>
    public static ImmutableArray<Gpu> FindAll() => Ask() ?? Look();

    /// <summary>Those that CUDA_VISIBLE_DEVICES leaves.</summary>
    public static ImmutableArray<Gpu> Visible(ImmutableArray<Gpu> gpus) => GpuListing.Visible(gpus, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));

    /// <summary>How busy they are; empty where nothing tells.</summary>
    public static ImmutableArray<DeviceLoad> Load() => Said(GpuListing.LoadArguments) is { } output ? GpuListing.ParseLoad(output) : [];

    /// <summary>What nvidia-smi lists now, GPUs and their slices by UUID; null where it is absent or does not answer.</summary>
    public static SmiAnswer? List() => Run(GpuListing.SliceArguments);

    private static ImmutableArray<Gpu>? Ask() => Said(GpuListing.Arguments) is { } output
        ? Said(GpuListing.SliceArguments) is { } slices ? GpuListing.WithSlices(GpuListing.Parse(output), slices) : GpuListing.Parse(output)
        : null;

    /// <summary>What nvidia-smi says; null where it is absent or fails.</summary>
    private static string? Said(ImmutableArray<string> arguments) => Run(arguments) is { ExitCode: 0 } answer ? answer.Output : null;

    private static SmiAnswer? Run(ImmutableArray<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo("nvidia-smi", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            ChildEnvironment.Clean(start.Environment);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }

            return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (Exception absent) when (absent is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static ImmutableArray<Gpu> Look() => Directory.Exists("/dev") ? GpuListing.OfDeviceFiles(Directory.EnumerateFiles("/dev", "nvidia*")) : [];
}
