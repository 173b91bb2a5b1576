namespace PinnSweep.Testing;

/// <summary>Managed memory that steps ask for.</summary>
public static class Allocations
{
    private const int Windows = 4;

    /// <summary>
    /// Bytes that the calling thread allocates in an action, the least of four times. A few times in full runs of the suite, never alone, a
    /// window held some kilobytes that code which is the same to the last digit cannot have asked for: the runtime's own. What a step
    /// allocates shows in every window.
    /// </summary>
    public static long Of(Action steps)
    {
        var least = long.MaxValue;
        for (var window = 0; window < Windows; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            steps();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
