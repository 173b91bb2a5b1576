using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>Densities and choices of the samplers that follow the residual, against hand-worked or integrated ones.</summary>
public sealed class AdaptiveSamplerTests
{
    private static readonly Problem Problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));

    [Theory]
    [InlineData("rad", """{"k": 1, "c": 1, "interior": 2000, "every": 1, "candidates": 200000}""", 1, 1)]
    [InlineData("rad", """{"k": 2, "c": 0, "interior": 2000, "every": 1, "candidates": 200000}""", 2, 0)]
    [InlineData("rar-d", """{"interior": 4000, "added": 2000, "every": 1, "candidates": 200000}""", 2, 0)]
    [InlineData("importance", """{"interior": 2000, "every": 1, "candidates": 200000}""", 1, 0)]
    public void Points_have_the_density_of_the_residual(string kind, string parameters, double k, double c)
    {
        var sampler = SamplerConformanceTests.Create(kind, parameters, Problem);

        sampler.MoveTo(1, new Slope());

        // Cells of equal width in x, whose residual is e^x: the expected share is an integral, and what is added stands behind what was.
        var points = sampler.Points(0).ToArray().Chunk(2).TakeLast(2000).ToList();
        const int Cells = 10;
        double Integral(double from, double to) => (((Math.Exp(k * to) - Math.Exp(k * from)) / (Math.Exp(k) - Math.Exp(-k))) + (c * (to - from) / 2)) / (1 + c);
        var chi = Enumerable.Range(0, Cells).Sum(i =>
        {
            var (from, to) = (-1 + (2.0 * i / Cells), -1 + (2.0 * (i + 1) / Cells));
            var expected = points.Count * Integral(from, to);
            return Math.Pow(points.Count(point => point[0] >= from && point[0] < to) - expected, 2) / expected;
        });

        // 9 degrees of freedom: a value above 27.9 has a chance of one in a thousand, one below 0.97 likewise of four.
        Assert.InRange(chi, 0.5, 27.9);
    }

    [Fact]
    public void Importance_weights_make_up_for_the_density()
    {
        var sampler = SamplerConformanceTests.Create("importance", """{"interior": 20000, "every": 1, "candidates": 200000}""", Problem);

        sampler.MoveTo(1, new Slope());
        var points = sampler.Points(0).ToArray().Chunk(2).ToList();
        var weights = sampler.PointWeights(0).ToArray();

        // The mean of x² over [−1, 1] is 1/3; with w = sinh(1) e^−x its estimate has a deviation below 0.004.
        Assert.Equal(1 / 3.0, points.Zip(weights, (point, weight) => weight * point[0] * point[0]).Average(), 0.016);
        Assert.Equal(1, weights.Average(), 0.02);
        Assert.All(points.Zip(weights), pair => Assert.Equal(Math.Sinh(1) * Math.Exp(-pair.First[0]), pair.Second, 0.02 * pair.Second));
    }

    [Fact]
    public void The_greedy_refinement_adds_the_largest_residuals_until_the_set_is_full()
    {
        var sampler = SamplerConformanceTests.Create("rar-g", """{"interior": 20, "added": 4, "every": 1, "candidates": 1000}""", Problem);
        var counts = new List<int>();
        for (var step = 0; step < 5; step++)
        {
            sampler.MoveTo(step, new Slope());
            counts.Add(sampler.Points(0).Length / 2);
        }

        Assert.Equal([10, 14, 18, 20, 20], counts);
        Assert.All(sampler.Points(0).ToArray().Chunk(2).Skip(10), point => Assert.InRange(point[0], 0.98, 1));
    }

    [Fact]
    public void Refinement_fills_the_set_in_a_hundred_rounds_by_default()
    {
        var sampler = SamplerConformanceTests.Create("rar-g", """{"interior": 2000, "every": 1, "candidates": 1000}""", Problem);

        sampler.MoveTo(1, new Slope());

        Assert.Equal(1000 + 10, sampler.Points(0).Length / 2);
    }

    [Fact]
    public void R3_keeps_the_points_above_the_mean_and_redraws_the_others()
    {
        var sampler = SamplerConformanceTests.Create("r3", "{}", Problem);
        var before = sampler.Points(0).ToArray().Chunk(2).ToList();
        var residuals = before.ConvertAll(point => Math.Exp(point[0]));
        var kept = before.Where((_, i) => residuals[i] > residuals.Average()).ToList();

        sampler.Observe(new Given([.. residuals]));
        var moved = sampler.MoveTo(1, new Slope());
        var after = sampler.Points(0).ToArray().Chunk(2).ToList();

        Assert.True(moved);
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(kept, after.Take(kept.Count));
        Assert.Empty(after.Skip(kept.Count).Intersect(before));
    }

    [Fact]
    public void The_gate_of_causal_r3_weighs_points_and_moves_as_the_gated_loss_falls()
    {
        var sampler = SamplerConformanceTests.Create("causal-r3", """{"gamma": 0.4, "eta": 1, "tol": 2}""", Problem);
        var times = sampler.Points(0).ToArray().Chunk(2).Select(point => point[1]).ToArray();
        double Gate(double t, double gamma) => (1 - Math.Tanh(5 * (t - gamma))) / 2;
        var first = sampler.PointWeights(0).ToArray();

        sampler.Observe(new Given([.. times.Select(_ => 1.5)]));
        sampler.MoveTo(1, new Slope());
        var gamma = 0.4 + Math.Min(Math.Exp(-2 * times.Average(t => Math.Pow(1.5 * Gate(t, 0.4), 2))), 0.1);

        Assert.Equal(times.Select(t => Gate(t, 0.4)), first, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(
            sampler.Points(0).ToArray().Chunk(2).Select(point => Gate(point[1], gamma)),
            sampler.PointWeights(0).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Residual_balanced_weights_follow_the_residual_with_memory()
    {
        var sampler = SamplerConformanceTests.Create("residual-balanced", """{"interior": 3, "potential": "quadratic", "gamma": 0.9}""", Problem);

        sampler.Observe(new Given([1, 4, 2]));
        sampler.Observe(new Given([2, 2, 0]));

        // λ ← 0.9 λ + 0.1 q/max q from 1: (0.925, 1, 0.95), then (0.9325, 1, 0.855).
        Assert.Equal([0.9325, 1, 0.855], sampler.PointWeights(0).ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Draws_without_replacement_are_all_different_and_leave_out_what_has_no_density()
    {
        var chosen = WeightedChoice.WithoutReplacement([1, 0, 5, 0.1, 2], 4, new(1, "choice"));

        Assert.Equal([0, 2, 3, 4], chosen.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(249)]
    [InlineData(900)]
    public void Few_of_many_are_drawn_in_the_order_of_all(int count)
    {
        const int Candidates = 1000;
        var densities = new double[Candidates];
        new RandomStream(1, "densities").FillUniform(densities);
        densities[7] = 0;

        var few = WeightedChoice.WithoutReplacement(densities, count, new(1, "choice"));
        var all = WeightedChoice.WithoutReplacement(densities, Candidates, new(1, "choice"));

        Assert.Equal(all[..count], few);
    }

    [Fact]
    public void Candidates_of_which_too_few_have_a_density_are_drawn_as_if_all_were_sorted()
    {
        var densities = new double[100];
        densities[50] = densities[60] = 1;

        var few = WeightedChoice.WithoutReplacement(densities, 5, new(1, "choice"));

        Assert.Equal(WeightedChoice.WithoutReplacement(densities, 100, new(1, "choice"))[..5], few);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void The_entry_at_a_place_of_an_order_is_found_among_equal_ones(int place)
    {
        double[] values = [3, 1, 2, 2, double.PositiveInfinity, 2, -1, 5, 2, double.PositiveInfinity];

        Assert.Equal(values.Order().ElementAt(place), Selection.Smallest([.. values], place));
    }

    [Fact]
    public void Weights_of_sampler_and_balancer_multiply_each_other_in_the_loss()
    {
        var small = Trials.Small();
        using var trial = Trials.Begin(small with { Levels = small.Levels with { Sampler = SamplerConformanceTests.Level("causal-r3", """{"gamma": 0.5}""") } });
        var sampler = trial.Trial.Sampler;
        var balancer = new PointWise(sampler.Points(0).Length / 2);
        using var passes = new TermPasses(Problem, trial.Trial.Engine, trial.Theta.Length);
        trial.Trial.Engine.SetParameters(trial.Theta);
        passes.TakePoints(sampler, null);

        passes.ForwardAndReverse(trial.Theta, balancer, []);

        var (s, w, r) = (sampler.PointWeights(0).ToArray(), balancer.PointWeights(0).ToArray(), passes.Of(0).ToArray());
        Assert.Equal(r.Select((residual, i) => s[i] * w[i] * residual * residual).Average(), passes.WeightedLosses[0], 1e-12 * passes.WeightedLosses[0]);
        Assert.Equal(r.Average(residual => residual * residual), passes.Losses[0], 1e-12 * passes.Losses[0]);
        Assert.Equal(passes.Losses[1], passes.WeightedLosses[1]);
    }

    /// <summary>The residual e^x.</summary>
    private sealed class Slope : IResidualProbe
    {
        public void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes)
        {
            for (var i = 0; i < magnitudes.Length; i++)
            {
                magnitudes[i] = Math.Exp(points[2 * i]);
            }
        }
    }

    private sealed class Given(double[] values) : ITermResiduals
    {
        public ReadOnlySpan<double> Of(int term) => values;
    }

    /// <summary>Weights 1, 2, 3, … of the first term's points.</summary>
    private sealed class PointWise(int points) : IBalancer, IPointWeigher
    {
        private readonly double[] _weights = [.. Enumerable.Range(1, points).Select(i => (double)i)];

        public ReadOnlySpan<double> TermWeights => new double[] { 1, 1, 1 };

        public ReadOnlySpan<double> PointWeights(int term) => term == 0 ? _weights : [];

        public void PointsChanged(int term, int points) => throw new NotSupportedException();

        public void State(StateArchive archive)
        {
        }
    }
}
