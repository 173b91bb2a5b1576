using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;

namespace PinnSweep.Tests.Views;

public sealed class CurveTests
{
    [Fact]
    public void Thinning_keeps_both_ends_and_both_extremes_of_any_curve_within_its_limit()
    {
        var random = new RandomStream(17, "curves");
        for (var round = 0; round < 500; round++)
        {
            var values = new double[1 + random.NextInt(400)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.NextDouble() < 0.1 ? double.NaN : random.NextGaussian();
            }

            var most = 4 + random.NextInt(60);
            var kept = CurveThinning.Kept(values, most);

            Assert.True(kept.Length <= most, $"{kept.Length} of at most {most}");
            Assert.Equal(kept.Distinct().Order(), kept);
            Assert.Equal((0, values.Length - 1), (kept[0], kept[^1]));
            var finite = values.Where(double.IsFinite).ToArray();
            var shown = kept.Select(i => values[i]).Where(double.IsFinite).ToArray();
            if (finite.Length > 0)
            {
                Assert.Equal((finite.Min(), finite.Max()), (shown.Min(), shown.Max()));
            }
        }
    }

    [Fact]
    public void Nothing_is_nothing_and_few_points_all_stay()
    {
        Assert.Empty(CurveThinning.Kept([], 4));
        Assert.Equal([0, 1, 2, 3], CurveThinning.Kept([1, 2, 3, 4], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurveThinning.Kept([1, 2, 3, 4, 5], 3));
    }

    [Fact]
    public void A_finished_curve_has_columns_and_a_value_that_was_not_measured_is_null()
    {
        var result = Result(1e-2);

        var curve = CurveView.Of(result with { Curve = result.Curve.SetItem(1, result.Curve[1] with { RelativeL2 = double.NaN, MaxError = double.PositiveInfinity }) }, 100);

        Assert.False(curve.IsLive);
        Assert.Equal([0, 1000, 2000], curve.Steps);
        Assert.Equal([1.0, null, 1e-2], curve.RelativeL2);
        Assert.Equal([3.0, null, 3e-2], curve.MaxError);
        Assert.Equal(["boundary", "residual"], curve.Losses.Keys);
        Assert.Equal([1.0, 0.1, 1e-2], curve.Losses["residual"]);
        Assert.Equal([2.0, 2.0, 2.0], curve.Weights["boundary"]);
    }

    [Fact]
    public void A_live_curve_names_the_attempt_of_each_point()
    {
        var curve = CurveView.Of(Live((100, 0.5, 1), (200, double.NaN, 2)), 100);

        Assert.True(curve.IsLive);
        Assert.Equal([100, 200], curve.Steps);
        Assert.Equal([0.5, null], curve.RelativeL2);
        Assert.Equal([1, 2], curve.Attempts);
        Assert.Empty(curve.Losses);
    }

    [Fact]
    public void A_cells_curve_is_the_median_of_its_seeds()
    {
        var curve = CellCurve.Of(3, "static", [Result(1e-1), Result(1e-2), Result(1e-4)], [], "relative_l2", bySeconds: true);

        Assert.Equal((3, "static", 3), (curve.Cell, curve.Name, curve.Seeds));
        Assert.Equal([0.0, 1, 2], curve.Band.X);
        Assert.Equal(1e-2, curve.Band.Middle[^1], 12);
        Assert.Equal((1e-4, 1e-1), (Math.Round(curve.Band.Low[^1], 12), Math.Round(curve.Band.High[^1], 12)));
    }

    [Fact]
    public void What_runs_goes_in_over_steps_and_never_over_seconds_or_for_another_metric()
    {
        var live = Live((0, 1, 1), (1000, 0.2, 1));

        Assert.Equal(2, CellCurve.Of(0, "x", [Result(1e-2)], [live, []], "relative_l2", bySeconds: false).Seeds);
        Assert.Equal(1, CellCurve.Of(0, "x", [Result(1e-2)], [live], "relative_l2", bySeconds: true).Seeds);
        Assert.Equal(1, CellCurve.Of(0, "x", [Result(1e-2)], [live], "residual_l2", bySeconds: false).Seeds);
    }

    [Fact]
    public void A_cells_curve_is_of_the_studys_metric()
    {
        var curve = CellCurve.Of(0, "x", [Result(1e-2)], [], "max_error", bySeconds: false);

        Assert.Equal(3e-2, curve.Band.Middle[^1], 12);
        Assert.Empty(CellCurve.Of(0, "x", [], [], "max_error", bySeconds: false).Band.X);
    }

    private static TrialResult Result(double error) => MadeStudy.Full(MadeStudy.Plan(MadeStudy.Grid).Trials[0], error);

    private static ImmutableArray<LivePoint> Live(params (int Step, double Error, int Attempt)[] points) =>
        [.. points.Select(point => new LivePoint(new(new string('a', 64)), point.Attempt, new(point.Step, point.Step, 2000, 1, point.Error, 10), MadeStudy.At))];
}
