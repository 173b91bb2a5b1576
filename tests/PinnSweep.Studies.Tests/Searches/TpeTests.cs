using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Searches;

/// <summary>Densities are held against evaluators of a few lines, which integrate by Simpson's rule where the code has a series.</summary>
public class TpeTests
{
    [Fact]
    public void A_small_history_gives_the_ratio_worked_by_hand()
    {
        // Eleven points, so two are good: x = 0.2 (score 1) and x = 0.6 (score 2). Their prior lies at 0.5, so the windows, both at an
        // edge, are |0.2 − 0.5| = 0.3 and |0.6 − 0.5| = 0.1 wide, the second widened to 1/(2 + 2) = 0.25. Each weighs 1/3.
        double[] bad = [0.05, 0.1, 0.35, 0.45, 0.7, 0.8, 0.85, 0.9, 0.95];
        var others = bad.Select((x, i) => new Observation(SomeSpaces.Point(x), 10 + i));

        var known = Tpe.Learn(SomeSpaces.Cube(1), [new(SomeSpaces.Point(0.2), 1), .. others, new(SomeSpaces.Point(0.6), 2)]);
        var dimension = Assert.Single(known);

        // Nine bad ones: no window below 1/(2 + 9); each as wide as the way to its farther neighbour, of which the prior at 0.5 is one.
        double[] widths = [1 / 11.0, 0.25, 0.25, 0.1, 0.2, 0.1, 1 / 11.0, 1 / 11.0, 1 / 11.0];
        foreach (var x in new[] { 0, 0.1, 0.25, 0.5, 0.77, 1 })
        {
            var good = (Window(x, 0.2, 0.3) + Window(x, 0.6, 0.25) + Window(x, 0.5, 1)) / 3;
            var rest = (bad.Zip(widths, (centre, width) => Window(x, centre, width)).Sum() + Window(x, 0.5, 1)) / 10;
            Assert.Equal(good / rest, dimension.Ratio(new SpecValue.Number(x)), 1e-12);
        }
    }

    [Fact]
    public void The_proposal_has_the_largest_ratio_of_the_draws_from_the_good()
    {
        double[] goodPlaces = [0.2, 0.6];
        var scale = new DimensionScale.Linear(0, 1);
        SpecValue[] bad = [new SpecValue.Number(0.65), new SpecValue.Number(0.9)];
        var dimension = new TpeDimension(scale, goodPlaces.Select(x => new SpecValue.Number(x)), bad);
        var (stream, same) = (new RandomStream(1, "test"), new RandomStream(1, "test"));

        var draws = Enumerable.Range(0, 24).Select(_ => scale.At(new ParzenDensity(goodPlaces).Draw(same))).ToArray();

        Assert.Equal(draws.MaxBy(dimension.Ratio), dimension.Propose(stream));
        Assert.Equal(same.Position, stream.Position);
    }

    [Fact]
    public void Categories_count_with_the_weight_of_the_prior()
    {
        // Good: a, a, b of three values. Each point is a row that gives 1/4 to every value and 1 to its own, over 7/4; the prior gives 1/3.
        var dimension = new TpeDimension(SomeSpaces.Choice("a", "b", "c"), Words("a", "a", "b"), Words("c"));

        // Bad: c. Its row gives 1/2 and 1 to its own, over 5/2.
        double[] good = [(2 * 5 / 7.0) + (1 / 7.0) + (1 / 3.0), (2 / 7.0) + (5 / 7.0) + (1 / 3.0), (3 / 7.0) + (1 / 3.0)];
        double[] bad = [(1 / 5.0) + (1 / 3.0), (1 / 5.0) + (1 / 3.0), (3 / 5.0) + (1 / 3.0)];
        Assert.Equal(1, good.Sum() / 4, 1e-12);
        Assert.Equal(1, bad.Sum() / 2, 1e-12);
        Assert.All(
            Words("a", "b", "c").Index(),
            one => Assert.Equal(good[one.Index] / 4 / (bad[one.Index] / 2), dimension.Ratio(one.Item!), 1e-12));
    }

    [Fact]
    public void A_density_integrates_to_one_and_is_drawn_as_it_is()
    {
        var density = new ParzenDensity([0, 0.03, 0.03, 0.4, 0.97, 1]);
        var stream = new RandomStream(4, "test");
        var draws = Enumerable.Range(0, 20_000).Select(_ => density.Draw(stream)).ToArray();

        Assert.Equal(1, Simpson(density.At, 0, 1), 1e-9);

        // Five standard deviations of a binomial share.
        Assert.All([0.02, 0.2, 0.5, 0.9], to => Assert.Equal(Simpson(density.At, 0, to), draws.Count(x => x < to) / 20_000.0, 0.018));
    }

