using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Tells the log from time to time how much waits and how much is trained, while there is work, and once when there is none left.</summary>
/// <param name="batch">Has the state and the workers.</param>
/// <param name="every">How often.</param>
/// <param name="log">The coordinator's.</param>
internal sealed class LoadLog(DecisionBatch batch, TimeSpan every, ILogger log)
{
    private readonly Dictionary<string, StudyState> _told = new(StringComparer.Ordinal);
    private DateTimeOffset? _at;
    private bool _wasIdle = true;

    /// <summary>Asked often; tells when it is time.</summary>
    public void Look()
    {
        var now = batch.Now;
        if (_at is { } last && now - last < every)
        {
            return;
        }

        _at = now;
        TellLoad();
        foreach (var study in batch.State.Studies.Values.Where(study => study.IsWanted && HasMoved(study)))
        {
            _told[study.Hash] = study;
            LogEvents.StudyProgress(
                log, study.Hash, study.Name, study.Accepted, study.Trials.Length, study.Leased, study.Waiting.Count, study.Quarantined, study.Faults);
        }
    }

    private void TellLoad()
    {
        var (state, workers) = (batch.State, batch.Roster.Workers.Where(worker => worker is { IsDraining: false, Paused: null }).ToArray());
        var waiting = state.Studies.Values.Where(study => study.IsOpen).Sum(study => study.Waiting.Count);
        var isIdle = waiting == 0 && state.Running.IsEmpty;
        if (!isIdle || !_wasIdle)
        {
            LogEvents.CoordinatorLoad(log, waiting, state.Running.Count, workers.Sum(worker => worker.Slots.Total), workers.Length);
        }

        _wasIdle = isIdle;
    }

    // A study that was settled before this coordinator began is not told at all.
    private bool HasMoved(StudyState study) =>
        !_told.TryGetValue(study.Hash, out var before)
            ? !study.IsSettled
            : (before.Accepted, before.Leased, before.Waiting.Count, before.Quarantined, before.Faults, before.Trials.Length)
                != (study.Accepted, study.Leased, study.Waiting.Count, study.Quarantined, study.Faults, study.Trials.Length);
}
