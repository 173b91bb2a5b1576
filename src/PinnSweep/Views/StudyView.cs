using System.Collections.Immutable;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Reports.Model;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Views;

/// <summary>
/// A study as it stands: one model for lists, answers and pages, whether a coordinator was asked or a store was opened. A pure function of
/// the plan, the rows of the store and what runs.
/// </summary>
/// <param name="Plan">The plan so far.</param>
/// <param name="Status">What the coordinator says; null where none was asked.</param>
/// <param name="Axes">Which factors are the rows and columns of <paramref name="Cells"/>.</param>
/// <param name="Trials">Every trial in the order of the plan.</param>
/// <param name="Cells">The matrix, block by block and row by row.</param>
internal sealed record StudyView(
    StudyPlan Plan,
    StudyProtocol.StudyStatus? Status,
    ReportAxes Axes,
    ImmutableArray<TrialView> Trials,
    ImmutableArray<CellView> Cells)
{
    /// <summary>Trials of searches, which belong to no cell: only defaults and what was chosen are compared.</summary>
    public ImmutableArray<TrialView> Searched { get; init; } = [];

    /// <summary>Blocks of <see cref="Cells"/> by name, in order; one without a name where there is one.</summary>
    public IEnumerable<IGrouping<string, CellView>> Blocks => Cells.GroupBy(cell => cell.Block);

    /// <summary>The study as it stands.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="stored">The rows of the store, in the order of the plan.</param>
    /// <param name="status">What the coordinator says; null where none was asked.</param>
    /// <param name="running">What runs.</param>
    public static StudyView Of(
        StudyPlan plan,
        IReadOnlyList<StoredTrial> stored,
        StudyProtocol.StudyStatus? status,
        IReadOnlyDictionary<TrialKey, StudyProtocol.RunningAttempt> running)
    {
        var rows = stored.ToDictionary(trial => trial.Key);
        ImmutableArray<TrialView> trials =
        [
            .. plan.Trials.Select((trial, position) => Trial(trial, position, rows.GetValueOrDefault(trial.Key), running.GetValueOrDefault(trial.Key), status is { IsCancelled: true })),
        ];
        var matrix = StudyMatrix.Of(plan, trials);
        return new(plan, status, matrix.Axes, trials, matrix.Cells) { Searched = matrix.Searched };
    }

    private static TrialView Trial(PlannedTrial planned, int position, StoredTrial? stored, StudyProtocol.RunningAttempt? running, bool isCancelled)
    {
        var phase = TrialPhaseWords.PhaseOf(stored?.Result is not null, running is not null, stored is { IsQuarantined: true }, isCancelled);
        var view = new TrialView(planned, position, phase) { Faults = stored?.Faults ?? 0, Worker = stored?.Worker };
        return (stored?.Result, running) switch
        {
            ({ } result, _) => view with
            {
                Outcome = result.Outcome.ToString().ToLowerInvariant(),
                Attempt = result.Attempt,
                Step = result.Steps,
                RelativeL2 = Known(result.RelativeL2),
                Seconds = result.Seconds,
                AcceptedAt = result.AcceptedAt,
                Share = 1,
            },
            (_, { } attempt) => view with
            {
                Attempt = attempt.Attempt.Number,
                Worker = attempt.Worker,
                Step = attempt.Progress.Step,
                RelativeL2 = Known(attempt.Progress.RelativeL2),
                Share = attempt.Progress.Share,
                StepsPerSecond = Known(attempt.Progress.StepsPerSecond),
            },
            _ => view with { Step = stored?.CheckpointStep },
        };
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
