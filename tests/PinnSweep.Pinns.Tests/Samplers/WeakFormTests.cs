using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>Moments of residuals by hand, and the loss that <c>vpinn</c> makes of them.</summary>
public sealed class WeakFormTests
{
    // x in [−1, 1], t in [0, 1]; the equation is the first term.
    private static readonly Problem Problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(33)]
    public void Gauss_quadrature_is_exact_to_its_degree(int count)
    {
        var (nodes, weights) = Legendre.Gauss(count);

        for (var degree = 0; degree < 2 * count; degree++)
        {
            Assert.Equal(degree % 2 == 0 ? 2.0 / (degree + 1) : 0, nodes.Zip(weights, (x, w) => w * Math.Pow(x, degree)).Sum(), 1e-13);
        }

        Assert.Equal(nodes.Order(), nodes);
    }

    [Fact]
    public void Polynomials_are_those_of_Legendre() => Close.Assert([1, 0.5, -0.125, -0.4375], Legendre.Values(3, 0.5), 1e-15);

    /// <summary>
    /// One element, r = x, test functions 3/2 (ξ² − 1) and 5/2 (ξ³ − ξ): half the integrals of ξ times them are 0 and −1/3, of them alone −1
    /// and 0. Of four moments one is not zero, 1/3: the loss is 1/36. Two elements along each coordinate: ξ runs over half of x, with a mean
    /// of ±1/2, so the moments are 1/6 and, with two functions without sign in x, 1/2: (1/36 + 1/4)/4 = 5/72.
    /// </summary>
    [Theory]
    [InlineData(16, 1.0 / 36)]
    [InlineData(64, 5.0 / 72)]
    public void The_loss_is_the_mean_of_squared_moments(int points, double expected)
    {
        var sampler = Make(points, nodes: 4, tests: 2);

        Assert.Equal(points, sampler.Points(0).Length / 2);
        Assert.Equal(expected, Loss(sampler, [.. sampler.Points(0).ToArray().Where((_, i) => i % 2 == 0)]), 1e-14);
    }

    [Fact]
    public void Weights_times_residuals_are_the_gradient_of_that_loss()
    {
        var sampler = Make(50, nodes: 3, tests: 2);
        double[] residuals = [.. Enumerable.Range(0, 36).Select(i => Math.Sin(1 + (7 * i)))];
        Loss(sampler, residuals);
        var weights = sampler.PointWeights(0).ToArray();

        for (var i = 0; i < residuals.Length; i++)
        {
            double At(double shift) => Loss(sampler, [.. residuals.Select((r, j) => j == i ? r + shift : r)]);

            Assert.Equal((At(1e-4) - At(-1e-4)) / 2e-4, 2.0 / 36 * weights[i] * residuals[i], 1e-10);
        }

        Assert.Contains(weights, weight => weight < 0);
    }

    /// <summary>θ moves by −lr g, so the loss falls by lr ‖g‖² where g is its gradient.</summary>
    [Theory]
    [InlineData("fused")]
    [InlineData("torch")]
    public void A_training_follows_the_gradient_of_that_loss(string engine)
    {
        const double Rate = 1e-6;
        var small = Trials.Small(steps: 3);
        var description = small with
        {
            Levels = small.Levels with
            {
                Sampler = SamplerConformanceTests.Level("vpinn", """{"nodes": 4, "tests": 3}"""),
                Optimizer = MethodLevels.Of(GradientDescent.Entry.Method, ("lr", Rate)),
            },
        };
        using var training = Trials.Begin(description, engine);
        training.Advance();
        var (loss, theta) = (training.Loss, training.Theta.ToArray());

        training.Advance();
        var (moved, later) = (training.Loss, training.Theta.ToArray());

        // The second step's own gradient is that of the first to a share of lr.
        var square = theta.Zip(later, (before, after) => Math.Pow((before - after) / Rate, 2)).Sum();
        Assert.True(square > 1e-3);
        Assert.Equal(1, (loss - moved) / (Rate * square), 1e-3);
        Assert.Equal(Outcome.Stalled, training.Outcome);
    }

    [Fact]
    public void What_holds_at_one_theta_alone_goes_with_nothing_that_looks_elsewhere_or_weighs_points()
    {
        var small = Trials.Small();
        var levels = small.Levels with { Sampler = SamplerConformanceTests.Level("vpinn", """{"nodes": 4, "tests": 3}""") };

        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Equal(
            "lbfgs evaluates the loss at more than one θ, and the weights that make it that of vpinn hold at one alone",
            PinnCatalog.Instance.WhyNotApplicable(levels with { Optimizer = MethodLevels.Of(Lbfgs.Entry.Method) }));
        Assert.Equal(
            "rba weighs single points, and vpinn has integrals over many in the loss",
            PinnCatalog.Instance.WhyNotApplicable(levels with { Balancer = MethodLevels.Of(ResidualBasedAttention.Entry.Method) }));
        Assert.Equal(
            "causal weighs single points, and vpinn has integrals over many in the loss",
            PinnCatalog.Instance.WhyNotApplicable(levels with { Time = MethodLevels.Of(CausalWeights.Entry.Method) }));
    }

    [Theory]
    [InlineData("""{"nodes": 10, "tests": 6}""", "an element has 100 nodes, more than the 90 points of 'interior'")]
    [InlineData("""{"nodes": 4, "tests": 4}""", "4 test functions cannot be told apart on 4 nodes; take fewer 'tests' than 'nodes'")]
    [InlineData("""{"nodes": 60, "tests": 50}""", "60 nodes and 50 test functions along each of 2 coordinates are too many; take fewer 'nodes' and 'tests'")]
    public void What_cannot_be_is_told(string parameters, string reason) =>
        Assert.Equal(reason, SamplerConformanceTests.Entry("vpinn").WhyNotApplicable(SamplerConformanceTests.Level("vpinn", parameters), Problem));

    private static ISampler Make(int points, int nodes, int tests) => SamplerConformanceTests.Create(
        "vpinn", FormattableString.Invariant($$"""{"interior": {{points}}, "nodes": {{nodes}}, "tests": {{tests}}}"""), Problem);

    private static double Loss(ISampler sampler, double[] residuals)
    {
        sampler.Observe(new Given(residuals));
        return residuals.Zip(sampler.PointWeights(0).ToArray(), (r, weight) => weight * r * r).Average();
    }

    private sealed class Given(double[] residuals) : ITermResiduals
    {
        public ReadOnlySpan<double> Of(int term) => residuals;
    }
}
