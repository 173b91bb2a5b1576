using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Local;

/// <summary>Adds what people want to read (labels, seeds, a rate) to what the coordinator says.</summary>
internal sealed class ProgressTranslation(StudyPlan plan, TimeProvider clock)
{
    private readonly Dictionary<TrialKey, PlannedTrial> _trials = plan.Trials.ToDictionary(trial => trial.Key);
    private readonly TrialRate _rate = new(clock);

    public StudyProgress Of(StudyProtocol.StudyStatus status) =>
        new(
            status.Planned,
            status.Accepted,
            status.Quarantined,
            [.. status.Running.Select(Running)],
            status.Faults,
            _rate.Of(status.Accepted, status.RunningCount))
        {
            RunningCount = status.RunningCount,
        };

    private RunningTrial Running(StudyProtocol.RunningAttempt running)
    {
        var trial = _trials[running.Attempt.Key];
        return new(
            trial.Key,
            plan.Cells[trial.CellIndex].Labels,
            trial.Description.Seed,
            running.Attempt.Number,
            running.Progress);
    }
}
