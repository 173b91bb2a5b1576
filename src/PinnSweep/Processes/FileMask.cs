using System.Runtime.InteropServices;

namespace PinnSweep.Processes;

/// <summary>
/// The permissions that new files of this process do without. A node and a run make theirs for their user alone, whatever library makes
/// them and the trainers' too, which inherit this; a report, which is made to be handed on, has the permissions that its user gives files.
/// </summary>
internal static class FileMask
{
    // 077 in the octal digits of umask.
    private const uint OwnerAlone = 0b111_111;
    private static readonly Lock Changing = new();
    private static uint? _ofUser;

    /// <summary>From here on files are for their owner alone.</summary>
    public static void BePrivate()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (Changing)
        {
            var before = Set(OwnerAlone);
            _ofUser ??= before;
        }
    }

    /// <summary>Files have the user's own permissions until the result is disposed.</summary>
    public static IDisposable AsTheUserSays() => new Restore(_ofUser is { } mask ? Set(mask) : null);

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Set(uint mask);

    private sealed class Restore(uint? mask) : IDisposable
    {
        public void Dispose()
        {
            if (mask is { } before)
            {
                _ = Set(before);
            }
        }
    }
}
