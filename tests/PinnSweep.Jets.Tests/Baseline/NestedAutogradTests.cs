using PinnSweep.Benchmarks;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Baseline;

/// <summary>The baseline of the engine benchmark computes what the engines compute: a third derivation, by autograd alone.</summary>
public sealed class NestedAutogradTests
{
    public static TheoryData<string> Names => ["mlp burgers", "mlp plate", "modified burgers", "modified plate", "pirate burgers", "pirate plate", "mlp allen-cahn"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nested_autograd_and_taylor_mode_give_the_same_loss_and_gradient(string name)
    {
        var network = name[..2] switch { "ml" => ShapeNetwork.Mlp, "mo" => ShapeNetwork.ModifiedMlp, _ => ShapeNetwork.PirateNet };
        var shape = new EngineShape(name, network, 2, 8, name.Split(' ')[1] switch { "plate" => ShapeProblem.Plate, "burgers" => ShapeProblem.Burgers, _ => ShapeProblem.AllenCahn });
        var graph = shape.Graph();
        var theta = graph.Initialize(new RandomStream(1, "init"));
        var points = ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 20, 2);
        var (nested, taylor) = (new double[theta.Length], new double[theta.Length]);
        using var baseline = new NestedAutograd(shape, Precision.Float64, points, theta);
        using var engine = new TorchJetEngine(graph, 0, Precision.Float64);
        using var pass = engine.CreatePass(shape.Program());
        engine.SetParameters(theta);
        pass.SetPoints(points);
        var losses = new double[1];

        var loss = baseline.Step();
        baseline.CopyGradient(nested);
        pass.Run([], losses, new double[1], new double[20], taylor);

        var scale = nested.Max(Math.Abs);
        Assert.Equal(loss, losses[0], Math.Abs(loss) * 1e-11);
        Assert.All(nested.Zip(taylor), pair => Assert.Equal(pair.First, pair.Second, scale * 1e-11));
    }

    [Fact]
    public void Nested_autograd_goes_on_at_the_points_that_a_round_of_rad_takes()
    {
        var shape = new EngineShape("allen-cahn", ShapeNetwork.Mlp, 2, 8, ShapeProblem.AllenCahn);
        var theta = shape.Graph().Initialize(new RandomStream(1, "init"));
        var candidates = ArbitraryNetwork.DrawPoints(new RandomStream(1, "candidates"), 50, 2);
        using var baseline = new NestedAutograd(shape, Precision.Float64, candidates.AsSpan(0, 20), theta);
        using var all = new NestedAutograd(shape, Precision.Float64, candidates, theta);

        var before = baseline.Step();
        baseline.Redraw(candidates, 50);

        Assert.NotEqual(before, all.Step());
        Assert.Equal(all.Step(), baseline.Step(), 1e-12);
    }

    [Fact]
    public void Nested_autograd_adds_the_boundary_of_helmholtz()
    {
        var shape = new EngineShape("helmholtz", ShapeNetwork.Mlp, 2, 8, ShapeProblem.Helmholtz);
        var graph = shape.Graph();
        var theta = graph.Initialize(new RandomStream(1, "init"));
        var points = ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 20 + shape.BoundaryPoints, 2);
        var (nested, interior, boundary) = (new double[theta.Length], new double[theta.Length], new double[theta.Length]);
        using var baseline = new NestedAutograd(shape, Precision.Float64, points, theta);
        using var engine = new FusedJetEngine(graph, Precision.Float64);
        using var inside = engine.CreatePass(shape.Program());
        using var around = engine.CreatePass(EngineShape.BoundaryProgram());
        engine.SetParameters(theta);
        inside.SetPoints(points.AsSpan(0, 40));
        around.SetPoints(points.AsSpan(40));

        baseline.Step();
        baseline.CopyGradient(nested);
        inside.Run([], new double[1], new double[1], new double[20], interior);
        around.Run([], new double[1], new double[1], new double[shape.BoundaryPoints], boundary);

        var scale = nested.Max(Math.Abs);
        Assert.All(nested.Select((entry, k) => entry - interior[k] - boundary[k]), error => Assert.Equal(0, error, scale * 1e-11));
    }
}
