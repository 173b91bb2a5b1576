using System.ComponentModel;
using System.Net.Sockets;

namespace PinnSweep.Cluster.Machines;

/// <summary>
/// Tells a machine's fault from a trial's by what went wrong. Words are those of the C library, the dynamic loader, the runtime and the
/// CUDA driver, which say the same on every machine; a failure without such a sign is taken for the trial's.
/// </summary>
internal static class TroubleSigns
{
    private const int TryAgain = 11;
    private const int NoMemory = 12;
    private const int TooManyFilesInSystem = 23;
    private const int TooManyFiles = 24;

    private static readonly (string Words, TroubleKind Kind)[] Signs =
    [
        ("No space left on device", TroubleKind.Disk),
        ("Disk quota exceeded", TroubleKind.Disk),
        ("Read-only file system", TroubleKind.Disk),
        ("Input/output error", TroubleKind.Disk),
        ("Stale file handle", TroubleKind.Disk),
        ("Transport endpoint is not connected", TroubleKind.Disk),
        ("UnauthorizedAccessException", TroubleKind.Disk),
        ("DirectoryNotFoundException", TroubleKind.Disk),
        ("error while loading shared libraries", TroubleKind.Library),
        ("cannot open shared object file", TroubleKind.Library),
        ("symbol lookup error", TroubleKind.Library),
        ("DllNotFoundException", TroubleKind.Library),
        ("BadImageFormatException", TroubleKind.Library),
        ("Unable to load shared library", TroubleKind.Library),
        ("Could not load file or assembly", TroubleKind.Library),
        ("You must install", TroubleKind.Library),
        ("Failed to create CoreCLR", TroubleKind.Memory),
        ("GC heap initialization failed", TroubleKind.Memory),
        ("Cannot allocate memory", TroubleKind.Memory),
        ("Too many open files", TroubleKind.Memory),
        ("uncorrectable ECC error", TroubleKind.Device),
        ("ECC_UNCORRECTABLE", TroubleKind.Device),
        ("uncorrectable NVLink error", TroubleKind.Device),
        ("NVLINK_UNCORRECTABLE", TroubleKind.Device),
        ("GPU is lost", TroubleKind.Device),
        ("fallen off the bus", TroubleKind.Device),
        ("an illegal memory access was encountered", TroubleKind.Context),
        ("CUDA_ERROR_ILLEGAL_ADDRESS", TroubleKind.Context),
        ("an illegal instruction was encountered", TroubleKind.Context),
        ("CUDA_ERROR_ILLEGAL_INSTRUCTION", TroubleKind.Context),
        ("CUDA error: misaligned address", TroubleKind.Context),
        ("CUDA_ERROR_MISALIGNED_ADDRESS", TroubleKind.Context),
        ("CUDA error: unspecified launch failure", TroubleKind.Context),
        ("CUDA_ERROR_LAUNCH_FAILED", TroubleKind.Context),
        ("the launch timed out and was terminated", TroubleKind.Context),
        ("CUDA_ERROR_LAUNCH_TIMEOUT", TroubleKind.Context),
        ("CUDA error: hardware stack error", TroubleKind.Context),
        ("CUDA_ERROR_HARDWARE_STACK_ERROR", TroubleKind.Context),
        ("no CUDA-capable device", TroubleKind.Gpu),
        ("No CUDA GPUs are available", TroubleKind.Gpu),
        ("Found no NVIDIA driver", TroubleKind.Gpu),
        ("CUDA driver version is insufficient", TroubleKind.Gpu),
        ("CUDA driver initialization failed", TroubleKind.Gpu),
        ("CUDA-capable device(s) is/are busy or unavailable", TroubleKind.Gpu),
        ("CUDA error: initialization error", TroubleKind.Gpu),
        ("CUDA error: system not yet initialized", TroubleKind.Gpu),
        ("CUDA error: invalid device ordinal", TroubleKind.Gpu),
        ("CUDA error: unknown error", TroubleKind.Gpu),
        ("the CUDA driver finds no device", TroubleKind.Gpu),
        ("the CUDA driver does not start", TroubleKind.Gpu),
        ("Driver/library version mismatch", TroubleKind.Gpu),
        ("system has unsupported display driver / cuda driver combination", TroubleKind.Gpu),
    ];

    /// <summary>The machine's trouble behind a failure to use the work folder; null when it was something else.</summary>
    public static MachineTrouble? OfFolder(Exception failure) => failure switch
    {
        IOException { InnerException: SocketException } => null,
        IOException or UnauthorizedAccessException => new(TroubleKind.Disk, $"the work folder cannot be used: {failure.Message}"),
        _ => null,
    };

    /// <summary>
    /// The same of a checkpoint that is to be stored. While the coordinator was away the trainer wrote newer ones and took this one away:
    /// no trouble, as long as its folder is there.
    /// </summary>
    public static MachineTrouble? OfCheckpoint(Exception failure, string folder) => failure is FileNotFoundException && Directory.Exists(folder) ? null : OfFolder(failure);

    /// <summary>Why a process could not be started: no trial had a part in it.</summary>
    public static MachineTrouble OfStart(Exception failure) => failure switch
    {
        Win32Exception { NativeErrorCode: TryAgain or NoMemory or TooManyFiles or TooManyFilesInSystem } =>
            new(TroubleKind.Memory, $"no process can be started: {failure.Message}"),
        _ => new(TroubleKind.Trainer, $"the trainer cannot be started: {failure.Message}"),
    };

    /// <summary>The machine's trouble that a trainer's words tell of; null when they tell of none.</summary>
    public static MachineTrouble? InWords(string words)
    {
        foreach (var (sign, kind) in Signs)
        {
            if (words.Contains(sign, StringComparison.OrdinalIgnoreCase))
            {
                return new(kind, LineWith(words, sign));
            }
        }

        return null;
    }

    /// <summary>Whether words tell of an error that leaves a process without its GPU, whoever of those that share it made it.</summary>
    public static bool IsOfContext(string words) => words.Contains("CUDA error: device-side assert", StringComparison.OrdinalIgnoreCase);

    private static string LineWith(string words, string sign)
    {
        var line = words.Split('\n').First(line => line.Contains(sign, StringComparison.OrdinalIgnoreCase)).Replace("Unhandled exception. ", "", StringComparison.Ordinal).Trim();
        return line.Length <= 300 ? line : $"{line[..300]}…";
    }
}
