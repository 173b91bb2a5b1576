namespace PinnSweep.Cluster;

/// <summary>
/// The time of a clock as it was at the start, moved on by what its tick counter says: somebody who sets the machine's clock neither ends
/// every lease at once nor makes one last for hours.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _ticks = clock.GetTimestamp();

    public DateTimeOffset Now => _start + clock.GetElapsedTime(_ticks);
}
