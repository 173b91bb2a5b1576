using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Measures how fast the trials of one pack are together. It counts steps, so a trial that ends and its successor are of the same
/// measurement; it begins when everything that trains has said how far it is.
/// </summary>
internal sealed class PackMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);
    private readonly Dictionary<AttemptId, int> _steps = [];
    private DateTimeOffset? _since;
    private DateTimeOffset _last;
    private double _taken;
    private double _laneSeconds;
    private int _lanes;

    /// <summary>Begins anew: other numbers of trials count from here on.</summary>
    public void Reset()
    {
        _steps.Clear();
        _since = null;
    }

    /// <summary>An attempt says how far it is.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="step">Its steps.</param>
    /// <param name="training">All that train in the pack now.</param>
    /// <param name="now">The time.</param>
    /// <returns>Trials on average and steps a second, whenever a time of measurement is over.</returns>
    public (double Lanes, double StepsPerSecond)? Hear(AttemptId attempt, int step, IReadOnlyCollection<AttemptId> training, DateTimeOffset now)
    {
        _laneSeconds += _lanes * (now - _last).TotalSeconds;
        (_last, _lanes) = (now, training.Count);
        foreach (var ended in _steps.Keys.Except(training).ToArray())
        {
            _steps.Remove(ended);
        }

        _taken += _steps.TryGetValue(attempt, out var before) ? Math.Max(0, step - before) : 0;
        _steps[attempt] = step;
        if (_since is not { } since)
        {
            if (training.All(_steps.ContainsKey))
            {
                Begin(now);
            }

            return null;
        }

        var elapsed = now - since;
        if (elapsed < Window)
        {
            return null;
        }

        var seen = (_laneSeconds / elapsed.TotalSeconds, _taken / elapsed.TotalSeconds);
        Begin(now);
        return seen;
    }

    private void Begin(DateTimeOffset now) => (_since, _taken, _laneSeconds) = (now, 0, 0);
}
