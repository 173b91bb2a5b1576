using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>What a level does, all else equal: by pairs that differ in nothing else, with the seed as the unit.</summary>
public sealed class LevelContrastTests
{
    [Fact]
    public void A_ratio_is_the_mean_over_pairs_and_its_interval_that_over_seeds()
    {
        // On p1 b halves the error in seeds 1 and 2 and quarters it in seed 3, whatever the sampler; on p2 it does nothing.
        var contrasts = LevelContrast.AllOf(StudyReport.Build(Builder(3).Error((levels, seed) =>
            (levels.Sampler.Kind == "rad" ? 0.01 : 1) * (levels.Balancer.Kind == "b" && levels.Problem.Kind == "p1" ? seed == 3 ? 0.25 : 0.5 : 1)).Build()));

        var balancer = contrasts.Single(contrast => contrast is { Problem: "p1", Factor: Factor.Balancer });
        Assert.Equal(("b", "a", 6, 3), (balancer.Level, balancer.Against, balancer.Pairs, balancer.BySeed.Count));
        Assert.Equal(Math.Pow(0.0625, 1 / 3.0), balancer.Ratio, 1e-12);

        // log10 of ½, ½, ¼: standard error log10(2)/3, two degrees of freedom.
        Assert.Equal(balancer.Ratio * Math.Pow(10, 4.302652729911275 * Math.Log10(2) / 3), balancer.RatioInterval!.Value.Upper, 1e-9);
        Assert.Equal(1, contrasts.Single(contrast => contrast is { Problem: "p2", Factor: Factor.Balancer }).Ratio, 1e-12);
        Assert.All(contrasts.Where(contrast => contrast.Factor == Factor.Sampler), contrast => Assert.Equal(("rad", "uniform"), (contrast.Level, contrast.Against)));
        Assert.All(contrasts.Where(contrast => contrast.Factor == Factor.Sampler), contrast => Assert.Equal(0.01, contrast.Ratio, 1e-12));
    }

    [Fact]
    public void The_control_is_what_its_factor_is_held_against()
    {
        var contrasts = LevelContrast.AllOf(StudyReport.Build(Builder(2).Control(Factor.Balancer, "b").Error((levels, _) => levels.Balancer.Kind == "a" ? 0.2 : 0.1).Build()));

        Assert.All(contrasts.Where(contrast => contrast.Factor == Factor.Balancer), contrast => Assert.Equal(("a", "b", 2.0), (contrast.Level, contrast.Against, Math.Round(contrast.Ratio, 9))));
    }

    [Fact]
    public void Pairs_without_a_partner_are_left_out_and_a_diverged_trial_is_the_worst()
    {
        var contrasts = LevelContrast.AllOf(StudyReport.Build(Builder(2)
            .Missing((levels, seed) => seed == 2 && levels is { Balancer.Kind: "a", Sampler.Kind: "rad" })
            .Error((levels, seed) => levels.Balancer.Kind == "b" ? seed == 1 ? null : 0.1 : 1).Build()));

        var balancer = contrasts.Single(contrast => contrast is { Problem: "p1", Factor: Factor.Balancer });
        Assert.Equal((3, 2), (balancer.Pairs, balancer.BySeed.Count));
        Assert.Equal(Math.Sqrt(0.1), balancer.Ratio, 1e-12);
    }

    [Fact]
    public void Converged_trials_of_the_pairs_are_counted_on_both_sides()
    {
        var contrasts = LevelContrast.AllOf(StudyReport.Build(Builder(3).Error((levels, _) => levels.Balancer.Kind == "b" ? 1e-3 : 0.5)
            .Outcome((levels, seed) => levels.Balancer.Kind == "b" && seed > 1 ? Outcome.Converged : Outcome.Stalled).Build()));

        Assert.All(contrasts.Where(contrast => contrast.Factor == Factor.Balancer), contrast => Assert.Equal((4, 0), (contrast.Converged, contrast.ConvergedAgainst)));
    }

    [Fact]
    public void A_study_of_one_factor_has_none_and_of_one_seed_no_interval()
    {
        Assert.Empty(LevelContrast.AllOf(StudyReport.Build(Made.FourMethods().Build())));

        var report = StudyReport.Build(Builder(1).Build());
        Assert.All(LevelContrast.AllOf(report), contrast => Assert.Null(contrast.RatioInterval));
        Assert.Null(ContrastFigure.Of(report));
        Assert.NotNull(ContrastTable.Of(report));
    }

    [Fact]
    public void Table_and_figure_say_the_same()
    {
        var report = StudyReport.Build(Builder(5).Error((levels, seed) => (levels.Balancer.Kind == "b" ? 0.1 : 1) * (1 + (0.01 * seed * (levels.Sampler.Kind == "rad" ? 2 : 1)))).Build());

        var table = MarkdownFormat.Render(ContrastTable.Of(report)!);
        var figure = ContrastFigure.Of(report)!;
        var row = figure.Intervals!.Panels[0].Rows[figure.Intervals.Names.IndexOf("b ÷ a")]!;
        var contrast = report.Findings.Contrasts.Single(one => one is { Problem: "p1", Factor: Factor.Balancer });
        Assert.Equal((contrast.Ratio, contrast.RatioInterval, Drawing.IntervalMark.Better), (row.Value, row.Interval, row.Mark));
        Assert.Contains("0.100×", table, StringComparison.Ordinal);
        Assert.Equal(["p1", "p2"], figure.Intervals.Panels.Select(panel => panel.Title));
    }

    private static StudyResultsBuilder Builder(int seeds) => new StudyResultsBuilder()
        .With(Factor.Problem, "p1", "p2").With(Factor.Balancer, "a", "b").With(Factor.Sampler, "uniform", "rad").Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)]).Points(2);
}
