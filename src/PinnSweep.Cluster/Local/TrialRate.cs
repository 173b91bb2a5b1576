namespace PinnSweep.Cluster.Local;

/// <summary>
/// Results by time since a trial was first seen in training: before that nothing could be accepted, and results of earlier runs are not
/// this one's.
/// </summary>
/// <param name="clock">Its ticks alone are used, so setting the machine's clock changes no rate.</param>
public sealed class TrialRate(TimeProvider clock)
{
    private (long At, int Accepted)? _start;

    /// <summary>Trials a second until now; 0 before the first result.</summary>
    /// <param name="accepted">Trials with a result.</param>
    /// <param name="running">Trials in training.</param>
    public double Of(int accepted, int running)
    {
        if (_start is null && running > 0)
        {
            _start = (clock.GetTimestamp(), accepted);
        }

        return _start is { } start && clock.GetElapsedTime(start.At) is { Ticks: > 0 } span ? (accepted - start.Accepted) / span.TotalSeconds : 0;
    }
}
