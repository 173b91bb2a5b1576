using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Published;

public sealed class ReproductionTests
{
    [Theory]
    [InlineData(0.7, 1.4, Verdict.Reproduced)]
    [InlineData(0.7, 1.6, Verdict.Undecided)]
    [InlineData(0.6, 1.4, Verdict.Undecided)]
    [InlineData(0.1, 10, Verdict.Undecided)]
    [InlineData(1.4, 3, Verdict.Undecided)]
    [InlineData(1.6, 3, Verdict.LargerError)]
    [InlineData(0.2, 0.6, Verdict.SmallerError)]
    public void The_interval_of_the_ratio_decides_and_a_wide_one_decides_nothing(double lower, double upper, Verdict expected) =>
        Assert.Equal(expected, Comparison.Judge(new(lower, upper), 1.5));

    [Fact]
    public void One_seed_never_decides_however_near_it_is()
    {
        var comparison = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.Mean), Number(1e-2)), [1e-2], 1.5);

        Assert.Equal((Verdict.Undecided, (int?)null), (comparison.Verdict, comparison.SeedsToDecide));
        Assert.Equal("undecided at n = 1, within 2×", ReproductionTable.Words(comparison, 2));
    }

    /// <summary>
    /// Errors 1, 2, 4 of which mean, median, geometric mean differ: 7/3, 2, 2. The best of two: groups {1,2}, {1,4}, {2,4} give 1, 1, 2.
    /// </summary>
    [Theory]
    [InlineData(PublishedStatistic.Mean, 10, 7 / 3.0)]
    [InlineData(PublishedStatistic.Median, 10, 2)]
    [InlineData(PublishedStatistic.GeometricMean, 10, 2)]
    [InlineData(PublishedStatistic.Best, 2, 1.2599210498948732)]
    [InlineData(PublishedStatistic.Best, 3, 1)]
    [InlineData(PublishedStatistic.Single, null, 2)]
    [InlineData(PublishedStatistic.Mean, 1, 2)]
    public void Ours_is_the_statistic_that_the_table_declares(PublishedStatistic statistic, int? runs, double expected)
    {
        var theirs = PublishedReference.Of(Table(statistic, runs), Number(1));

        Assert.Equal(expected, theirs.OfOurs([4, 1, 2]).Value, 1e-12);
    }

    [Fact]
    public void The_best_of_more_runs_than_ours_is_undecided_and_of_nobody_knows_how_many_not_judged()
    {
        ImmutableArray<double> errors = [1e-2, 1.1e-2, 1.05e-2];

        var few = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.Best, 5), Number(1e-2)), errors, 1.5);
        var unstated = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.Best, null), Number(1e-2)), errors, 1.5);

        Assert.Equal(Verdict.Undecided, few.Verdict);
        Assert.True(few.SeedsToDecide >= 5);
        Assert.Equal("not judged (best of an unstated number of runs)", ReproductionTable.Words(unstated, 2));
    }

    /// <summary>Delta method: for a small spread the interval of the published mean is x̄ exp(± t s ÷ (x̄ √n)); t(4) = 2.776.</summary>
    [Fact]
    public void A_published_deviation_widens_the_interval_of_the_ratio()
    {
        double[] ours = [1e-2, 1.01e-2, 0.99e-2, 1.02e-2, 0.98e-2];
        var exact = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.Mean, 5), Number(1e-2)), [.. ours], 1.5);
        var spread = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.Mean, 5), Number(1e-2, deviation: 2e-4)), [.. ours], 1.5);
        var theirs = 2.776 * 0.02 / Math.Sqrt(5);

        Assert.Equal(Math.Sqrt(Math.Pow(Math.Log(exact.Interval!.Value.Upper / exact.Ratio), 2) + (theirs * theirs)), Math.Log(spread.Interval!.Value.Upper / spread.Ratio), 2e-4);
        Assert.True(exact.Theirs.IsTakenAsExact);
        Assert.False(spread.Theirs.IsTakenAsExact);
    }

    [Fact]
    public void A_deviation_over_an_unstated_number_of_runs_leaves_the_number_exact() =>
        Assert.True(PublishedReference.Of(Table(PublishedStatistic.Mean, null), Number(1e-2, deviation: 2e-3)).IsTakenAsExact);

    [Fact]
    public void An_interval_of_the_source_is_the_interval_of_its_number()
    {
        var theirs = PublishedReference.Of(Table(PublishedStatistic.Median, 5), new PublishedValue(Any, 1e-2, 5e-3, 8e-3, 2e-2));

        Assert.Equal(new Interval(8e-3, 2e-2), theirs.Estimate.Interval);
    }

    /// <summary>
    /// x̄ ± s of a median m of log-normal errors: with σ = 0.5, s = m √(e^0.25 (e^0.25 − 1)) = 0.6039 m. t(9) = 2.262, √(π/2) = 1.2533.
    /// </summary>
    [Theory]
    [InlineData(PublishedStatistic.Median, 2.262 * 0.5 * 1.2533)]
    [InlineData(PublishedStatistic.GeometricMean, 2.262 * 0.5)]
    public void The_deviation_of_a_median_is_that_of_log_normal_runs(PublishedStatistic statistic, double half)
    {
        var interval = PublishedReference.Of(Table(statistic, 10), Number(3, deviation: 3 * 0.60390)).Estimate.Interval!.Value;

        Assert.Equal(half / Math.Sqrt(10), Math.Log(interval.Upper / 3), 2e-4);
        Assert.Equal(half / Math.Sqrt(10), Math.Log(3 / interval.Lower), 2e-4);
    }

    [Fact]
    public void So_many_seeds_as_it_says_decide_and_one_fewer_does_not()
    {
        var theirs = PublishedReference.Of(Table(PublishedStatistic.GeometricMean), Number(1));
        var undecided = Comparison.Of(theirs, [.. SeedsToDecide.Sample(3, 0.02, 0.2)], 1.5);

        // Half width t s ÷ √n against log10 1.5 − 0.02 = 0.1561: n = 9 gives 0.1537 (t = 2.306), n = 8 gives 0.1672 (t = 2.365).
        Assert.Equal(Verdict.Undecided, undecided.Verdict);
        Assert.Equal(9, undecided.SeedsToDecide);
        Assert.Equal("undecided at n = 3, within 2× (about 9 seeds would decide)", ReproductionTable.Words(undecided, 2));
    }

    /// <summary>
    /// σ = 0.3 ln 10, σ² = 0.47717, σ²/2 = 0.23858; ln 1.5 = 0.40547. n = 21: t = 2.0860, χ²(20) = 9.5908, √(0.09888 + 0.25894²) = 0.40735.
    /// n = 22: t = 2.0796, χ²(21) = 10.2829, √(0.09380 + 0.24865²) = 0.39457.
    /// </summary>
    [Fact]
    public void So_many_seeds_decide_a_mean_by_the_formula()
    {
        var theirs = PublishedReference.Of(Table(PublishedStatistic.Mean), Number(Math.Exp(0.23858)));

        Assert.Equal(22, SeedsToDecide.Of(theirs, SeedsToDecide.Sample(5, 0, 0.3), 1.5));
    }

    [Theory]
    [InlineData(PublishedStatistic.GeometricMean)]
    [InlineData(PublishedStatistic.Mean)]
    [InlineData(PublishedStatistic.Median)]
    [InlineData(PublishedStatistic.Best)]
    [InlineData(PublishedStatistic.Single)]
    public void At_the_edge_of_the_band_no_number_of_seeds_decides(PublishedStatistic statistic)
    {
        var table = Table(statistic, 2);
        var errors = SeedsToDecide.Sample(5, 0, 0.3);
        var edge = statistic == PublishedStatistic.Mean ? Math.Exp(0.23858) : PublishedReference.Of(table, Number(1)).OfOurs(errors).Value;
        var comparison = Comparison.Of(PublishedReference.Of(table, Number(edge / 1.5)), [.. errors], 1.5);

        Assert.Equal("undecided at n = 5, within 2× (1,000 seeds would not decide)", ReproductionTable.Words(comparison, 2));
    }

    [Fact]
    public void Seeds_are_told_to_two_digits_rounded_up()
    {
        var comparison = Comparison.Of(PublishedReference.Of(Table(PublishedStatistic.GeometricMean), Number(1)), [.. SeedsToDecide.Sample(5, 0.12, 0.3)], 1.5) with { SeedsToDecide = 121 };

        Assert.Contains("(about 130 seeds would decide)", ReproductionTable.Words(comparison, 2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-2, Verdict.LargerError)]
    [InlineData(0.98, Verdict.Reproduced)]
    [InlineData(0.7, Verdict.Reproduced)]
    public void A_trivial_outcome_reproduces_nothing_but_a_number_as_large(double published, Verdict expected) =>
        Assert.Equal(expected, One(Results((_, seed) => 0.99 + (0.001 * seed)), Number(published)).Verdict);

    [Fact]
    public void Some_trivial_trials_do_not_reproduce_a_mean_that_they_made()
    {
        // Twelve seeds of 0.05 and four at 1 would have the mean 0.29; with a wide band the interval of it would fit.
        var value = One(Results((_, seed) => seed <= 12 ? 0.05 + (1e-4 * seed) : 1, 16), Number(0.2875), Table(PublishedStatistic.Mean) with { Equivalence = 20 });

        Assert.Equal("not judged (4 trivial)", ReproductionTable.Words(value.Against, 2));
    }

    [Fact]
    public void A_diverged_and_a_given_up_trial_leave_the_number_unjudged_with_the_reason()
    {
        var diverged = One(Results((_, seed) => seed == 2 ? null : 1e-2), Number(1e-2));
        var givenUp = One(Builder((_, _) => 1e-2, 3).Quarantined((_, seed) => seed == 3).Build(), Number(1e-2));

        Assert.Equal("not judged (1 diverged)", ReproductionTable.Words(diverged.Against, 2));
        Assert.Equal("not judged (3 diverged)", ReproductionTable.Words(One(Results((_, _) => null), Number(1e-2)).Against, 2));

        // Results of a trainer that did not tell the reference's mean square.
        Assert.Equal("not judged (3 without mse)", ReproductionTable.Words(One(Results((_, _) => 1e-2), Number(1e-2), Table(PublishedStatistic.Mean) with { Metric = "mse" }).Against, 2));
        Assert.Equal("not judged (1 given up)", ReproductionTable.Words(givenUp.Against, 2));
        Assert.Equal("not judged (no finished trial)", ReproductionTable.Words(One(Builder((_, _) => 1e-2, 3).Missing((_, _) => true).Build(), Number(1e-2)).Against, 2));
    }

    [Fact]
    public void While_trials_are_missing_verdicts_are_provisional()
    {
        var results = Builder((_, seed) => 1e-2 + (1e-5 * seed), 4).Missing((_, seed) => seed == 4).Build();
        var report = Report(results, Table(PublishedStatistic.Mean) with { Rows = [Number(1e-2)] });

        var value = Assert.Single(Assert.Single(Reproduction.AllOf(report)).Values);

        Assert.Equal((Verdict.Reproduced, 3, 1), (value.Verdict, value.Finished, value.Missing));
        Assert.Contains(ReproductionTable.Of(report, Reproduction.AllOf(report)[0], 0, 1).Notes, note => note == "Trials are still missing: verdicts are provisional.");
    }

    [Fact]
    public void A_rerun_is_compared_by_the_same_statistic_and_tells_how_many_runs_reach_the_published_number()
    {
        var row = Number(0.106) with { Rerun = new("somebody's program", [0.209, 0.191, 2.37, 0.219, 0.132], null, null, null) };
        var report = Report(Results((_, seed) => 0.2 + (0.01 * seed)), Table(PublishedStatistic.Mean) with { Rows = [row] });

        var value = Assert.Single(Assert.Single(Reproduction.AllOf(report)).Values);
        var text = MarkdownFormat.Render(ReproductionTable.Of(report, Assert.Single(Reproduction.AllOf(report)), 0, 1));

        // (0.209 + 0.191 + 2.37 + 0.219 + 0.132) ÷ 5, and of ours (0.21 + 0.22 + 0.23) ÷ 3.
        Assert.Equal(0.6242, value.AgainstRerun!.Theirs.Estimate.Value, 1e-12);
        Assert.Equal(0.22 / 0.6242, value.AgainstRerun.Ratio, 1e-12);
        Assert.Equal((Verdict.LargerError, Verdict.Undecided), (value.Verdict, value.AgainstRerun.Verdict));
        Assert.Contains("Rerun: somebody's program. Its 5 runs end at 1.3e-1, 1.9e-1, 2.1e-1, 2.2e-1, 2.4e0 (geometric mean 3.1e-1): none of them reaches the published 1.06e-1.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_puts_published_numbers_beside_ours()
    {
        var table = Table(PublishedStatistic.Mean) with
        {
            Source = "Someone 2020, table 1",
            Budget = "40,000 steps",
            Rows = [At("static", 0.2), At("relobralo", 2.3e-3), At("gradnorm", 2.5e-2), At("self-adaptive", 1e-3)],
        };
        var report = Report(Made.FourMethods().Build(), table);

        var reproduction = Assert.Single(Reproduction.AllOf(report));
        var text = MarkdownFormat.Render(ReproductionTable.Of(report, reproduction, 0, 1));

        Assert.Equal([Verdict.Reproduced, Verdict.Reproduced, Verdict.SmallerError, Verdict.NotJudged], reproduction.Values.Select(value => value.Verdict));

        // Means of 0.21, 0.22, 0.23; of 2.2, 2.4, 2.6; of 2.86, 2.42, 1.98; of 1 and 3 (thousandths): in the order of the published ones.
        Assert.Equal([0.22, 2.4e-3, 2.42e-3, 2e-3], reproduction.Values.Select(value => Math.Round(value.Ours.Value, 12)));
        Assert.Equal(1, Assert.Single(reproduction.Agreement).Spearman, 1e-9);
        Assert.Contains("Someone 2020, table 1", text, StringComparison.Ordinal);
        Assert.Contains("Published: mean of 10 runs; 40,000 steps; hardware not stated.", text, StringComparison.Ordinal);
        Assert.Contains("| ours (mean) |", text, StringComparison.Ordinal);
        Assert.Contains("taken as exact", text, StringComparison.Ordinal);
        Assert.Contains("between 1/1.5 and 1.5", text, StringComparison.Ordinal);
        Assert.Contains("Verdict over 4 cells: 2 reproduced, 1 not reproduced (smaller error), 1 not judged.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_number_of_a_cell_that_is_n_a_stands_there_with_the_reason()
    {
        var results = Made.ManyProblems(3, 3, 3).NotApplicable(levels => levels.Balancer.Kind == "method3" ? "no such term" : null).Build();
        var report = Report(results, Table(PublishedStatistic.Mean) with { Rows = [At("method1", 0.2), At("method3", 0.1)] });

        var reproduction = Assert.Single(Reproduction.AllOf(report));

        Assert.Equal(Verdict.NotJudged, reproduction.Values[1].Verdict);
        Assert.Contains("not judged (n/a: no such term)", MarkdownFormat.Render(ReproductionTable.Of(report, reproduction, 0, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_are_of_the_declared_statistic()
    {
        // The means stand in the order of the published numbers, the geometric means in the reverse.
        var results = new StudyResultsBuilder().With(Factor.Balancer, "a", "b", "c").Error((levels, seed) => (levels.Balancer.Kind, seed) switch
        {
            ("a", _) => 0.1,
            ("b", 3) => 0.4,
            ("b", _) => 0.01,
            ("c", 3) => 0.6,
            _ => 0.001,
        }).Build();
        ImmutableArray<PublishedValue> rows = [At("a", 0.1), At("b", 0.14), At("c", 0.2)];

        Assert.Equal(1, Rho(PublishedStatistic.Mean), 1e-12);
        Assert.Equal(-1, Rho(PublishedStatistic.GeometricMean), 1e-12);

        double Rho(PublishedStatistic statistic) => Assert.Single(Assert.Single(Reproduction.AllOf(Report(results, Table(statistic) with { Rows = rows }))).Agreement).Spearman;
    }

    private static ImmutableSortedDictionary<Factor, LevelPattern> Any => ImmutableSortedDictionary<Factor, LevelPattern>.Empty;

    private static PublishedTable Table(PublishedStatistic statistic, int? runs = 10) => new("a source", "relative_l2", statistic, runs, null, null, null, 2, []);

    private static PublishedValue Number(double value, double? deviation = null) => new(Any, value, deviation, null, null);

    private static PublishedValue At(string balancer, double value) => new(Any.Add(Factor.Balancer, new(balancer, SpecValue.Map.Empty)), value, null, null, null);

    private static StudyResultsBuilder Builder(Func<CellLevels, long, double?> error, int seeds) => new StudyResultsBuilder().Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)]).Error(error);

    private static StudyResults Results(Func<CellLevels, long, double?> error, int seeds = 3) => Builder(error, seeds).Build();

    private static StudyReport Report(StudyResults results, PublishedTable table) =>
        StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Published = [table] } } });

    private static ReproducedValue One(StudyResults results, PublishedValue row, PublishedTable? table = null) =>
        Assert.Single(Assert.Single(Reproduction.AllOf(Report(results, (table ?? Table(PublishedStatistic.Mean)) with { Rows = [row] }))).Values);
}
