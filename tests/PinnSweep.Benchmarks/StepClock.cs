using System.Diagnostics;
using System.Runtime.InteropServices;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>
/// Time in milliseconds: of the wall, or the processor time of the calling thread, which is fairer where other work shares the machine.
/// A step of every contender runs on its caller's thread alone, so both mean the same on a machine that is otherwise idle.
/// </summary>
internal sealed unsafe partial class StepClock(bool processorTime)
{
    private const int ThreadProcessorTime = 3;

    /// <summary>The clock of an option's word.</summary>
    /// <exception cref="UserMistakeException">There is no such clock.</exception>
    public static StepClock Of(string word) => word switch
    {
        "cpu" => new(processorTime: true),
        "wall" => new(processorTime: false),
        _ => throw new UserMistakeException($"--clock is 'wall' or 'cpu', not '{word}'."),
    };

    public double Now
    {
        get
        {
            if (!processorTime)
            {
                return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
            }

            var time = stackalloc long[2];
            return GetTime(ThreadProcessorTime, time) == 0 ? (time[0] * 1e3) + (time[1] / 1e6) : throw new PlatformNotSupportedException("--clock cpu needs clock_gettime.");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetTime(int clock, long* time);
}
