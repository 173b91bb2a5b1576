using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>The kernels on the simulation of a card against power series, differences and the engine of CPUs.</summary>
public sealed class GpuBackendTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_derivative_check_holds_over_random_networks()
    {
        var backend = SimulatedCards.Of();

        var checks = DerivativeChecks.Run("cuda", (network, coefficients, precision) => backend.CreateEngine(network, precision, coefficients, null), graphs: 6);

        foreach (var check in checks)
        {
            output.WriteLine($"{check.Name}: {check.Error:g2} of {check.Limit:g2}");
        }

        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Error:g3} exceeds {check.Limit:g3}"));
    }

    /// <summary>Several tiles and a part of one, in either place of the arena.</summary>
    [Theory]
    [InlineData(Precision.Float32, 227 * 1024, 1e-5)]
    [InlineData(Precision.Float32, 0, 1e-5)]
    [InlineData(Precision.Float64, 227 * 1024, 1e-12)]
    [InlineData(Precision.Float64, 0, 1e-12)]
    public void It_agrees_with_the_fused_engine(Precision precision, int sharedMemory, double limit)
    {
        var backend = SimulatedCards.Of(sharedMemory: sharedMemory);
        foreach (var kind in Enum.GetValues<ActivationKind>())
        {
            var network = Network(kind);
            using var gpu = backend.CreateEngine(network, precision, 1, null);
            using var fused = new FusedJetEngine(network, precision);
            var program = EveryOperation(kind);
            var ours = EngineAnswers.Of(gpu, program, 45);
            var theirs = EngineAnswers.Of(fused, program, 45);

            for (var part = 0; part < ours.Length; part++)
            {
                var error = ours[part].Zip(theirs[part], (a, b) => Math.Abs(a - b)).Max() / Math.Max(1, theirs[part].Max(Math.Abs));
                Assert.True(error <= limit, $"{kind}, part {part}: {error:g3} exceeds {limit:g3}");
            }
        }
    }

    /// <summary>A block of many threads, where every thread has other work and every barrier counts; a card has more, which here take minutes.</summary>
    [Fact]
    public void The_number_of_threads_changes_no_digit()
    {
        var answers = new[] { 2, 16 }.Select(threads =>
        {
            var backend = SimulatedCards.Of(threads);
            using var engine = backend.CreateEngine(Network(ActivationKind.Tanh), Precision.Float32, 1, null);
            return EngineAnswers.Of(engine, EveryOperation(ActivationKind.Tanh), 24);
        }).ToArray();

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public void A_point_that_diverges_makes_loss_and_gradient_say_so()
    {
        var backend = SimulatedCards.Of();
        using var engine = backend.CreateEngine(BurgersCase.Network(8), Precision.Float32, 0, null);
        using var pass = engine.CreatePass(BurgersCase.Program());
        var theta = engine.Network.Initialize(new RandomStream(1, "init"));
        theta[3] = double.NaN;
        var (loss, gradient) = (new double[1], new double[theta.Length]);

        engine.SetParameters(theta);
        pass.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 20, 2));
        pass.Run([], loss, new double[1], new double[20], gradient);

        Assert.True(double.IsNaN(loss[0]));
        Assert.True(double.IsNaN(gradient[0]));
    }

    [Fact]
    public void A_pass_without_points_says_so()
    {
        var backend = SimulatedCards.Of();
        using var engine = backend.CreateEngine(BurgersCase.Network(8), Precision.Float64, 0, null);
        using var pass = engine.CreatePass(BurgersCase.Program());

        Assert.Throws<InvalidOperationException>(() => pass.Forward(new double[1], []));
    }

    [Fact]
    public void A_card_that_is_not_there_is_told_in_words()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => JetEngines.Create("cuda:1000", BurgersCase.Network(8), Precision.Float64, 0));

        Assert.Contains($"cuda:1000 cannot run here: {GpuBackend.WhyUnavailable(1000)}", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", 0)]
    [InlineData("cuda:3", 3)]
    [InlineData("cuda:", null)]
    [InlineData("cuda:-1", null)]
    [InlineData("torch/cuda:0", null)]
    public void An_engine_s_word_names_a_card(string engine, int? card) => Assert.Equal(card, JetEngines.CardOf(engine));

    /// <summary>Every kind of node around one activation; slopes, a factor, factorized rows.</summary>
    internal static NetworkGraph Network(ActivationKind kind)
    {
        const int Width = 11;
        var builder = new NetworkBuilder([0.5, 0.5], [2, 2]);
        var waves = builder.Add(new Node.FixedLinear(NetworkBuilder.Input, 5, [.. Enumerable.Range(0, 10).Select(i => 0.3 - (0.07 * i))]));
        waves = builder.Add(new Node.CosSin(waves, 10));
        var both = builder.Add(new Node.Concat(waves, NetworkBuilder.Input, 12));
        var u = builder.Activate(builder.Dense("u", both, Width), kind);
        var v = builder.Activate(builder.Dense("v", NetworkBuilder.Input, Width), kind, 1.25);
        var weights = builder.Parameters("factorized", Width * Width, BlockRole.Weight, Initializers.GlorotNormal(Width, Width));
        var scales = builder.Parameters("scales", Width, BlockRole.Other, Initializers.Normal(0.2, 0.1));
        var slopes = builder.Parameters("slopes", Width, BlockRole.Other, Initializers.Normal(0.9, 0.1));
        var slope = builder.Parameters("slope", 1, BlockRole.Other, Initializers.Constant(1.1));
        var g = builder.Add(new Node.Activation(builder.Add(new Node.Dense(u, Width, weights, -1, scales)), Width, kind, 1.5, slopes, Width));
        var gated = builder.Add(new Node.Gate(g, u, v, Width));
        var deep = builder.Add(new Node.Activation(builder.Dense("deep", gated, Width), Width, kind, 1, slope));
        var blended = builder.Add(new Node.Blend(deep, gated, builder.Parameters("alpha", 1, BlockRole.Other, Initializers.Constant(0.4)), Width));
        var product = builder.Add(new Node.Multiply(blended, u, Width));
        builder.Dense("out", builder.Add(new Node.Add(product, v, Width)), 2);
        return builder.Build();
    }

    /// <summary>
    /// Every operation, two points, a coefficient, derivatives to the order that the activation has, along an axis and across.
    /// </summary>
    internal static ResidualProgram EveryOperation(ActivationKind kind)
    {
        var order = kind switch { ActivationKind.ReLU => 1, ActivationKind.ReLU2 => 1, ActivationKind.ReLU3 => 2, ActivationKind.ReLU4 => 3, _ => 4 };
        JetLayout layout = new(2, [new Direction([1, 0], order), new Direction([0.5, -1], Math.Min(order, 2))]);
        List<Instruction> instructions =
        [
            new(OpCode.Column, 0), new(OpCode.Coefficient, 0), new(OpCode.Constant, 0, 0, 0.7), new(OpCode.Jet, 0, 0), new(OpCode.Jet, 1, order), new(OpCode.Jet, 2, 1),
            new(OpCode.Jet, 3, 0), new(OpCode.Jet, 0, layout.Channels - 1),
        ];
        int Then(OpCode op, int a, int b = 0, double constant = 0)
        {
            instructions.Add(new(op, a, b, constant));
            return instructions.Count - 1;
        }

        var sum = Then(OpCode.Add, Then(OpCode.Multiply, 3, 1), Then(OpCode.Divide, 4, Then(OpCode.Offset, Then(OpCode.Multiply, 3, 3), 0, 1.5)));
        sum = Then(OpCode.Subtract, sum, Then(OpCode.Scale, Then(OpCode.Sin, 5), 0, 0.3));
        sum = Then(OpCode.Add, sum, Then(OpCode.Multiply, Then(OpCode.Cos, 6), Then(OpCode.Tanh, 7)));
        var positive = Then(OpCode.Exp, Then(OpCode.Scale, Then(OpCode.Tanh, 3), 0, 0.5));
        sum = Then(OpCode.Add, sum, Then(OpCode.Log, Then(OpCode.Add, positive, 0)));
        sum = Then(OpCode.Add, sum, Then(OpCode.Power, positive, 0, 1.7));
        var other = Then(OpCode.Add, Then(OpCode.Sqrt, positive), Then(OpCode.Negate, Then(OpCode.Power, Then(OpCode.Offset, Then(OpCode.Tanh, 6), 0, 2), 0, -3)));
        other = Then(OpCode.Add, other, Then(OpCode.Multiply, 2, Then(OpCode.Multiply, 1, 7)));
        other = Then(OpCode.Add, other, Then(OpCode.Multiply, Then(OpCode.Atan, Then(OpCode.Scale, 5, 0, 3)), Then(OpCode.Erf, 3)));
        other = Then(OpCode.Add, other, Then(OpCode.WherePositive, 3, Then(OpCode.Sin, Then(OpCode.Scale, 3, 0, 9))));
        sum = Then(OpCode.Add, sum, Then(OpCode.WhereNotNegative, Then(OpCode.Erf, Then(OpCode.Scale, 6, 0, 4)), Then(OpCode.Offset, 0, 0, -1)));
        return new(layout, 2, 1, [Expr.Coordinate(0)], [.. instructions], [sum, other]) { Across = new(1, 2) };
    }
}