    [Fact]
    public void Old_points_weigh_less()
    {
        // 27 points: weights 1/27 and 1, linearly spread, for the oldest two, 1 for the others and for the prior.
        var weights = TpeDensity.Weights(27);

        Assert.Equal([1 / 27.0 / (27 + (1 / 27.0)), .. Enumerable.Repeat(1 / (27 + (1 / 27.0)), 27)], weights, Near);
        Assert.Equal(Enumerable.Repeat(1 / 26.0, 26), TpeDensity.Weights(25), Near);

        // The ramp of 102 points has 77 of them; its middle is number 38.
        var many = TpeDensity.Weights(102);
        Assert.Equal([1 / 102.0, 103 / 204.0, 1, 1], new[] { 0, 38, 76, 101 }.Select(i => many[i] / many[^1]), Near);
    }

    [Fact]
    public void The_best_tenth_is_good_but_no_more_than_25_and_no_failure()
    {
        static int[] Good(params double[] scores) =>
            [.. Tpe.Good([.. scores.Select(score => new Observation(SomeSpaces.Point(score), score))]).Order()];

        Assert.Equal([9], Good(9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
        Assert.Equal([9, 10], Good(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0));
        Assert.Equal([0, 1], Good(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        Assert.Empty(Good(double.PositiveInfinity, double.NaN));
        Assert.Equal([1], Good([double.NaN, 3, .. Enumerable.Repeat(double.PositiveInfinity, 18)]));
        Assert.Equal(Enumerable.Range(0, 25), Good([.. Enumerable.Range(0, 1000).Select(i => (double)i)]));
    }

    [Fact]
    public void A_dimension_learns_only_from_points_that_have_it()
    {
        // Two under sin are the best; their frequencies alone make the density, whatever the other points are.
        var other = Enumerable.Range(0, 9).Select(i => new Observation(Mixed(0.001, "tanh", null), 10 + i));
        var known = Tpe.Learn(SomeSpaces.Mixed, [new(Mixed(0.01, "sin", 2), 1), new(Mixed(0.01, "sin", 3), 2), .. other]);

        var scale = SomeSpaces.Mixed.Dimensions[2].Scale;
        var alone = new TpeDimension(scale, [new SpecValue.Number(2), new SpecValue.Number(3)], []);
        Assert.All([1, 2.5, 20], x => Assert.Equal(alone.Ratio(new SpecValue.Number(x)), known[2].Ratio(new SpecValue.Number(x)), 1e-12));
    }

    [Fact]
    public void Values_that_the_space_does_not_have_tell_nothing()
    {
        // The default may be no number of the range ("none"), or none of the listed values.
        var range = new TpeDimension(new DimensionScale.Linear(0, 1), [SpecValue.None.Value, null], [new SpecValue.Text("auto")]);
        var choice = new TpeDimension(SomeSpaces.Choice("a", "b"), Words("z"), Words("b"));

        Assert.Equal(1, range.Ratio(new SpecValue.Number(0.2)), 1e-12);
        Assert.Equal(0.5 / (5 / 8.0), choice.Ratio(new SpecValue.Text("b")), 1e-12);
    }

    [Fact]
    public void The_error_function_is_the_published_one()
    {
        // Abramowitz, Stegun, table 7.1.
        Assert.Equal(0, NormalShare.ErrorFunction(0));
        Assert.Equal(0.5204998778, NormalShare.ErrorFunction(0.5), 1e-10);
        Assert.Equal(0.8427007929, NormalShare.ErrorFunction(1), 1e-10);
        Assert.Equal(0.9953222650, NormalShare.ErrorFunction(2), 1e-10);
        Assert.Equal(1, NormalShare.ErrorFunction(5.999), 1e-15);
        Assert.All(
            [0.1, 0.7, 2.5, 4],
            x => Assert.Equal(Simpson(t => 2 / Math.Sqrt(Math.PI) * Math.Exp(-t * t), 0, x), NormalShare.ErrorFunction(x), 1e-13));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static SpecValue?[] Words(params string[] words) => [.. words.Select(word => new SpecValue.Text(word))];

    private static SpacePoint Mixed(double lr, string activation, double? frequency) => new([
        new SpecValue.Number(lr), new SpecValue.Text(activation), frequency is { } f ? new SpecValue.Number(f) : null, new SpecValue.Number(4)]);

    /// <summary>A normal distribution cut off at 0 and 1.</summary>
    private static double Window(double x, double centre, double width)
    {
        double Bell(double t) => Math.Exp(-(t - centre) * (t - centre) / (2 * width * width));
        return Bell(x) / Simpson(Bell, 0, 1);
    }

    private static double Simpson(Func<double, double> f, double from, double to)
    {
        const int Halves = 4000;
        var step = (to - from) / Halves;
        return step / 3 * Enumerable.Range(0, Halves + 1).Sum(i => (i is 0 or Halves ? 1 : i % 2 == 1 ? 4 : 2) * f(from + (i * step)));
    }
}
