using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Local;

/// <summary>Adds what people want to read (labels, seeds, a rate) to what the coordinator says.</summary>
internal sealed class ProgressTranslation(StudyPlan plan, TimeProvider clock)
{
    private readonly Dictionary<TrialKey, PlannedTrial> _trials = plan.Trials.ToDictionary(trial => trial.Key);
    private (DateTimeOffset At, int Done)? _start;

    public StudyProgress Of(StudyProtocol.StudyStatus status)
    {
        var now = clock.GetUtcNow();
        if (_start is null && !status.Running.IsEmpty)
        {
            _start = (now, status.Accepted);
        }

        var seconds = _start is { } start ? (now - start.At).TotalSeconds : 0;
        return new(
            status.Planned,
            status.Accepted,
            status.Quarantined,
            [.. status.Running.Select(Running)],
            status.Faults,
            seconds > 0 ? (status.Accepted - _start!.Value.Done) / seconds : 0)
        {
            RunningCount = status.RunningCount,
        };
    }

    private RunningTrial Running(StudyProtocol.RunningAttempt running)
    {
        var trial = _trials[running.Attempt.Key];
        return new(
            trial.Key,
            plan.Cells[trial.CellIndex].Labels,
            trial.Description.Seed,
            running.Attempt.Number,
            running.Step,
            running.Completed,
            running.Total,
            running.RelativeL2,
            running.StepsPerSecond);
    }
}
