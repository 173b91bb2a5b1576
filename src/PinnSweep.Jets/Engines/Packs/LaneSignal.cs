using System.Runtime.InteropServices;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// One thread waits until another one wakes it, once. On Linux by the kernel's futex alone: the runtime's monitors and events do more for
/// each wait and each release, which with hundreds of lanes is most of what their meeting costs (26 and 10 µs of processors where this takes 5).
/// </summary>
internal sealed unsafe partial class LaneSignal
{
    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;
    private static readonly nint Futex = !OperatingSystem.IsLinux() ? 0
        : RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 202, Architecture.Arm64 => 98, _ => 0 };

    private readonly object _lock = new();
    private readonly int[] _word = GC.AllocateArray<int>(1, pinned: true);

    /// <summary>Ends the other's wait, or the one that it is about to begin.</summary>
    public void Set()
    {
        if (Futex == 0)
        {
            lock (_lock)
            {
                _word[0] = 1;
                Monitor.Pulse(_lock);
            }

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
        if (Futex == 0)
        {
            lock (_lock)
            {
                while (_word[0] == 0)
                {
                    Monitor.Wait(_lock);
                }

                _word[0] = 0;
            }

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

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint Call(nint number, int* word, nint operation, nint value, nint timeout, nint other, nint third);
}
