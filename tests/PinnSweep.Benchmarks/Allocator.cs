using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PinnSweep.Benchmarks;

/// <summary>
/// How malloc of a contender that calls libtorch is set. Buffers of a step are of some MB; glibc gives these, or the top of the heap, back to
/// the system when they are freed, and the next step faults every page in again. Whoever trains with PyTorch in earnest sets it, so ratios
/// are quoted over that. glibc reads the variables at the start of a process: a contender is a process of its own.
/// </summary>
internal static class Allocator
{
    // 32 MiB is the most that glibc takes as the size from which on a buffer is mapped; without the other two the heap would still shrink.
    private static readonly (string Name, string Value)[] Variables =
    [
        ("MALLOC_MMAP_THRESHOLD_", "33554432"),
        ("MALLOC_TRIM_THRESHOLD_", "17179869184"),
        ("MALLOC_TOP_PAD_", "268435456"),
    ];

    /// <summary>Whether this machine's malloc knows the variables.</summary>
    public static bool IsTunable { get; } = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out _);

    /// <summary>The setting, for people.</summary>
    public static string Tuned { get; } = string.Join(' ', Variables.Select(variable => $"{variable.Name}={variable.Value}"));

    /// <summary>Sets a process's allocator, whatever this process's is.</summary>
    public static void Set(ProcessStartInfo start, bool tuned)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MALLOC_", StringComparison.Ordinal) || name == "GLIBC_TUNABLES").ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in tuned && IsTunable ? Variables : [])
        {
            start.Environment[name] = value;
        }
    }
}
