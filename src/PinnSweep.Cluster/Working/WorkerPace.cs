using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Working;

/// <summary>How fast a worker trains: its results of the last minutes, and the last speed of each trial.</summary>
/// <param name="begun">When it began, on a clock that nobody sets.</param>
internal sealed class WorkerPace(DateTimeOffset begun)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private readonly Queue<DateTimeOffset> _results = new();
    private readonly Dictionary<AttemptId, (double Speed, DateTimeOffset At)> _speeds = [];

    /// <summary>A trial has a result.</summary>
    public void Finish(DateTimeOffset now)
    {
        Forget(now);
        _results.Enqueue(now);
    }

    /// <summary>An attempt says how fast it is.</summary>
    public void GetOn(AttemptId attempt, double stepsPerSecond, DateTimeOffset now) => _speeds[attempt] = (stepsPerSecond, now);

    /// <summary>An attempt trains no more.</summary>
    public void End(AttemptId attempt) => _speeds.Remove(attempt);

    /// <summary>The pace now. One that has said nothing for a minute stands still.</summary>
    public WorkerThroughput Of(DateTimeOffset now)
    {
        Forget(now);
        var span = now - begun < Window ? now - begun : Window;
        return new(
            span < Least ? null : _results.Count / span.TotalHours,
            _speeds.Values.Where(speed => now - speed.At < Least && double.IsFinite(speed.Speed)).Sum(speed => speed.Speed));
    }

    private void Forget(DateTimeOffset now)
    {
        while (_results.TryPeek(out var oldest) && now - oldest >= Window)
        {
            _results.Dequeue();
        }
    }
}
