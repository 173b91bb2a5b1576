using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>The regions of RoPINN by hand: how long they are, and where points lie in them.</summary>
public sealed class RegionOptimizationTests
{
    private static readonly Problem Problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));

    /// <summary>
    /// Gradients (1, 2) and (3, −2): means 2 and 0, deviations 1 and 2, mean magnitudes 2 and 2, so σ = (1/2 + 1)/2. With (5, 0) and a look at
    /// two alone: means 4 and −1, deviations 1 and 1, magnitudes 4 and 1, so σ = (1/4 + 1)/2.
    /// </summary>
    [Fact]
    public void The_spread_is_the_mean_of_deviations_over_magnitudes_of_the_last_gradients()
    {
        var spread = new GradientSpread(2);
        var values = new List<double> { spread.Value };
        foreach (var gradient in (double[][])[[1, 2], [3, -2], [5, 0]])
        {
            spread.Add(gradient);
            spread.EndPeriod();
            values.Add(spread.Value);
        }

        Close.Assert([1, 1, 0.75, 0.625], values.ToArray(), 1e-5);
    }

    [Fact]
    public void A_period_counts_as_its_mean_gradient()
    {
        var (whole, means) = (new GradientSpread(3), new GradientSpread(3));
        foreach (var (a, b) in new[] { (1.0, 3.0), (-4, 6), (2, 2) })
        {
            whole.Add([a, b]);
            whole.Add([b, a]);
            whole.EndPeriod();
            means.Add([(a + b) / 2, (a + b) / 2]);
            means.EndPeriod();
        }

        Assert.Equal(means.Value, whole.Value, 1e-15);
    }

    /// <summary>σ is 1 in the first two steps; then 0.75 of the two gradients, and regions are 4/3 as long.</summary>
    [Fact]
    public void Points_fill_the_region_behind_their_centres()
    {
        var sampler = SamplerConformanceTests.Create("ropinn", """{"interior": 4000, "region": 0.003}""", Problem);
        var centres = sampler.Points(0).ToArray();
        double[][] gradients = [[1, 2], [3, -2], [5, 0]];
        double[] lengths = [0.003, 0.003, 0.004];
        for (var step = 0; step < gradients.Length; step++)
        {
            sampler.MoveTo(step, new SamplerConformanceTests.Bump(step));
            double[] shifts = [.. sampler.Points(0).ToArray().Zip(centres, (point, centre) => point - centre)];

            // Points closer to a side than the region is long are mirrored at it: a few of a thousand.
            double[] inside = [.. shifts.Where((_, i) => centres[i] < 0.99)];
            Assert.InRange(inside.Min(), 0, 0.01 * lengths[step]);
            Assert.InRange(inside.Max(), 0.99 * lengths[step], lengths[step] * (1 + 1e-6));
            Assert.Equal(0.5, inside.Average() / lengths[step], 0.02);
            sampler.ObserveDirection(gradients[step]);
        }
    }

    [Fact]
    public void Regions_are_no_longer_than_the_largest()
    {
        var sampler = SamplerConformanceTests.Create("ropinn", """{"region": 0.5, "largest": 0.002}""", Problem);
        var centres = sampler.Points(0).ToArray();

        sampler.MoveTo(0, new SamplerConformanceTests.Bump(0));

        Assert.All(sampler.Points(0).ToArray().Zip(centres, (point, centre) => Math.Abs(point - centre)), shift => Assert.InRange(shift, 0, 0.002));
    }

    [Fact]
    public void Several_samples_share_a_centre()
    {
        var one = SamplerConformanceTests.Create("ropinn", """{"interior": 50}""", Problem);
        var three = SamplerConformanceTests.Create("ropinn", """{"interior": 50, "samples": 3}""", Problem);

        three.MoveTo(0, new SamplerConformanceTests.Bump(0));

        var points = three.Points(0).ToArray();
        Assert.Equal(3 * one.Points(0).Length, points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            Assert.InRange(Math.Abs(points[i] - one.Points(0)[i % one.Points(0).Length]), 0, 1e-4);
        }

        Assert.NotEqual(points[..100], points[100..200]);
    }

    [Fact]
    public void Points_do_not_move_into_holes()
    {
        var box = Problem with
        {
            Axes = [new("x", 0, 1), new("y", 0, 1)],
            TimeAxis = null,
            Terms = [.. Problem.Terms.Where(term => term.PointSet == PointSets.Interior)],
            Holes = [new(0, 1, 0.5, 0.5, 0.3)],
        };
        var sampler = SamplerConformanceTests.Create("ropinn", """{"interior": 500, "region": 0.2, "largest": 0.2}""", box);
        var centres = sampler.Points(0).ToArray().Chunk(2).ToList();

        sampler.MoveTo(0, new SamplerConformanceTests.Bump(0));

        var points = sampler.Points(0).ToArray().Chunk(2).ToList();
        Assert.All(points, point => Assert.False(box.Holes[0].Contains(point)));
        Assert.InRange(points.Zip(centres).Count(pair => pair.First.SequenceEqual(pair.Second)), 10, 250);
    }
}
