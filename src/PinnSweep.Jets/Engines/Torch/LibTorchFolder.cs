using System.Text.RegularExpressions;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// The libtorch of an installed PyTorch (or of a libtorch archive), which may take the place of the one that was built in: the way to CUDA
/// where the CUDA packages of TorchSharp cannot be had. TorchSharp's own wrapper stays; it was compiled against one version and fits no
/// other.
/// </summary>
/// <param name="Folder">The folder with the libraries.</param>
/// <param name="Version">Its version as PyTorch writes it, for instance <c>2.10.0+cu128</c>; null where nothing tells.</param>
/// <param name="HasCuda">Whether it was built with CUDA.</param>
/// <param name="Problem">Why it does not fit; null where it does.</param>
public sealed partial record LibTorchFolder(string Folder, string? Version, bool HasCuda, string? Problem)
{
    /// <summary>What the wrapper was compiled against, major and minor.</summary>
    public const string NeededVersion = "2.10";

    // In the order in which they need each other; those of CUDA may be absent.
    private static readonly string[] InOrder = ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>Libraries to be loaded before the wrapper, so that it finds these and no others under their names.</summary>
    public IEnumerable<string> Libraries => InOrder.Select(name => Path.Combine(Folder, name)).Where(File.Exists);

    /// <summary>
    /// Looks at a folder, or at the <c>lib</c> below it: <c>site-packages/torch</c> does as well as <c>site-packages/torch/lib</c>.
    /// </summary>
    public static LibTorchFolder Inspect(string named)
    {
        var below = Path.Combine(named, "lib");
        var folder = Path.GetFullPath(!File.Exists(Path.Combine(named, "libtorch.so")) && File.Exists(Path.Combine(below, "libtorch.so")) ? below : named);
        var missing = InOrder.Where(name => !name.Contains("cuda", StringComparison.Ordinal) && !File.Exists(Path.Combine(folder, name))).ToArray();
        var version = VersionOf(folder);
        var problem = missing.Length > 0 ? $"{folder} is no libtorch: it has no {string.Join(", no ", missing)}"
            : version is not null && version != NeededVersion && !version.StartsWith($"{NeededVersion}.", StringComparison.Ordinal)
                ? $"{folder} is libtorch {version}; TorchSharp's wrapper needs {NeededVersion} (pip install torch=={NeededVersion}.0)"
                : null;
        return new(folder, version, File.Exists(Path.Combine(folder, "libtorch_cuda.so")), problem);
    }

    private static string? VersionOf(string folder)
    {
        var above = Path.GetDirectoryName(folder) ?? folder;
        var python = Path.Combine(above, "version.py");
        var archive = Path.Combine(above, "build-version");
        return File.Exists(python) && PythonVersion().Match(File.ReadAllText(python)) is { Success: true } match ? match.Groups[1].Value
            : File.Exists(archive) ? File.ReadAllText(archive).Trim()
            : null;
    }

    [GeneratedRegex(@"^__version__\s*=\s*['""]([^'""]+)['""]", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();
}
