using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>What a machine offers to libtorch.</summary>
/// <param name="Folder">Where libtorch was found, or null.</param>
/// <param name="Version">The version of the libtorch that PINNSWEEP_LIBTORCH names; null for the one that was built in.</param>
/// <param name="StandardLibrary">Path of the libstdc++ that the loader takes, or null.</param>
/// <param name="StandardLibraryVersion">Its newest symbol version, for instance <c>GLIBCXX_3.4.30</c>, or null.</param>
/// <param name="Loads">Whether libtorch loads and computes.</param>
/// <param name="Cuda">Whether libtorch sees a CUDA device.</param>
/// <param name="Problem">Why it does not load, or null.</param>
public sealed record NativeTorchStatus(string? Folder, string? Version, string? StandardLibrary, string? StandardLibraryVersion, bool Loads, bool Cuda, string? Problem);

/// <summary>
/// Loads libtorch once a process, with one thread inside an operation. The libraries lie beside the trainer; a process that lies
/// elsewhere (tests, benchmarks) finds them by the runtime option <c>PinnSweep.LibTorchFolder</c>, a path relative to the application. The
/// environment variable <c>PINNSWEEP_LIBTORCH</c> names the libtorch of an installed PyTorch to take instead; see
/// <see cref="LibTorchFolder"/>.
/// </summary>
public static partial class NativeTorch
{
    private const string Wrapper = "libLibTorchSharp.so";

    // Every symbol at once: one that is missing is then told here, and does not end the process in the middle of a training.
    private const int BindNow = 2;

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    /// <summary>The folder of the wrapper, and of libtorch unless another was named; null where there is none.</summary>
    public static string? Folder => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, Wrapper)));

    /// <summary>
    /// The libtorch that PINNSWEEP_LIBTORCH names in place of the built-in one; null where it names none. Only a trainer takes it.
    /// </summary>
    public static LibTorchFolder? Named() =>
        Environment.GetEnvironmentVariable("PINNSWEEP_LIBTORCH") is { Length: > 0 } named ? LibTorchFolder.Inspect(named) : null;

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
            return new(folder, Named()?.Version, library, version, sum.Entry() == 2, torch.cuda.is_available(), null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or NotSupportedException or ExternalException or TypeInitializationException)
        {
            return new(Named()?.Folder ?? Folder, Named()?.Version, library, version, false, false, (exception.InnerException ?? exception).Message);
        }
    }

    private static string LoadOnce()
    {
        var wrapper = Path.Combine(
            Folder ?? throw new DllNotFoundException($"libtorch is not here: no {Wrapper} in {string.Join(", ", Candidates())}. Build the trainer."), Wrapper);
        var named = Named();
        if (named?.Problem is { } problem)
        {
            throw new DllNotFoundException($"PINNSWEEP_LIBTORCH: {problem}");
        }

        // In the default context TorchSharp takes what lies beside it, whatever is named: that is for trainers, which step out of it.
        if (AssemblyLoadContext.GetLoadContext(typeof(NativeTorch).Assembly) == AssemblyLoadContext.Default)
        {
            named = null;
        }

        var folder = named?.Folder ?? Path.GetDirectoryName(wrapper)!;
        foreach (var library in named?.Libraries ?? [])
        {
            // The loader takes a library that it already has for every need of the same name, wherever its file lies.
            NativeLibrary.Load(library);
        }

        // By absolute path first: a refusal then carries the loader's own words, which TorchSharp swallows.
        if (WhyRefused(wrapper) is { } why)
        {
            throw new DllNotFoundException($"{wrapper} does not fit {folder}: {why}");
        }

        // TorchSharp asks for its wrapper by name.
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) =>
        {
            var file = name.StartsWith("lib", StringComparison.Ordinal) ? name : $"lib{name}.so";
            var library = file == Wrapper ? wrapper : Path.Combine(folder, file);
            return File.Exists(library) && NativeLibrary.TryLoad(library, out var handle) ? handle : 0;
        });
        torch.InitializeDeviceType(DeviceType.CPU);
        torch.set_num_threads(1);
        return folder;
    }

    /// <summary>
    /// Loads a library with every symbol that it needs, and returns the reason where the loader refuses it. By pointers, because finding a
    /// function for an import is itself a question to the loader, whose answer takes the place of the words asked for.
    /// </summary>
    private static unsafe string? WhyRefused(string library)
    {
        var system = NativeLibrary.Load("libc.so.6");
        var open = (delegate* unmanaged<byte*, int, nint>)NativeLibrary.GetExport(system, "dlopen");
        var lastError = (delegate* unmanaged<nint>)NativeLibrary.GetExport(system, "dlerror");
        fixed (byte* path = Encoding.UTF8.GetBytes($"{library}\0"))
        {
            return open(path, BindNow) != 0 ? null : Marshal.PtrToStringUTF8(lastError()) ?? "the loader does not say why";
        }
    }

    private static IEnumerable<string> Candidates()
    {
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
        var newest = SymbolVersion().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(path)))
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return (path, newest == 0 ? null : $"GLIBCXX_3.4.{newest}");
    }

    [GeneratedRegex(@"GLIBCXX_3\.4\.(\d+)\0")]
    private static partial Regex SymbolVersion();
}
