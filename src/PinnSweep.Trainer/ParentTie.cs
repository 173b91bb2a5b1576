using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer;

/// <summary>
/// Ends this process with the one that started it, however that one ends. The closed input does it too, but only while this process runs:
/// one that is stopped by a signal never reads the end of its input, and once stood for good. The kernel's own signal reaches it there.
/// </summary>
internal static partial class ParentTie
{
    private const int DeathSignal = 1;
    private const int SigKill = 9;
    private const int NotPermitted = 1;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Ties the process to the parent that named itself; a person who starts a trainer by hand is not one.</summary>
    public static void Bind()
    {
        if (OperatingSystem.IsWindows()
            || !int.TryParse(Environment.GetEnvironmentVariable(TrainerProtocol.ParentVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var parent))
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            _ = Control(DeathSignal, SigKill, 0, 0, 0);
        }

        // The order matters: a parent that ended before the line above sends nothing.
        var isChild = ParentId() == parent;
        if (!isChild && !Lives(parent))
        {
            ProcessEnd.Now();
        }

        // Behind a script that starts the trainer, or without Linux's signal, somebody has to look.
        if (!isChild || !OperatingSystem.IsLinux())
        {
            new Thread(() => Watch(parent, isChild)) { IsBackground = true, Name = "parent" }.Start();
        }
    }

    private static void Watch(int parent, bool isChild)
    {
        using var never = new ManualResetEventSlim();
        while (isChild ? ParentId() == parent : Lives(parent))
        {
            never.Wait(LookEvery);
        }

        ProcessEnd.Now();
    }

    private static bool Lives(int process) => Signal(process, 0) == 0 || Marshal.GetLastPInvokeError() == NotPermitted;

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Signal(int process, int signal);
}
