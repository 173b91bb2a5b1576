using PinnSweep.Studies.Trials;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Tests.Views;

public sealed class StudyViewTests
{
    private static readonly PinnSweep.Studies.Planning.StudyPlan Plan = MadeStudy.Plan(MadeStudy.Grid);

    [Fact]
    public void A_trial_is_what_tables_and_the_coordinator_say_of_it()
    {
        var rows = MadeStudy.Rows(Plan).ToArray();
        rows[0] = rows[0] with { IsQuarantined = true, Faults = 2 };
        rows[1] = new(rows[1].Key, null, true, null, 3, "w-last");
        rows[2] = new(rows[2].Key, null, false, 400, 1, "w-last");
        rows[3] = new(rows[3].Key, null, true, 300, 1, null);
        rows[4] = rows[4] with { Result = rows[4].Result! with { RelativeL2 = double.NaN, Outcome = Outcome.Diverged } };
        var running = new RunningAttempt(new(rows[3].Key, 2), "w-now", new(500, 500, 2000, 1, double.NaN, 40));

        var trials = MadeStudy.View(Plan, rows, null, running).Trials;

        Assert.Equal(["accepted", "quarantined", "waiting", "running", "accepted"], trials.Take(5).Select(trial => trial.Phase));
        Assert.Equal(["converged", "quarantined", "waiting", "running", "diverged"], trials.Take(5).Select(trial => trial.State));
        Assert.Equal(["worker-0", "w-last", "w-last", "w-now", "worker-0"], trials.Take(5).Select(trial => trial.Worker));
        Assert.Equal([2000, null, 400, 500, 2000], trials.Take(5).Select(trial => trial.Step));
        Assert.Equal([0.01, null, null, null, null], trials.Take(5).Select(trial => trial.RelativeL2));
        Assert.Equal([1, 0, 0, 0.25, 1], trials.Take(5).Select(trial => trial.Share));
        Assert.Equal([true, false, false, false, false], trials.Take(5).Select(trial => trial.HasError));
        Assert.Equal([2, 3, 1, 1, 0], trials.Take(5).Select(trial => trial.Faults));
    }

    [Fact]
    public void What_a_cancelled_study_has_not_finished_is_cancelled_unless_it_still_runs()
    {
        var rows = MadeStudy.Rows(Plan, isDone: trial => trial.Description.Seed == 1);
        var status = new StudyStatus(Plan.Hash, "grid", Plan.Trials.Length, 7, 0, 14, 0, 0, []) { IsCancelled = true };
        var last = Plan.Trials[^1].Key;

        var view = MadeStudy.View(Plan, rows, status, new RunningAttempt(new(last, 1), "w", AttemptProgress.None));

        Assert.Equal((7, 13, 1), (view.Trials.Count(trial => trial.Phase == "accepted"), view.Trials.Count(trial => trial.Phase == "cancelled"), view.Trials.Count(trial => trial.Phase == "running")));
    }

    [Fact]
    public void A_cell_counts_what_ended_how_and_averages_errors_that_count()
    {
        var rows = MadeStudy.Rows(Plan, trial => trial.Seed == 3 ? double.NaN : Math.Pow(10, -trial.Seed)).ToArray();

        var cell = MadeStudy.View(Plan, rows).Cells[0];

        Assert.Equal((3, 1, 1, 1), (cell.Done, cell.Count("converged"), cell.Count("stalled"), cell.Count("diverged")));
        Assert.Equal((2, 2), (cell.Mean.Count, cell.Failures));
        // The geometric mean of 1e-1 and 1e-2.
        Assert.Equal(Math.Pow(10, -1.5), cell.Mean.Mean, 12);
        Assert.True(cell.Mean.Interval is { } interval && interval.Lower < cell.Mean.Mean && interval.Upper > cell.Mean.Mean);
    }

    [Fact]
    public void Rows_that_are_missing_are_trials_that_wait()
    {
        var view = MadeStudy.View(Plan, []);

        Assert.All(view.Trials, trial => Assert.Equal("waiting", trial.Phase));
        Assert.All(view.Cells, cell => Assert.Equal((0, 0, true), (cell.Done, cell.Mean.Count, cell.Mean.Interval is null)));
    }
}
