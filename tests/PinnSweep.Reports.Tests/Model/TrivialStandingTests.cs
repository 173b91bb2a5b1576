using System.Collections.Immutable;
using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>What is within noise of a field that solves nothing is never solved, best or bold, whatever its trials are called.</summary>
public sealed class TrivialStandingTests
{
    [Theory]
    [InlineData(Standing.Trivial, 0.99, 1.0, 1.01)]
    [InlineData(Standing.Trivial, 0.96, 0.961, 0.962)]
    [InlineData(Standing.Trivial, 0.7, 0.9, 1.0)]
    [InlineData(Standing.Trivial, 1e-2, 1e-2, 1.0)]
    [InlineData(Standing.Trivial, 3.0, 3.1, 3.2)]
    [InlineData(Standing.Best, 0.60, 0.61, 0.62)]
    [InlineData(Standing.Best, 1e-4, 1e-2, 0.4)]
    public void Its_interval_or_a_twentieth_above_its_mean_decides(Standing expected, double first, double second, double third)
    {
        var report = Report((_, seed) => seed switch { 1 => first, 2 => second, _ => third });

        Assert.Equal(expected, report.Blocks[0]["a", "p"]!.Standing);
    }

    [Theory]
    [InlineData(0.96, Standing.Trivial)]
    [InlineData(0.94, Standing.Best)]
    public void One_seed_has_a_twentieth(double error, Standing expected) => Assert.Equal(expected, Report((_, _) => error, seeds: 1).Blocks[0]["a", "p"]!.Standing);

    [Fact]
    public void The_next_is_best_and_marks_and_conclusions_say_why()
    {
        var report = Report((method, seed) => method == "a" ? 0.98 + (0.001 * seed) : 0.3 + (0.001 * seed), zero: 1.0);
        var table = AccuracyTable.Of(report, report.Blocks[0]);
        var said = string.Join(' ', WhatCameOut.Of(report));

        Assert.Equal((Standing.Trivial, Standing.Best), (report.Blocks[0]["a", "p"]!.Standing, report.Blocks[0]["b", "p"]!.Standing));
        Assert.Contains(table.Notes, note => note.StartsWith('‡') && note.Contains("within noise of a field that solves nothing", StringComparison.Ordinal));
        Assert.Contains("a was within noise of a field that solves nothing, and so has no rank", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_are_nothing_is_bold_and_the_conclusion_says_so()
    {
        var report = Report((_, seed) => 1 + (0.001 * seed));

        Assert.All(report.Blocks[0].Column("p"), cell => Assert.Equal((Standing.Trivial, false), (cell.Standing, cell.IsRankable)));
        Assert.Contains("No method solved p: nothing is bold there.", AccuracyTable.Of(report, report.Blocks[0]).Notes);
        Assert.Contains("no method solved anything: every error is within noise of a field that solves nothing", string.Join(' ', WhatCameOut.Of(report)), StringComparison.Ordinal);
        Assert.Null(FreshRunTable.Of(report, report.Blocks[0]));
    }

    [Fact]
    public void What_holds_on_all_problems_is_said_of_all()
    {
        var made = new StudyResultsBuilder().With(Factor.Problem, "p1", "p2", "p3", "p4").With(Factor.Balancer, "a", "b").Seeds(1, 2, 3).Points(2).Error((levels, _) => levels.Balancer.Kind == "a" ? 0.2 : 1).Outcome((_, _) => Outcome.Stalled).Build();
        var report = StudyReport.Build(made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => Scored(pair.Value, 1)) });

        Assert.Contains("On all 4 problems only one method is better than a field that solves nothing (a 4).", WhatCameOut.Of(report));
    }

    [Fact]
    public void Below_the_threshold_and_no_better_than_nothing_is_no_success()
    {
        // Gray–Scott's constant state scores 0.096, which is below the usual threshold of 0.1.
        var report = Report((method, _) => method == "a" ? 0.0937 : 0.02, zero: 0.096);

        Assert.Equal((0, 3), (report.Blocks[0]["a", "p"]!.Count(TrialStatus.Converged), report.Blocks[0]["a", "p"]!.Failures));
        Assert.Equal(3, report.Blocks[0]["b", "p"]!.Count(TrialStatus.Converged));
    }

    [Fact]
    public void A_control_that_solved_nothing_may_be_beaten_and_beats_nobody()
    {
        var beaten = Report((method, seed) => method == "b" ? 0.99 + (0.001 * seed) : 0.1 + (0.001 * seed), seeds: 5);
        var smaller = Report((method, seed) => (method == "b" ? 0.22 : 0.21) + (0.001 * seed), seeds: 5, trivial: method => method == "b" ? 1 : 0.2);
        var both = Report((_, seed) => 1 + (0.001 * seed), seeds: 5);

        Assert.Equal([ControlVerdict.Better], Verdicts(beaten));
        Assert.DoesNotContain(ControlVerdict.Better, Verdicts(smaller));
        Assert.Equal([ControlVerdict.NotRanked], Verdicts(both));

        static ImmutableArray<ControlVerdict> Verdicts(StudyReport report) => ControlVerdicts.Of(report.Blocks[0], "b", report.Findings[report.Blocks[0]].Comparisons);
    }

    [Fact]
    public void Beside_published_numbers_it_is_not_first_either()
    {
        var report = Report((method, seed) => method == "a" ? 0.2 + (0.001 * seed) : 0.25 + (0.001 * seed), trivial: method => method == "a" ? 0.2 : 1);
        PublishedValue[] rows = [.. new[] { "a", "b" }.Select(method => new PublishedValue(ImmutableSortedDictionary<Factor, LevelPattern>.Empty.Add(Factor.Balancer, new(method, SpecValue.Map.Empty)), 0.3, null, null, null))];
        var table = PublishedWinnersTable.Of(report, Reproduction.AllOf(report with { Published = [new("a source", "relative_l2", PublishedStatistic.Mean, 3, null, null, null, 2, [.. rows])] })[0], 0, 1)!;

        Assert.Equal(["p", "a = b", "–", "b", "–"], table.Rows[0].Select(cell => ((Inline.Words)cell.Pieces[0]).Text));
    }

    [Fact]
    public void Other_measures_and_results_without_scores_are_not_judged()
    {
        Assert.Equal(Standing.Best, Report((_, _) => 0.5, zero: null).Blocks[0]["a", "p"]!.Standing);
        Assert.Equal(Standing.Best, Report((_, _) => 0.5, zero: 0.1, metric: "max_error").Blocks[0]["a", "p"]!.Standing);
    }

    private static StudyReport Report(Func<string, long, double> error, double? zero = 1, int seeds = 3, string metric = "relative_l2", Func<string, double>? trivial = null)
    {
        var made = new StudyResultsBuilder().With(Factor.Problem, "p").With(Factor.Balancer, "a", "b").Control(Factor.Balancer, "b").Metric(metric)
            .Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)]).Points(2).Error((levels, seed) => error(levels.Balancer.Kind, seed))
            .Outcome((levels, seed) => error(levels.Balancer.Kind, seed) < 0.1 ? Outcome.Converged : Outcome.Stalled).Build();
        return StudyReport.Build(made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => Scored(pair.Value, trivial?.Invoke(made.Plan.Cells[made.Plan.Trials.Single(trial => trial.Key == pair.Key).CellIndex].Levels.Balancer.Kind) ?? zero)) });
    }

    private static TrialResult Scored(TrialResult result, double? zero) =>
        zero is { } score ? result with { TrivialScores = ImmutableSortedDictionary<string, double>.Empty.Add("zero", score).Add("initial", 2 * score) } : result;
}
