namespace PinnSweep.Cluster;

/// <summary>
/// Time in which this process was served: it stands still while the processor, the thread pool or a suspended machine kept the process from
/// doing anything. Whoever judges others by their silence measures it by this, because words that came meanwhile could not be heard.
/// </summary>
internal sealed class OwnTime : IDisposable
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>A beat that is late by less is no sign of anything.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _beat;
    private long _lastBeat;
    private TimeSpan _lost;

    public OwnTime(TimeProvider clock)
    {
        _clock = clock;
        _start = _lastBeat = clock.GetTimestamp();
        // On the pool, as the messages of others are: a thread of its own would be served when the pool is not.
        _beat = clock.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    /// <summary>Of this process, since it was first asked for.</summary>
    public static OwnTime OfProcess { get; } = new(TimeProvider.System);

    /// <summary>Since the start; never runs backwards.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _clock.GetElapsedTime(_start) - _lost - Gap();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _beat.Dispose();

    private void Beat()
    {
        lock (_lock)
        {
            _lost += Gap();
            _lastBeat = _clock.GetTimestamp();
        }
    }

    /// <summary>What is missing since the last beat.</summary>
    private TimeSpan Gap() => _clock.GetElapsedTime(_lastBeat) - LongestGap is var gap && gap > TimeSpan.Zero ? gap : TimeSpan.Zero;
}
