using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;
using PinnSweep.Views;

namespace PinnSweep.Tests.Views;

public sealed class StudyMatrixTests
{
    [Fact]
    public void A_study_of_two_factors_is_one_block_row_by_row()
    {
        var plan = new StudyResultsBuilder().With(Factor.Problem, "helmholtz", "wave").With(Factor.Balancer, "static", "relobralo", "gradnorm").Build().Plan;

        var view = MadeStudy.View(plan);

        Assert.Equal((Factor.Balancer, Factor.Problem), (view.Axes.Rows, view.Axes.Columns));
        Assert.Equal(
            [("static", "helmholtz"), ("static", "wave"), ("relobralo", "helmholtz"), ("relobralo", "wave"), ("gradnorm", "helmholtz"), ("gradnorm", "wave")],
            view.Cells.Select(cell => (cell.Row, cell.Column)));
        Assert.Equal(Enumerable.Range(0, 6), view.Cells.Select(cell => cell.Number));
        Assert.Equal([""], view.Blocks.Select(block => block.Key));
        Assert.All(view.Cells, cell => Assert.Equal([1L, 2L, 3L], cell.Trials.Select(trial => trial.Planned.Description.Seed)));
    }

    [Fact]
    public void Factors_on_neither_axis_make_blocks_and_a_cell_that_is_not_trained_keeps_its_place()
    {
        var view = MadeStudy.View(MadeStudy.Plan(MadeStudy.Grid));

        Assert.Equal(2, view.Blocks.Count());
        Assert.All(view.Blocks, block => Assert.Equal(4, block.Count()));
        var missing = Assert.Single(view.Cells, cell => cell.NotApplicable is not null);
        Assert.Equal((0, 0), (missing.Trials.Length, missing.Done));
        Assert.Equal(["wave", "siren", "relobralo"], ((string[])["wave", "siren", "relobralo"]).Where(word => $"{missing.Block} {missing.Row} {missing.Column}".Contains(word, StringComparison.Ordinal)));
        Assert.Equal(21, view.Cells.Sum(cell => cell.Trials.Length));
        Assert.Empty(view.Searched);
    }

    [Fact]
    public void Nothing_of_a_study_that_tunes_is_in_a_cell_before_the_choice()
    {
        var view = MadeStudy.View(MadeStudy.Plan(MadeStudy.Tuned, decisions: 1));

        Assert.Empty(view.Cells);
        Assert.Equal(view.Trials.Length, view.Searched.Length);
        Assert.NotEmpty(view.Trials);
    }

    [Fact]
    public void After_the_choice_each_method_stands_once_with_defaults_and_once_tuned()
    {
        // No default has this rate, so that what is chosen is never the default.
        var view = MadeStudy.View(MadeStudy.Plan(MadeStudy.Tuned, trial => trial.Levels.Optimizer.ToString().Contains("\"lr\":0.001,", StringComparison.Ordinal) ? 0.5 : 1e-3 * (1 + (trial.Seed % 7))));

        Assert.Equal(["static", "static, tuned", "relobralo", "relobralo, tuned"], view.Cells.Select(cell => cell.Row).Distinct());
        Assert.All(view.Cells, cell => Assert.Equal([1L, 2L, 3L, 4L], cell.Trials.Select(trial => trial.Planned.Description.Seed)));
        Assert.Equal(8, view.Cells.Length);
        EachOnce(view);
    }

    [Fact]
    public void A_combination_of_a_design_is_one_cell_with_all_its_points()
    {
        var plan = MadeStudy.Plan(MadeStudy.Designed);

        var view = MadeStudy.View(plan);

        Assert.Equal(8, plan.Cells.Length);
        Assert.Equal((Factor.Balancer, Factor.Problem), (view.Axes.Rows, view.Axes.Columns));
        Assert.Equal([("", "static", "helmholtz", 8), ("", "gradnorm", "helmholtz", 8)], view.Cells.Select(cell => (cell.Block, cell.Row, cell.Column, cell.Trials.Length)));
        EachOnce(view);
    }

    [Fact]
    public void Seeds_that_a_look_asked_for_stand_in_the_cells_that_asked()
    {
        var begun = MadeStudy.View(MadeStudy.Plan(MadeStudy.Replicated, decisions: 1));
        // A method like the control is not decided by four seeds; one that is a hundred times better may be.
        var grown = MadeStudy.View(MadeStudy.Plan(MadeStudy.Replicated, trial => (trial.Levels.Balancer.Kind == "relobralo" ? 1e-4 : 1e-2) * (1 + (0.3 * (trial.Seed * (trial.Levels.Balancer.Kind == "gradnorm" ? 5 : 3) % 7)))));

        Assert.All(begun.Cells, cell => Assert.Equal(4, cell.Trials.Length));
        Assert.Equal(3, grown.Cells.Length);
        Assert.Contains(grown.Cells, cell => cell.Trials.Length > 4);
        EachOnce(grown);
    }

    private static void EachOnce(StudyView view) => Assert.Equal(
        Enumerable.Range(0, view.Plan.Trials.Length),
        view.Cells.SelectMany(cell => cell.Trials).Concat(view.Searched).Select(trial => trial.Position).Order());
}
