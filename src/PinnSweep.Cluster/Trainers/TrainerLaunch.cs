using System.Diagnostics;
using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Trainers;

/// <summary>How trainer processes are started.</summary>
/// <param name="Path">An executable, or a .dll to be started with dotnet.</param>
/// <param name="Environment">Variables beside those that every trainer gets.</param>
public sealed record TrainerLaunch(string Path, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>
    /// The allocator settings hold a trainer's memory at a quarter of what glibc's per-thread arenas let it grow to. One thread a trial:
    /// slots are the parallelism. Dynamic PGO's instrumentation costs a trainer its first seconds and long kernels gain nothing from it.
    /// </summary>
    private static readonly KeyValuePair<string, string>[] Always =
    [
        new("MALLOC_ARENA_MAX", "2"),
        new("MALLOC_TRIM_THRESHOLD_", "131072"),
        new("MALLOC_MMAP_THRESHOLD_", "131072"),
        new("OMP_NUM_THREADS", "1"),
        new("MKL_NUM_THREADS", "1"),
        new("DOTNET_TieredPGO", "0"),
    ];

    /// <summary>Trials that the process may train at once.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Those that may be started already.</summary>
    public TrainerReserve? Reserve { get; init; }

    /// <summary>Refuses a path where nothing is.</summary>
    /// <exception cref="UserMistakeException">No such file.</exception>
    public void Check()
    {
        if (!File.Exists(Path))
        {
            throw new UserMistakeException($"{Path}: the trainer is not here; build PinnSweep again or name the trainer's path");
        }
    }

    /// <summary>The same with more variables, which are stronger than those it has.</summary>
    public TrainerLaunch With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var environment = new Dictionary<string, string>(Environment);
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return this with { Environment = environment };
    }

    /// <summary>Whether the process is the same.</summary>
    internal bool StartsAs(TrainerLaunch other) =>
        Path == other.Path && Lanes == other.Lanes && Environment.Count == other.Environment.Count
        && Environment.All(variable => other.Environment.TryGetValue(variable.Key, out var value) && value == variable.Value);

    /// <summary>The process, its three streams redirected, with the variables that it needs and none of the node's secrets.</summary>
    public ProcessStartInfo StartInfo()
    {
        var isAssembly = System.IO.Path.GetExtension(Path) == ".dll";
        var info = new ProcessStartInfo(isAssembly ? Dotnet() : Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (isAssembly)
        {
            info.ArgumentList.Add(Path);
        }

        if (Lanes > 1)
        {
            info.ArgumentList.Add("--lanes");
            info.ArgumentList.Add(Lanes.ToString(CultureInfo.InvariantCulture));
        }

        ChildEnvironment.Clean(info.Environment);
        foreach (var (name, value) in Always.Concat(Environment))
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static string Dotnet() =>
        System.Environment.ProcessPath is { } self && System.IO.Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet";
}
