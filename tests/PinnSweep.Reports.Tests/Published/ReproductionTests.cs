using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Reports.Tests.Published;

public sealed class ReproductionTests
{
    private static readonly LogErrorMean Ours = new(3, 2e-3, new(1e-3, 4e-3));

    [Theory]
    [InlineData(3e-3, null, Verdict.Reproduced)]
    [InlineData(6e-3, null, Verdict.Better)]
    [InlineData(6e-3, 2.5e-3, Verdict.Reproduced)]
    [InlineData(0.5e-3, null, Verdict.NotReproduced)]
    [InlineData(0.5e-3, 0.6e-3, Verdict.Reproduced)]
    public void The_verdict_is_by_our_interval_first(double published, double? deviation, Verdict expected) =>
        Assert.Equal(expected, Reproduction.Judge(Value(published, deviation), Ours, failures: 0, within: 2));

    [Fact]
    public void Outside_of_our_interval_a_factor_may_still_hold() =>
        Assert.Equal(Verdict.Within, Reproduction.Judge(Value(4.5e-3, null), Ours, failures: 0, within: 3));

    [Fact]
    public void A_failed_trial_leaves_the_verdict_open() =>
        Assert.Equal(Verdict.Open, Reproduction.Judge(Value(2e-3, null), Ours, failures: 1, within: 2));

    [Fact]
    public void Without_an_interval_only_the_factor_decides()
    {
        var one = new LogErrorMean(1, 2e-3, null);

        Assert.Equal(Verdict.Within, Reproduction.Judge(Value(3e-3, null), one, 0, 2));
        Assert.Equal(Verdict.NotReproduced, Reproduction.Judge(Value(1e-4, null), one, 0, 2));
        Assert.Equal(Verdict.Better, Reproduction.Judge(Value(1e-1, null), one, 0, 2));
    }

    [Fact]
    public void The_report_puts_published_numbers_beside_ours()
    {
        var results = Made.FourMethods().Build();
        var table = new PublishedTable("Someone 2020, table 1", "relative_l2", PublishedStatistic.Mean, 10, "40,000 steps", null, "Scaled down.", 2,
            [At("static", 0.2), At("relobralo", 2.3e-3), At("gradnorm", 2.5e-2), At("self-adaptive", 1e-3)]);
        var report = StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Published = [table] } } });

        var reproduction = Assert.Single(Reproduction.AllOf(report));
        var text = MarkdownFormat.Render(ReproductionTable.Of(report, reproduction, 0, 1));

        Assert.Equal([Verdict.Reproduced, Verdict.Reproduced, Verdict.Better, Verdict.Open], reproduction.Values.Select(value => value.Verdict));
        
        // Two neighbours of four are swapped: 1 − 6 · 2 / (4 · 15).
        Assert.Equal(0.8, Assert.Single(reproduction.Agreement).Spearman, 1e-9);
        Assert.Contains("Someone 2020, table 1", text, StringComparison.Ordinal);
        Assert.Contains("hardware not stated", text, StringComparison.Ordinal);
        Assert.Contains("2.50e-2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_number_of_a_cell_that_is_n_a_stands_there_with_the_reason()
    {
        var results = Made.ManyProblems(3, 3, 3).NotApplicable(levels => levels.Balancer.Kind == "method3" ? "no such term" : null).Build();
        var table = new PublishedTable("Someone 2020, table 1", "relative_l2", PublishedStatistic.Mean, 10, null, null, null, 2, [At("method1", 0.2), At("method3", 0.1)]);
        var report = StudyReport.Build(results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Published = [table] } } });

        var reproduction = Assert.Single(Reproduction.AllOf(report));

        Assert.Equal(Verdict.NotApplicable, reproduction.Values[1].Verdict);
        Assert.Contains("n/a: method3: no such term.", MarkdownFormat.Render(ReproductionTable.Of(report, reproduction, 0, 1)), StringComparison.Ordinal);
    }

    private static PublishedValue Value(double value, double? deviation) => new(ImmutableSortedDictionary<Factor, LevelPattern>.Empty, value, deviation, null, null);

    private static PublishedValue At(string balancer, double value) =>
        new(ImmutableSortedDictionary<Factor, LevelPattern>.Empty.Add(Factor.Balancer, new(balancer, SpecValue.Map.Empty)), value, null, null, null);
}
