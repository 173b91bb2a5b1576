using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>What every network must do, one row a catalog entry (more rows where parameters choose other code).</summary>
public sealed class NetworkConformanceTests
{
    /// <summary>Kind, parameters, and the number of parameters by hand on a problem with two coordinates and one output.</summary>
    private static readonly (string Kind, string Parameters, int Count)[] All =
    [
        ("adaptive-activation", """{"hidden": [9, 7]}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1) + 2),
        ("adaptive-activation", """{"hidden": [9, 7], "scope": "global"}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1) + 1),
        ("adaptive-activation", """{"hidden": [9, 7], "scope": "neuron", "n": 5}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1) + 9 + 7),
        ("chebyshev-kan", """{"hidden": [6, 5], "degree": 5}""", Dense(2 * 5, 6) + Dense(6 * 5, 5) + Dense(5 * 5, 1)),
        ("fbpinn", """{"hidden": [5, 4]}""", 8 * (Dense(2, 5) + Dense(5, 4) + Dense(4, 1))),
        ("fbpinn", """{"hidden": [5], "subdomains": 3, "subdomains_in_time": 1, "overlap": 0.3, "factorization": {}}""", 3 * (Dense(2, 5) + 5 + Dense(5, 1) + 1)),
        ("fbpinn", """{"hidden": [6], "subdomains": 1, "subdomains_in_time": 1}""", Dense(2, 6) + Dense(6, 1)),
        ("fourier-features", """{"hidden": [9, 7], "features": 12}""", Dense(12, 9) + Dense(9, 7) + Dense(7, 1)),
        ("fourier-features", """{"hidden": [9, 7], "features": 12, "trainable": true}""", (6 * 2) + Dense(12, 9) + Dense(9, 7) + Dense(7, 1)),
        ("fourier-features", """{"hidden": [9, 7], "features": 12, "sigma": [1, 3, 5]}""", Dense(12, 9) + Dense(9, 7) + Dense(3 * 7, 1)),
        ("fourier-features", """{"hidden": [9, 7], "features": 12, "sigma": [1, 3], "time_sigma": [1, 2]}""", Dense(12, 9) + Dense(9, 7) + Dense(4 * 7, 1)),
        ("mlp", """{"hidden": [9, 7]}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1)),
        ("mlp", """{"hidden": [9, 7], "factorization": {}}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1) + 9 + 7 + 1),
        ("mlp", """{"hidden": [9, 7], "activation": "relu4", "normalise": false}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1)),
        ("mlp-deep-narrow", "{}", Dense(2, 20) + (7 * Dense(20, 20)) + Dense(20, 1)),
        ("mlp-shallow-wide", "{}", Dense(2, 500) + Dense(500, 1)),
        ("modified-mlp", """{"width": 9, "depth": 3}""", (3 * Dense(2, 9)) + (2 * Dense(9, 9)) + Dense(9, 1)),
        ("periodic", """{"hidden": [9, 7], "harmonics": 3}""", Dense((2 * 3) + 1, 9) + Dense(9, 7) + Dense(7, 1)),
        ("piratenet", """{"width": 10, "blocks": 2, "alpha": 0.3}""", (5 * 2) + (2 * (Dense(10, 10) + 10)) + (2 * ((3 * (Dense(10, 10) + 10)) + 1)) + Dense(10, 1) + 1),
        ("piratenet", """{"width": 10, "blocks": 1, "trainable": false, "factorization": null}""", (2 * Dense(10, 10)) + (3 * Dense(10, 10)) + 1 + Dense(10, 1)),
        ("resnet", """{"width": 9, "blocks": 2}""", Dense(2, 9) + (4 * Dense(9, 9)) + Dense(9, 1)),
        ("siren", """{"hidden": [9, 7], "omega": 4, "first_omega": 6}""", Dense(2, 9) + Dense(9, 7) + Dense(7, 1)),
    ];

    public static TheoryData<string, string> Rows { get; } = [.. All.Select(row => (row.Kind, row.Parameters))];

    public static TheoryData<string, string, int> Counts { get; } = [.. All];

    [Fact]
    public void Every_entry_has_a_conformance_row() =>
        Assert.Equal(NetworkCatalog.All.Select(entry => entry.Method.Kind), All.Select(row => row.Kind).Distinct());

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_number_of_parameters_is_that_of_the_formula(string kind, string parameters, int count)
    {
        var (_, network) = Create(kind, parameters);

        Assert.Equal(count, network.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_network_and_another_seed_another(string kind, string parameters)
    {
        var (_, network) = Create(kind, parameters);
        var (_, again) = Create(kind, parameters);
        var (_, other) = Create(kind, parameters, seed: 2);

        Assert.Equal(Values(network, 1), Values(again, 1));
        Assert.NotEqual(Values(network, 1), Values(other, 2));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_engines_agree_on_values_and_gradients_and_neither_falls_back(string kind, string parameters)
    {
        var (problem, network) = Create(kind, parameters);
        var theta = network.Initialize(new(3, "init"));
        using var fused = JetEngines.Create("auto", network, Precision.Float64, 0, note => Assert.Fail(note));
        using var torch = JetEngines.Create("torch", network, Precision.Float64, 0);

        var ours = Everything(fused, problem, theta);
        var theirs = Everything(torch, problem, theta);

        Assert.StartsWith("fused", fused.Name, StringComparison.Ordinal);
        for (var i = 0; i < ours.Length; i++)
        {
            var scale = Math.Max(1, theirs[i].Max(Math.Abs));
            Assert.Equal(theirs[i], ours[i], (a, b) => Math.Abs(a - b) <= 1e-12 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gradients_are_those_of_differences_in_double_precision(string kind, string parameters)
    {
        var (problem, network) = Create(kind, parameters);
        var theta = network.Initialize(new(4, "init"));
        using var engine = JetEngines.Create("fused", network, Precision.Float64, 0);
        engine.SetParameters(theta);
        var stream = new RandomStream(5, "sampled");
        int[] sampled = [.. network.Blocks.SelectMany(block => new[] { block.Offset, block.Offset + stream.NextInt(block.Length) }).Distinct()];
        foreach (var term in problem.Terms)
        {
            var program = problem.Compile([term]);
            var points = Points(6);
            var reference = new ReferencePass(network, program, points);
            using var pass = engine.CreatePass(program);
            pass.SetPoints(points);
            var gradient = new double[theta.Length];

            pass.Run([], new double[1], new double[1], new double[6], gradient);

            var scale = Math.Max(1, gradient.Max(Math.Abs));
            Assert.All(sampled, k => Assert.Equal(ReferencePass.Difference(at => reference.Losses(at, []), theta, k)[0], gradient[k], 1e-7 * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Weights_begin_with_the_variance_of_their_layer(string kind, string parameters)
    {
        var (_, network) = Create(kind, parameters);
        var level = Level(kind, parameters);
        foreach (var node in network.Nodes.OfType<Node.Dense>().DistinctBy(node => node.WeightOffset))
        {
            var fanIn = network.Nodes[node.Source].Width;
            var expected = node.BiasOffset < 0 ? 1
                : kind == "siren" ? Math.Pow(node.Source == 0 ? 1.0 / fanIn : Math.Sqrt(6.0 / fanIn) / 4, 2) / 3
                : kind == "chebyshev-kan" ? 1.0 / (fanIn / level.Parameters.Integer("degree") * (level.Parameters.Integer("degree") + 1))
                : 2.0 / (fanIn + node.Width);
            var (sum, fourth, draws) = (0.0, 0.0, 0);
            for (var seed = 1; draws < 20_000; seed++)
            {
                var theta = network.Initialize(new(seed, "init"));
                for (var i = 0; i < fanIn * node.Width; i++)
                {
                    var weight = theta[node.WeightOffset + i] * (node.ScaleOffset < 0 ? 1 : Math.Exp(theta[node.ScaleOffset + (i / fanIn)]));
                    sum += weight * weight;
                    fourth += Math.Pow(weight, 4);
                    draws++;
                }
            }

            // Five standard deviations of the estimate, which the fourth moment gives.
            var deviation = Math.Sqrt(((fourth / draws) - Math.Pow(sum / draws, 2)) / draws);
            Assert.Equal(expected, sum / draws, 5 * deviation);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_short_training_lowers_the_loss(string kind, string parameters)
    {
        var small = Trials.Small(steps: 60);
        using var training = Trials.Begin(small with { Levels = small.Levels with { Network = Level(kind, parameters) } });

        training.Advance();
        var first = training.Loss;
        training.RunToEnd();

        Assert.True(training.Loss < first, $"{first} before, {training.Loss} after");
    }

    internal static Level Level(string kind, string parameters)
    {
        using var json = JsonDocument.Parse(parameters);
        return MethodLevels.Of(
            NetworkCatalog.All.Single(entry => entry.Method.Kind == kind).Method,
            [.. ((SpecValue.Map)SpecValue.FromJson(json.RootElement)).Entries.Select(entry => (entry.Key, (object)entry.Value))]);
    }

    internal static (Problem Problem, NetworkGraph Network) Create(string kind, string parameters, long seed = 1)
    {
        var levels = Trials.Small().Levels with { Network = Level(kind, parameters) };
        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels));
        var problem = PinnCatalog.Problem(levels);
        return (problem, PinnCatalog.Network(levels.Network, problem, seed));
    }

    private static int Dense(int fanIn, int width) => (fanIn * width) + width;

    private static double[] Points(int count)
    {
        var stream = new RandomStream(7, "points");
        return [.. Enumerable.Range(0, 2 * count).Select(i => i % 2 == 0 ? (2 * stream.NextDouble()) - 1 : stream.NextDouble())];
    }

    private static double[] Values(NetworkGraph network, long seed)
    {
        var theta = network.Initialize(new(seed, "init"));
        var layout = JetLayout.ValuesOnly(2);
        return [.. Points(5).Chunk(2).SelectMany(point => ReferenceJets.Evaluate(network, theta, point, layout))];
    }

    private static double[][] Everything(IJetEngine engine, Problem problem, double[] theta)
    {
        const int Count = 70;
        engine.SetParameters(theta);
        var parts = new List<double[]>();
        foreach (var term in problem.Terms)
        {
            using var pass = engine.CreatePass(problem.Compile([term]));
            pass.SetPoints(Points(Count));
            var (loss, residuals, gradient) = (new double[1], new double[Count], new double[theta.Length]);
            pass.Run([], loss, new double[1], residuals, gradient);
            parts.AddRange([loss, residuals, gradient]);
        }

        using var tape = engine.CreateTape(new(2, [new Direction([1, 0], 4), new Direction([0.3, 1], 3)]));
        var jets = new double[Count * tape.Layout.Channels];
        tape.SetPoints(Points(Count));
        tape.Forward(jets);
        return [.. parts, jets];
    }
}
