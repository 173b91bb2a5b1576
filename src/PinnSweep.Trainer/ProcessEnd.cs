using System.Runtime.InteropServices;

namespace PinnSweep.Trainer;

/// <summary>Ends the process without waiting for anything.</summary>
internal static partial class ProcessEnd
{
    /// <summary>
    /// Past the exit handlers: those of libtorch take its memory away under the main thread, which is still computing, and the process
    /// would end by a segmentation fault.
    /// </summary>
    public static void Now()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            ExitAtOnce(0);
        }

        Environment.Exit(0);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial void ExitAtOnce(int code);
}
