using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using TorchSharp;

namespace PinnSweep.Jets;

/// <summary>What a machine offers to libtorch.</summary>
/// <param name="Folder">Where libLibTorchSharp.so was found, or null.</param>
/// <param name="StandardLibrary">Path of the libstdc++ that the loader takes, or null.</param>
/// <param name="StandardLibraryVersion">Its newest symbol version, for instance <c>GLIBCXX_3.4.30</c>, or null.</param>
/// <param name="Loads">Whether libtorch loads and computes.</param>
/// <param name="Cuda">Whether libtorch sees a CUDA device.</param>
/// <param name="Problem">Why it does not load, or null.</param>
public sealed record NativeTorchStatus(string? Folder, string? StandardLibrary, string? StandardLibraryVersion, bool Loads, bool Cuda, string? Problem);

/// <summary>
/// Loads libtorch once a process, with one thread inside an operation. The libraries lie beside the trainer; a process that lies
/// elsewhere (tests, benchmarks) finds them by the environment variable <c>PINNSWEEP_LIBTORCH</c> or by the runtime option
/// <c>PinnSweep.LibTorchFolder</c>, a path relative to the application.
/// </summary>
public static partial class NativeTorch
{
    private const string Wrapper = "libLibTorchSharp.so";

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    /// <summary>The folder of the native libraries, or null where there is none.</summary>
    public static string? Folder => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, Wrapper)));

    /// <summary>Loads libtorch if that has not happened yet; returns its folder. Call it before any other use of TorchSharp.</summary>
    /// <exception cref="DllNotFoundException">The libraries are absent or the loader refuses them; the message says which.</exception>
    public static string Load() => Loaded.Value;

    /// <summary>What <c>doctor</c> shows. Loads libtorch.</summary>
    public static NativeTorchStatus Inspect()
    {
        var (library, version) = StandardLibrary();
        try
        {
            var folder = Load();
            using var two = torch.ones(2);
            using var sum = two.sum();
            return new(folder, library, version, sum.Entry() == 2, torch.cuda.is_available(), null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or NotSupportedException or ExternalException or TypeInitializationException)
        {
            return new(Folder, library, version, false, false, (exception.InnerException ?? exception).Message);
        }
    }

    private static string LoadOnce()
    {
        var folder = Folder ?? throw new DllNotFoundException(
            $"libtorch is not here: no {Wrapper} in {string.Join(", ", Candidates())}. Build the trainer, or set PINNSWEEP_LIBTORCH to its folder.");

        // TorchSharp asks for its libraries by name, relative to its own assembly; the event answers where the usual places fail.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
        {
            var path = Path.Combine(folder, name.StartsWith("lib", StringComparison.Ordinal) ? name : $"lib{name}.so");
            return File.Exists(path) && NativeLibrary.TryLoad(path, out var handle) ? handle : 0;
        };

        // By absolute path first: a refusal then carries the loader's own words, which TorchSharp swallows.
        NativeLibrary.Load(Path.Combine(folder, Wrapper));
        torch.InitializeDeviceType(DeviceType.CPU);
        torch.set_num_threads(1);
        return folder;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PINNSWEEP_LIBTORCH") is { Length: > 0 } named)
        {
            yield return Path.GetFullPath(named);
        }

        yield return AppContext.BaseDirectory;
        if (AppContext.GetData("PinnSweep.LibTorchFolder") is string relative)
        {
            yield return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
        }
    }

    private static (string? Path, string? Version) StandardLibrary()
    {
        const string Maps = "/proc/self/maps";
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out _) || !File.Exists(Maps))
        {
            return (null, null);
        }

        var line = File.ReadLines(Maps).FirstOrDefault(line => line.Contains("/libstdc++.so.6", StringComparison.Ordinal));
        if (line is null)
        {
            return (null, null);
        }

        var path = line[line.IndexOf('/', StringComparison.Ordinal)..];
        var newest = SymbolVersion().Matches(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)))
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return (path, newest == 0 ? null : $"GLIBCXX_3.4.{newest}");
    }

    [GeneratedRegex(@"GLIBCXX_3\.4\.(\d+)\0")]
    private static partial Regex SymbolVersion();
}
