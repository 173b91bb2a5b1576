using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Training;
using PinnSweep.Training.Preparation;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>What single networks promise beyond the conformance table.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData("glorot-normal", 2.0 / 400)]
    [InlineData("glorot-uniform", 2.0 / 400)]
    [InlineData("he", 2.0 / 250)]
    [InlineData("lecun", 1.0 / 250)]
    [InlineData("pytorch-default", 1.0 / 250 / 3)]
    [InlineData("siren", 6.0 / 250 / 3)]
    public void An_initialisation_has_the_variance_of_its_name(string word, double variance)
    {
        var (_, network) = NetworkConformanceTests.Create("mlp", $$"""{"hidden": [250, 150], "initialisation": "{{word}}"}""");
        var block = network.Blocks.Single(block => block.Name == "hidden2.weight");
        var bias = network.Blocks.Single(block => block.Name == "hidden2.bias");

        var theta = network.Initialize(new(5, "init"));

        // 37,500 draws: the estimate of the variance has a relative deviation of at most 0.73 %.
        Assert.InRange(theta.AsSpan(block.Offset, block.Length).ToArray().Average(weight => weight * weight) / variance, 0.96, 1.04);
        Assert.Equal(word is "pytorch-default" or "siren", theta.AsSpan(bias.Offset, bias.Length).ContainsAnyExcept(0));
    }

    /// <summary>
    /// The first layer sees (x − mean)/deviation; of many points of [a, b] the mean is (a + b)/2 and the deviation (b − a)/√12.
    /// </summary>
    [Fact]
    public void Coordinates_can_be_standardised_by_a_sample()
    {
        var (problem, network) = NetworkConformanceTests.Create("mlp", """{"hidden": [2], "standardise": 100000}""");
        var input = Assert.IsType<Node.Input>(network.Nodes[NetworkBuilder.Input]);

        foreach (var (axis, i) in problem.Axes.Select((axis, i) => (axis, i)))
        {
            var scale = Math.Sqrt(12) / axis.Extent;
            Assert.InRange(input.Scale[i] / scale, 0.99, 1.01);
            Assert.NotEqual(scale, input.Scale[i]);
            Assert.Equal(-scale * (axis.Lower + axis.Upper) / 2, input.Shift[i], 0.02);
        }
    }

    /// <summary>
    /// Two or three points may lie so close that the coordinates leave all bounds; billions would fill the memory of whoever plans.
    /// </summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2000000000")]
    public void A_sample_of_hardly_any_or_of_too_many_points_is_refused(string points)
    {
        var text = "study: s\nfactors: {problem: [diffusion], network: [{kind: mlp, standardise: " + points + "}], balancer: [static], sampler: [uniform], optimizer: [adam]}\nbudget: {steps: 1}";

        var mistake = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(text, "s.yaml", PinnCatalog.Instance));

        Assert.Contains("s.yaml:2: factors.network[mlp].standardise: expected a whole number from 10 to 10000000, or null", mistake.Message.Replace(",000", "000", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_weight_factorization_changes_the_parameters_and_not_the_distribution_of_the_matrix()
    {
        var (_, network) = NetworkConformanceTests.Create("mlp", """{"hidden": [200, 200], "factorization": {"mean": 0.5, "deviation": 0.1}}""");
        var node = network.Nodes.OfType<Node.Dense>().ElementAt(1);

        var theta = network.Initialize(new(5, "init"));
        var scales = theta.AsSpan(node.ScaleOffset, 200).ToArray();
        var matrix = theta.AsSpan(node.WeightOffset, 40_000).ToArray().Select((v, i) => v * Math.Exp(scales[i / 200])).ToArray();

        Assert.Equal(0.5, scales.Average(), 0.04);
        Assert.Equal(0.1, Math.Sqrt(scales.Average(s => Math.Pow(s - scales.Average(), 2))), 0.03);
        Assert.InRange(matrix.Average(weight => weight * weight) / (2.0 / 400), 0.96, 1.04);
    }

    [Fact]
    public void A_chebyshev_layer_is_its_series()
    {
        var (_, network) = NetworkConformanceTests.Create("chebyshev-kan", """{"hidden": [3], "degree": 5}""");
        var theta = network.Initialize(new(2, "init"));
        double[] point = [0.3, 0.8];
        double[] mapped = [0.3, 0.6];

        var value = ReferenceJets.Evaluate(network, theta, point, JetLayout.ValuesOnly(2))[0];

        var hidden = Layer(network, theta, "hidden1", mapped, 3);
        Assert.Equal(Layer(network, theta, "head", hidden, 1)[0], value, 1e-13);
    }

    [Fact]
    public void A_pirate_net_begins_linear_in_its_features()
    {
        var (_, network) = NetworkConformanceTests.Create("piratenet", """{"width": 10, "blocks": 2, "factorization": null}""");
        var theta = network.Initialize(new(2, "init"));
        double[] At(string block) => theta.AsSpan(network.Blocks.Single(b => b.Name == block).Offset, network.Blocks.Single(b => b.Name == block).Length).ToArray();
        var (frequencies, head) = (At("features.weight"), At("head.weight"));
        var angles = Enumerable.Range(0, 5).Select(i => (frequencies[2 * i] * 0.3) + (frequencies[(2 * i) + 1] * 0.6)).ToArray();

        var value = ReferenceJets.Evaluate(network, theta, [0.3, 0.8], JetLayout.ValuesOnly(2))[0];

        Assert.Equal(angles.Select((angle, i) => (Math.Cos(angle) * head[i]) + (Math.Sin(angle) * head[5 + i])).Sum(), value, 1e-13);
    }

    [Fact]
    public void A_fitted_head_meets_the_conditions_at_the_start()
    {
        var small = Trials.Small();
        TrainingLoop Begin(string head) => Trials.Begin(small with
        {
            Levels = small.Levels with { Network = NetworkConformanceTests.Level("piratenet", $$"""{"width": 32, "blocks": 1, "sigma": 2, "head": "{{head}}"}""") },
        });
        using var drawn = Begin("drawn");
        using var fitted = Begin("least-squares");

        drawn.Advance();
        fitted.Advance();

        var (before, after) = (drawn.Curve[0].Losses, fitted.Curve[0].Losses);
        Assert.True(after[1] + after[2] < 1e-3 * (before[1] + before[2]), $"{before[1]:g3} + {before[2]:g3} drawn, {after[1]:g3} + {after[2]:g3} fitted");
    }

    [Fact]
    public void A_head_is_fitted_with_the_least_change_where_conditions_leave_it_free()
    {
        double[][] rows = [[1, 1, 0], [0, 0, 2]];

        var x = HeadFit.Solve(rows, [2, 4], 3);

        Assert.Equal([1, 1, 2], x, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_periodic_network_repeats_with_its_derivatives_and_takes_the_boundary_term_out()
    {
        var (problem, network) = NetworkConformanceTests.Create("periodic", """{"hidden": [9], "harmonics": 3}""");
        var theta = network.Initialize(new(2, "init"));
        var layout = new JetLayout(2, [new Direction([1, 0], 3)]);

        var left = ReferenceJets.Evaluate(network, theta, [-1, 0.4], layout);
        var right = ReferenceJets.Evaluate(network, theta, [1, 0.4], layout);

        Assert.Equal(["residual", "initial"], problem.Terms.Select(term => term.Name));
        Assert.Equal(left, right, (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.All(left[1..], derivative => Assert.NotEqual(0, derivative));
    }

    [Fact]
    public void A_periodic_network_is_refused_where_nothing_repeats()
    {
        var levels = Trials.Small().Levels with { Problem = MethodLevels.Of(Poisson2D.Entry.Method), Network = NetworkConformanceTests.Level("periodic", "{}") };

        Assert.Equal("the solution of this problem repeats in no coordinate", PinnCatalog.Instance.WhyNotApplicable(levels));
    }

    [Theory]
    [InlineData("diffusion", "relu2", "activation ReLU2 is of class C^1 and trains derivatives up to order 1; this problem takes order 2")]
    [InlineData("diffusion", "relu3", null)]
    [InlineData("kirchhoff-plate", "relu4", "activation ReLU4 is of class C^3 and trains derivatives up to order 3; this problem takes order 4")]
    [InlineData("kirchhoff-plate", "relu5", null)]
    [InlineData("reaction", "relu", "activation ReLU is of class C^0 and trains derivatives up to order 0; this problem takes order 1")]
    [InlineData("reaction", "relu2", null)]
    public void An_activation_must_be_one_class_smoother_than_the_derivatives_of_the_problem(string problem, string activation, string? reason)
    {
        var method = ProblemCatalog.All.Single(entry => entry.Method.Kind == problem).Method;
        var levels = Trials.Small().Levels with { Problem = MethodLevels.Of(method), Network = NetworkConformanceTests.Level("mlp", $$"""{"activation": "{{activation}}"}""") };

        var found = PinnCatalog.Instance.WhyNotApplicable(levels);

        Assert.Equal(reason, found?.Split(" (")[0]);
    }

    [Fact]
    public void An_unsuitable_activation_trains_where_it_is_allowed()
    {
        var levels = Trials.Small().Levels with { Network = NetworkConformanceTests.Level("mlp", """{"activation": "relu", "allow_unsuitable": true}""") };

        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Equal(
            ["mlp on diffusion is trained though activation ReLU is of class C^0 and trains derivatives up to order 0; this problem takes order 2"],
            PinnCatalog.Instance.Notices([levels]));
    }

    [Fact]
    public void Adaptive_slopes_begin_as_the_plain_network()
    {
        var (_, plain) = NetworkConformanceTests.Create("mlp", """{"hidden": [9, 7]}""");
        var (_, adaptive) = NetworkConformanceTests.Create("adaptive-activation", """{"hidden": [9, 7], "n": 10}""");

        var slopes = adaptive.Nodes.OfType<Node.Activation>().ToList();
        var theta = adaptive.Initialize(new(1, "init"));

        Assert.All(slopes, slope => Assert.Equal(1, slope.Factor * theta[slope.SlopeOffset], 15));
        Assert.Equal(plain.Nodes.Select(node => node.Width), adaptive.Nodes.Select(node => node.Width));
    }

    /// <summary>Σ c_k T_k(tanh x) with T_k = cos(k arccos), k ≥ 1, and the constants that the layer's bias does not hold.</summary>
    private static double[] Layer(NetworkGraph network, double[] theta, string name, double[] input, int width)
    {
        var weight = network.Blocks.Single(block => block.Name == $"{name}.weight").Offset;
        var bias = network.Blocks.Single(block => block.Name == $"{name}.bias").Offset;
        var n = input.Length;
        var result = new double[width];
        for (var o = 0; o < width; o++)
        {
            result[o] = theta[bias + o];
            for (var k = 1; k <= 5; k++)
            {
                for (var i = 0; i < n; i++)
                {
                    var angle = Math.Acos(Math.Tanh(input[i]));
                    result[o] += theta[weight + (o * n * 5) + ((k - 1) * n) + i] * (Math.Cos(k * angle) - Math.Cos(k * Math.PI / 2));
                }
            }
        }

        return result;
    }
}
