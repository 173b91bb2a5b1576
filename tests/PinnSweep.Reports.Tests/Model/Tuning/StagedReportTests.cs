using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Model.Tuning;

public sealed class StagedReportTests
{
    private static readonly StudyResults Tuned = StagedStudy.Of(StagedStudy.Tuned, Worked);
    private static readonly StudyReport Report = StudyReport.Build(Tuned);

    /// <summary>
    /// Defaults have 0.1 and 0.2 on every seed. Tuned, static is better by 0.3 and 0.5 decades on odd and even seeds, relobralo by 0.9 and
    /// 1.1. On the seeds of the searches the best rate is 0.01; above 0.05 trials diverge, below 0.0002 they are given up.
    /// </summary>
    internal static double? Worked(TrialDescription trial)
    {
        var (rate, isStatic) = (StagedStudy.Rate(trial), trial.Levels.Balancer.Kind == "static");
        var standard = isStatic ? 0.1 : 0.2;
        return rate > 0.05 ? null
            : rate < 0.0002 ? double.NaN
            : rate == 0.001 ? standard
            : trial.Seed > 100000 ? standard * Math.Pow(10, Math.Abs(Math.Log10(rate) + 2) - 1.05)
            : standard * Math.Pow(10, (trial.Seed % 2 == 1 ? -0.3 : -0.5) - (isStatic ? 0 : 0.6));
    }

    [Fact]
    public void Rows_and_columns_are_those_of_the_defaults_and_trials_those_of_what_was_chosen()
    {
        var block = Assert.Single(Report.Blocks);
        var chosen = PinnSweep.Studies.Planning.Stages.Comparisons.Evaluated(Tuned.Plan).Select(pair => pair.Chosen).ToHashSet();

        Assert.Equal(["static", "relobralo"], block.Rows);
        Assert.Equal(["helmholtz", "wave"], block.Columns);
        Assert.Equal(
            Tuned.Plan.Trials.Where(trial => chosen.Contains(trial.CellIndex) && trial.Description.Seed < 100000).Select(trial => trial.Key.Hex).Order(),
            Report.Trials.Select(trial => trial.Key.Hex).Order());
        Assert.All(Report.Trials, trial => Assert.NotEqual(0.001, StagedStudy.Rate(TrialDescription.Parse(trial.Result!.Description))));
        Assert.Equal([1L, 2, 3, 4], Report.Header.Seeds);
    }

