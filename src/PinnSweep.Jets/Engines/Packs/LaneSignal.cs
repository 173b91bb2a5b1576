using System.Runtime.InteropServices;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// One thread waits until another one wakes it, once. On Linux by the kernel's futex alone: an event of the runtime takes a lock of the
/// whole process for each wait and each release, which with hundreds of lanes is most of what their meeting costs.
/// </summary>
internal sealed unsafe partial class LaneSignal : IDisposable
{
    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;
    private static readonly nint Futex = !OperatingSystem.IsLinux() ? 0
        : RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 202, Architecture.Arm64 => 98, _ => 0 };

    private readonly AutoResetEvent? _event = Futex == 0 ? new(false) : null;
    private readonly int[] _word = GC.AllocateArray<int>(1, pinned: true);

    /// <summary>Ends the other's wait, or the one that it is about to begin.</summary>
    public void Set()
    {
        if (_event is not null)
        {
            _event.Set();
            return;
        }

        Volatile.Write(ref _word[0], 1);
        fixed (int* word = _word)
        {
            Call(Futex, word, WakePrivate, 1, 0, 0, 0);
        }
    }

    /// <summary>Returns when <see cref="Set"/> was called since this returned last.</summary>
    public void Wait()
    {
        if (_event is not null)
        {
            _event.WaitOne();
            return;
        }

        fixed (int* word = _word)
        {
            while (Volatile.Read(ref _word[0]) == 0)
            {
                // Returns at once where the word has changed, and sometimes for nothing.
                Call(Futex, word, WaitPrivate, 0, 0, 0, 0);
            }
        }

        Volatile.Write(ref _word[0], 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _event?.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint Call(nint number, int* word, nint operation, nint value, nint timeout, nint other, nint third);
}
