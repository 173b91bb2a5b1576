namespace PinnSweep.Cluster.Tests;

/// <summary>
/// The system's clock, moved on at once by as much as a test says, as it seems to a process that was not served for so long; its timers
/// fire when the system's do.
/// </summary>
internal sealed class StandingClock : TimeProvider
{
    private long _skipped;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _skipped);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromSeconds((double)Interlocked.Read(ref _skipped) / TimestampFrequency);

    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, (long)(time.TotalSeconds * TimestampFrequency));
}