    [Fact]
    public void Trials_of_the_searches_enter_no_comparison()
    {
        var other = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, trial => Worked(trial) * (trial.Seed > 100000 ? 1e-6 : 1)));
        string[] ofSearches = ["found", "spaces", "importances"];

        var (mine, others) = (DocumentComposer.Compose(Report).Tables.ToArray(), DocumentComposer.Compose(other).Tables.ToArray());

        Assert.Equal(mine.Select(table => table.Name), others.Select(table => table.Name));
        Assert.All(mine.Zip(others).Where(pair => !ofSearches.Contains(pair.First.Name)), pair => Assert.Equal(MarkdownFormat.Render(pair.First), MarkdownFormat.Render(pair.Second)));
        Assert.NotEqual(MarkdownFormat.Render(SearchTables.Found(Report)!), MarkdownFormat.Render(SearchTables.Found(other)!));
    }

    [Fact]
    public void The_factor_gained_is_the_paired_mean_with_students_interval()
    {
        var pairs = Report.Staged!.ComparisonsOf(Report.Blocks[0]);
        var (first, second) = (pairs.Single(pair => pair is { Row: "static", Column: "wave" }), pairs.Single(pair => pair is { Row: "relobralo", Column: "wave" }));

        // Logs 0.3, 0.5, 0.3, 0.5: mean 0.4, s = 0.2 ÷ √3, and t(0.975, 3) = 3.182446.
        var half = 3.182446305 * (0.2 / Math.Sqrt(3)) / 2;
        Assert.Equal(4, first.Gain.Count);
        Assert.Equal(Math.Pow(10, 0.4), first.Factor, 1e-9);
        Assert.Equal(Math.Pow(10, 0.4 - half), first.FactorInterval!.Value.Lower, 1e-8);
        Assert.Equal(Math.Pow(10, 0.4 + half), first.FactorInterval!.Value.Upper, 1e-8);
        Assert.Equal(10, second.Factor, 1e-9);
        Assert.Equal((0.1, 0.2), (first.Default.Accuracy.Mean, second.Default.Accuracy.Mean), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.False(first.IsDefaultKept);
    }

    [Fact]
    public void Where_tuning_turns_the_order_round_winner_and_conclusion_change()
    {
        var change = Assert.Single(Report.Staged!.ChangesOf(Report.Blocks[0]), change => change.Column == "helmholtz");
        var conclusion = Assert.Single(Report.Staged.ConclusionsOf(Report, Report.Blocks[0]), change => change.Column == "helmholtz");

        Assert.Equal(("static", "relobralo", -1.0), (change.BestByDefault, change.BestTuned, change.Tau.Value));
        Assert.True(change.IsWinnerChanged);
        Assert.Equal(("relobralo", "worse", "better"), (conclusion.Row, conclusion.ByDefault, conclusion.Tuned));
    }

    [Fact]
    public void A_default_that_no_proposal_beats_is_kept_and_gains_nothing()
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, trial => StagedStudy.Rate(trial) == 0.001 ? 0.01 : 0.1));
        var pair = report.Staged!.ComparisonsOf(report.Blocks[0])[0];

        Assert.True(pair.IsDefaultKept);
        Assert.Equal((1.0, 4), (pair.Factor, pair.Gain.Count));
        Assert.Contains("the default was chosen", MarkdownFormat.Render(TunedTables.Comparison(report, report.Blocks[0])!), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_of_a_search_count_against_its_purse()
    {
        var search = Report.Staged!.Searches[0];
        var rates = search.State.Points.Select(point => ((PinnSweep.Studies.Values.SpecValue.Number)point.Point.Values[0]!).Value).ToArray();
        var (diverged, givenUp) = (rates.Count(rate => rate > 0.05), rates.Count(rate => rate < 0.0002));

        Assert.True(diverged > 0 && givenUp > 0);
        Assert.Equal((8, 8, diverged + givenUp, diverged, givenUp), (search.View.Purse, search.Observed, search.Failed, search.Diverged, search.GivenUp));
        Assert.Equal(rates.MinBy(rate => Math.Abs(Math.Log10(rate) + 2)), rates[search.View.Chosen!.Value]);
        Assert.Equal(0, search.View.Default);
        Assert.Equal("0.0001 … 0.1 (log)", PinnSweep.Reports.Printed.PrintedTables.Of(SearchTables.Spaces(Report)!).Rows[0][3]);
    }

    [Fact]
    public void The_share_near_the_best_is_of_the_design_and_not_of_the_default()
    {
        var search = Report.Staged!.Searches[0];

        // Scores are roots of errors over all proposals; the design has all but the default.
        double[] scores = [.. search.State.Points.Select(point => ((PinnSweep.Studies.Values.SpecValue.Number)point.Point.Values[0]!).Value)
            .Select(rate => rate is > 0.05 or < 0.0002 ? double.PositiveInfinity : Math.Sqrt(rate == 0.001 ? 0.1 : 0.1 * Math.Pow(10, Math.Abs(Math.Log10(rate) + 2) - 1.05)))];
        Assert.Equal((scores.Skip(1).Count(score => score <= 2 * scores.Min()), 7), (search.Near!.Within, search.Near.Count));
    }

    [Fact]
    public void A_factor_whose_levels_a_search_chooses_among_is_called_so()
    {
        var report = StudyReport.Build(StagedStudy.Of(
            StagedStudy.Tuned.Replace("each: [problem, balancer]", "each: [problem]", StringComparison.Ordinal).Replace("control: static", "", StringComparison.Ordinal),
            trial => Worked(trial) * (trial.Levels.Balancer.Kind == "static" ? 1 : 0.01)));
        var search = report.Staged!.Searches[0];

        Assert.Equal(["tuned balancer"], report.Blocks[0].Rows);
        Assert.Equal(("tuned balancer", "helmholtz", 3), (search.View.Method, search.Where, search.View.Dimensions.Length));
        Assert.Equal("relobralo", DimensionView.Text(search.Chosen!.Point.Values[0]));
        Assert.Contains("one of static, relobralo", MarkdownFormat.Render(SearchTables.Spaces(report)!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_regret_is_the_truth_of_the_chosen_over_the_smallest()
    {
        // The residual likes small rates, the error those near 0.01.
        static double? Error(TrialDescription trial) => Math.Pow(10, Math.Abs(Math.Log10(StagedStudy.Rate(trial)) + 2) - 2);
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, Error, residual: StagedStudy.Rate));
        var search = report.Staged!.Searches[0];
        var errors = search.State.Points.Select(point => Math.Abs(Math.Log10(((PinnSweep.Studies.Values.SpecValue.Number)point.Point.Values[0]!).Value) + 2)).ToArray();

        Assert.Equal(errors.Max() - errors.Min(), search.Regret!.Decades, 1e-9);
        Assert.Equal(7, search.Regret.Better);
    }

    [Fact]
    public void Tuning_on_the_truth_is_told_and_has_no_regret()
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned.Replace("trials: 8", "trials: 8\n  by: relative_l2", StringComparison.Ordinal), Worked));

        Assert.Contains("Warning: tuned on the truth.", MarkdownFormat.Render(DocumentComposer.Compose(report)), StringComparison.Ordinal);
        Assert.All(report.Staged!.Searches, search => Assert.Null(search.Regret));
        Assert.DoesNotContain("tuned on the truth", MarkdownFormat.Render(DocumentComposer.Compose(Report)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Rungs_count_who_went_on_and_what_it_cost()
    {
        static double? Error(TrialDescription trial) => StagedStudy.Rate(trial) > 0.05 ? null : Math.Pow(10, Math.Abs(Math.Log10(StagedStudy.Rate(trial)) + 2) - 2) * 1000 / trial.Budget.Steps!.Value;
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Halving, Error));
        var search = report.Staged!.Searches[0];

        var rungs = RungReport.Of(search);

        // 16 proposals, of which 2 diverge half-way to the first rung; 8 and 4 go on; 2 seeds.
        Assert.Equal([(16, 8, 6, 2), (8, 4, 4, 0), (4, 0, 0, 0)], rungs.Select(rung => (rung.Proposals, rung.Promoted, rung.Censored, rung.Failed)));
        Assert.Equal((1.0, 4), (rungs[0].Agreement!.Value, rungs[0].Agreement!.Count));
        Assert.Equal(2 * ((2 * 250) + (6 * 500) + (4 * 1000) + (4 * 2000)), search.View.Proposals.Sum(proposal => proposal.Steps));
        Assert.Equal(16 * 2 * 2000, RungReport.StepsToTheEnd(search));
        Assert.Equal((10, 2), (search.Censored, search.Failed));
    }

    [Fact]
    public void Before_anything_is_chosen_the_report_says_how_far_the_searches_are()
    {
        var results = StagedStudy.Of(StagedStudy.Tuned, Worked, decisions: 1, isTrained: trial => trial.Levels.Problem.Kind == "wave");
        var report = StudyReport.Build(results);
        var text = MarkdownFormat.Render(DocumentComposer.Compose(report));

        // All of wave, and of helmholtz one that was given up for each method.
        var givenUp = report.Staged!.Searches.Take(2).Sum(search => search.Trials.Count(proposal => proposal.GivenUp == 2));
        Assert.Contains(FormattableString.Invariant($"In progress: the searches; {16 + givenUp} of 32 proposals observed."), text, StringComparison.Ordinal);
        Assert.Empty(report.Trials);
        Assert.DoesNotContain("Tuned against default:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Comparisons", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_know_the_labels_of_the_file_and_none_of_a_proposal()
    {
        var proposal = Tuned.Plan.Cells.Select(cell => cell.Labels[Factor.Optimizer]).First(label => label != "adam");

        Assert.Equal(Factor.Balancer, ReportAxes.For(Tuned.Plan).Rows);
        Assert.Equal("static", ReportAxes.Chosen(Tuned.Plan, null, null, [(Factor.Balancer, "static")], []).Only[Factor.Balancer]);
        Assert.Throws<UserMistakeException>(() => ReportAxes.Chosen(Tuned.Plan, null, null, [(Factor.Optimizer, proposal)], []));
    }

    [Fact]
    public void Seeds_until_decided_end_with_a_verdict_each_and_cells_of_different_size()
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Noisy));
        var looks = report.Staged!.Looks!;

        Assert.Equal([("relobralo", 4, Verdict.Better), ("gradnorm", 6, Verdict.Equivalent), ("power-normalization", 6, Verdict.Equivalent)], looks.Comparisons.Select(comparison => (comparison.Method, comparison.Known!.Pairs, comparison.Verdict)));
        Assert.All(looks.Comparisons, comparison => Assert.Equal(("static", "helmholtz"), (comparison.Control, comparison.On)));
        Assert.Equal([(4, 1, 2), (6, 2, 0)], looks.Looks.Select(look => (look.Seeds, look.Decided.Values.Sum(), look.Open)));

        // Four cells with 4 seeds, three of them with 2 more; 8 in a fixed design.
        Assert.Equal((22, 32), (looks.Spent, looks.Fixed));
        Assert.Equal([6, 4, 6, 6], report.Blocks[0].Rows.Select(row => report.Blocks[0][row, "helmholtz"]!.Trials.Length));
        Assert.Contains("geometric mean over 4 to 6 seeds", TextFormat.Accuracy(report), StringComparison.Ordinal);
        Assert.Equal(Math.Log10(0.25), looks.Comparisons[0].Known!.MeanLog10, 0.05);
    }

    [Fact]
    public void Before_the_first_look_every_comparison_is_open()
    {
        var looks = StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, Noisy, decisions: 1)).Staged!.Looks!;

        Assert.Equal(["open", "open", "open"], looks.Comparisons.Select(comparison => comparison.Words));
        Assert.Empty(looks.Looks);
        Assert.NotNull(LookTables.Verdicts(looks));
    }

    internal static double? Noisy(TrialDescription trial) => 0.1 * trial.Levels.Balancer.Kind switch { "relobralo" => 0.25, "gradnorm" => 1.1, _ => 1 }
        * Math.Pow(10, 0.04 * new RandomStream(trial.Seed, trial.Levels.Balancer.Kind).NextGaussian());
}
