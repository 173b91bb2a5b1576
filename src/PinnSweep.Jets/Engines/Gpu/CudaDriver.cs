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
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

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

    /// <summary>Why the kernels cannot be compiled for a device that is there, in words; null where they can.</summary>
    public static string? WhyNotCompiled(int device) =>
        Attribute(out var major, CapabilityMajor, device) == 0 && Attribute(out var minor, CapabilityMinor, device) == 0 && DriverVersion(out var version) == 0
            ? CardSupport.WhyNot(major, minor, version)
            : null;

    /// <summary>What the driver tells of a device that is there.</summary>
    /// <param name="device">Its number.</param>
    /// <param name="kernels">The version of the kernels that are to run on it; null for those of others.</param>
    public static EngineCard Card(int device, int? kernels)
    {
        var name = stackalloc byte[256];
        return new(Name(name, 256, device) == 0 ? Text(name) : "unknown", device, Uuid(device), DriverFile.Describe(Version()), kernels);
    }

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static string? Uuid(int device)
    {
        try
        {
            Span<byte> bytes = stackalloc byte[16];
            fixed (byte* start = bytes)
            {
                return IdentityOf(start, device) == 0 ? $"GPU-{new Guid(bytes, bigEndian: true)}" : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A driver from before 2017.
            return null;
        }
    }

    /// <summary>The devices; none without a driver.</summary>
    /// <param name="kernels">As for <see cref="Card"/>.</param>
    public static IReadOnlyList<EngineCard> Cards(int? kernels) =>
        WhyUnavailable(0) is null && Count(out var count) == 0 ? [.. Enumerable.Range(0, count).Select(device => Card(device, kernels))] : [];

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

    // The second form tells a slice of a card (MIG) from the card itself, the first one does not.
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport(Library, EntryPoint = "cuDeviceGetUuid_v2")]
    private static partial int IdentityOf(byte* identity, int device);

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
