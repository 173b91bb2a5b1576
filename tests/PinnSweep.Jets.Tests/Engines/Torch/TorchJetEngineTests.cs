using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using TorchSharp;

namespace PinnSweep.Jets.Tests.Engines.Torch;

public sealed class TorchJetEngineTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_derivative_check_holds_over_random_networks()
    {
        var checks = DerivativeChecks.Run("torch", (network, coefficients, precision) => new TorchJetEngine(network, coefficients, precision), graphs: 25);

        foreach (var check in checks)
        {
            output.WriteLine($"{check.Name}: {check.Error:g2} of {check.Limit:g2}");
        }

        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Error:g3} exceeds {check.Limit:g3}"));
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var engine = Engine(out var pass, out var tape);
        Step(engine, pass, tape);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 20; i++)
        {
            Step(engine, pass, tape);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // The numbers of an operation must outlive it: TorchSharp's own operators let a collection free them during the native call.
    [Fact]
    public void Steps_under_constant_garbage_collection_give_equal_bits()
    {
        using var engine = Engine(out var pass, out _);
        var (expected, gradient) = (new double[engine.Network.ParameterCount], new double[engine.Network.ParameterCount]);
        pass.Run([], new double[1], new double[1], new double[8], expected);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        })
        { IsBackground = true };
        collector.Start();

        for (var i = 0; i < 150; i++)
        {
            pass.Run([], new double[1], new double[1], new double[8], gradient);
            Assert.Equal(expected, gradient);
        }

        stop.Cancel();
        collector.Join();
    }

    [Fact]
    public void A_step_inside_a_scope_of_the_caller_keeps_what_must_live()
    {
        using var engine = Engine(out var pass, out var tape);
        using (torch.NewDisposeScope())
        {
            Step(engine, pass, tape);
        }

        Step(engine, pass, tape);
    }

    [Fact]
    public void Equal_parameters_and_points_give_equal_bits()
    {
        using var engine = Engine(out var pass, out _);
        var (first, second) = (new double[engine.Network.ParameterCount], new double[engine.Network.ParameterCount]);

        pass.Run([], new double[1], new double[1], new double[8], first);
        pass.Run([], new double[1], new double[1], new double[8], second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void A_residual_without_the_network_has_a_zero_gradient()
    {
        using var engine = Engine(out _, out _);
        using var pass = engine.CreatePass(ResidualProgram.Compile(2, 1, 0, [Expr.Sin(Expr.Coordinate(0))]));
        pass.SetPoints([0.5, 0, 1, 0]);
        var losses = new double[1];
        var gradient = Enumerable.Repeat(1.0, engine.Network.ParameterCount).ToArray();

        pass.Run([], losses, new double[1], new double[2], gradient);

        Assert.Equal((Math.Pow(Math.Sin(0.5), 2) + Math.Pow(Math.Sin(1), 2)) / 2, losses[0], 1e-6);
        Assert.All(gradient, entry => Assert.Equal(0, entry));
    }

    [Fact]
    public void A_pullback_after_new_parameters_is_refused()
    {
        using var engine = Engine(out _, out var tape);
        tape.Forward(new double[8 * 4]);
        engine.SetParameters(engine.Network.Initialize(new RandomStream(4, "init")));

        Assert.Throws<InvalidOperationException>(() => tape.Pullback(new double[8 * 4], new double[engine.Network.ParameterCount]));
    }

    private static void Step(TorchJetEngine engine, ILossPass pass, IJetTape tape)
    {
        var p = engine.Network.ParameterCount;
        engine.SetParameters(engine.Network.Initialize(new RandomStream(2, "init")));
        pass.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(3, "points"), 8, 2));
        pass.Run([], new double[1], new double[1], new double[8], new double[p]);
        pass.RunCombined([], [2], new double[1], new double[1], new double[8], new double[p]);
        pass.Jacobian(0, new double[8], new double[8 * p]);
        tape.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(3, "points"), 8, 2));
        tape.Forward(new double[8 * 4]);
        tape.Pullback(new double[8 * 4], new double[p]);
    }

    private static TorchJetEngine Engine(out ILossPass pass, out IJetTape tape)
    {
        var builder = new NetworkBuilder([-1, 0], [1, 1]);
        builder.Dense("out", builder.Activate(builder.Dense("hidden", NetworkBuilder.Input, 6), ActivationKind.Tanh), 1);
        var u = Expr.OutputOf(0, 2);
        var program = ResidualProgram.Compile(2, 1, 0, [u.D(1) + (u * u.D(0)) - (0.01 * u.D(0, 0)) - Expr.Sin(Expr.Coordinate(0))]);
        var engine = new TorchJetEngine(builder.Build(), 0, Precision.Float32);
        pass = engine.CreatePass(program);
        tape = engine.CreateTape(program.Layout);
        Step(engine, pass, tape);
        return engine;
    }
}
