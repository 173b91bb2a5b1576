using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Local;

/// <summary>Adds what people want to read (labels, seeds, a rate) to what the coordinator says.</summary>
/// <param name="plan">The study.</param>
/// <param name="grown">The plan as it is now, where stages bring further trials; null of a study without.</param>
/// <param name="clock">For rates.</param>
internal sealed class ProgressTranslation(StudyPlan plan, Func<StudyPlan?> grown, TimeProvider clock)
{
    private StudyPlan _plan = plan;
    private Dictionary<TrialKey, PlannedTrial> _trials = plan.Trials.ToDictionary(trial => trial.Key);
    private readonly TrialRate _rate = new(clock);

    public StudyProgress Of(StudyProtocol.StudyStatus status) =>
        new(
            status.Planned,
            status.Accepted,
            status.Quarantined,
            [.. status.Running.Select(Running).OfType<RunningTrial>()],
            status.Faults,
            _rate.Of(status.Accepted, status.RunningCount))
        {
            RunningCount = status.RunningCount,
            Stage = status.Stage?.Words,
        };

    private RunningTrial? Running(StudyProtocol.RunningAttempt running)
    {
        if (!_trials.ContainsKey(running.Attempt.Key) && grown() is { } now)
        {
            _plan = now;
            _trials = now.Trials.ToDictionary(trial => trial.Key);
        }

        if (!_trials.TryGetValue(running.Attempt.Key, out var trial))
        {
            return null;
        }

        return new(
            trial.Key,
            _plan.Cells[trial.CellIndex].Labels,
            trial.Description.Seed,
            running.Attempt.Number,
            running.Progress);
    }
}
