using System.Runtime.InteropServices;
using System.Text;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// The few functions of the driver's own library that are called directly: what there is, without a context on any device, and the consent to
/// more shared memory than every card has.
/// </summary>
internal static unsafe partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int MaxDynamicSharedMemory = 8;
    private const int SharedMemoryPerBlockOptIn = 97;

    /// <summary>Why no device can be used, in words; null where one can.</summary>
    /// <param name="device">The number of the device.</param>
    public static string? WhyUnavailable(int device)
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            return $"this machine has no CUDA driver ({Library} is not found; a container needs the driver mounted, for instance by the NVIDIA container toolkit)";
        }

        if (Initialize(0) is var error and not 0)
        {
            return $"the CUDA driver does not start (error {error}{(error == 100 ? ": it finds no device" : "")})";
        }

        return Count(out var count) != 0 || count == 0 ? "the CUDA driver finds no device"
            : device >= count ? FormattableString.Invariant($"there is no device {device}: the driver finds {count}, numbered from 0")
            : null;
    }

    /// <summary>The names of the devices; none without a driver.</summary>
    public static IReadOnlyList<string> Names()
    {
        if (WhyUnavailable(0) is not null || Count(out var count) != 0)
        {
            return [];
        }

        var names = new List<string>();
        var name = stackalloc byte[256];
        for (var device = 0; device < count; device++)
        {
            names.Add(Name(name, 256, device) == 0 ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)) : "unknown");
        }

        return names;
    }

    /// <summary>The version of CUDA that the driver speaks, for instance 12.8; null without a driver.</summary>
    public static string? Version() =>
        NativeLibrary.TryLoad(Library, out _) && DriverVersion(out var version) == 0 ? FormattableString.Invariant($"{version / 1000}.{version % 1000 / 10}") : null;

    /// <summary>Bytes of shared memory that a block may ask for.</summary>
    public static int SharedMemory(int device) => Attribute(out var bytes, SharedMemoryPerBlockOptIn, device) == 0 ? bytes : 48 * 1024;

    /// <summary>Lets a kernel have so much shared memory; without it there are 48 kB.</summary>
    public static void AllowSharedMemory(nint function, int bytes)
    {
        if (SetAttribute(function, MaxDynamicSharedMemory, bytes) is var error and not 0)
        {
            throw new GpuLostException(FormattableString.Invariant($"the driver refuses {bytes} bytes of shared memory to a kernel (error {error})"));
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuInit")]
    private static partial int Initialize(uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    private static partial int Count(out int count);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    private static partial int Name(byte* name, int length, int device);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuDriverGetVersion")]
    private static partial int DriverVersion(out int version);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    private static partial int Attribute(out int value, int attribute, int device);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    private static partial int SetAttribute(nint function, int attribute, int value);
}
