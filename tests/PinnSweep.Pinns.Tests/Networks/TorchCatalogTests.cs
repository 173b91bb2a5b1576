using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>Every network and every residual of the catalog in batches of the Torch engine, as on a card, against that engine alone.</summary>
public sealed class TorchCatalogTests
{
    private const int Lanes = 3;
    private const int Points = 64;

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void Every_network_gives_what_the_engine_alone_gives(Precision precision, double limit)
    {
        var u = Expr.OutputOf(0, 2);
        var program = ResidualProgram.Compile(2, 1, 0, [u.D(1) + (u * u.D(0)) - (0.1 * u.D(0, 0)), u.Value]);
        foreach (var (kind, parameters) in NetworkConformanceTests.Rows.Select(row => row.Data).Where(row => row.Item1 != "mlp-shallow-wide"))
        {
            var (problem, network) = NetworkConformanceTests.Create(kind, parameters);

            var error = Error(network, program, precision, problem.Axes);

            Assert.True(error <= limit, $"{kind} {parameters}: {error:g3} exceeds {limit:g3}");
        }
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void Every_residual_gives_what_the_engine_alone_gives(Precision precision, double limit)
    {
        foreach (var kind in ProblemCatalog.All.Select(entry => entry.Method.Kind))
        {
            var problem = ProblemTests.Create(kind);
            var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)]);
            builder.Dense("out", builder.Activate(builder.Dense("hidden", NetworkBuilder.Input, 9), ActivationKind.Tanh), problem.Outputs.Length);
            var network = builder.Build();
            // What was measured is known at its own points alone.
            foreach (var term in problem.Terms.Where(term => term.MeasuredAt.IsEmpty))
            {
                var error = Error(network, problem.Compile([term]), precision, problem.Axes);

                Assert.True(error <= limit, $"{kind}, '{term.Name}': {error:g3} exceeds {limit:g3}");
            }
        }
    }

    /// <summary>The largest difference of residuals and gradients over all lanes, each relative to the largest entry, or to 1.</summary>
    private static double Error(NetworkGraph network, ResidualProgram program, Precision precision, IReadOnlyList<Axis> axes)
    {
        using var pack = new JetPack(JetEngines.CreateBackend("torch/cpu"));
        var lanes = Enumerable.Range(0, Lanes).Select(_ => pack.Join()).ToArray();
        var errors = new double[Lanes];
        var threads = lanes.Select(lane => new Thread(() =>
        {
            using (lane)
            {
                errors[lane.Number] = double.PositiveInfinity;
                var ours = Answers(lane.Create(network, precision, program.Coefficients), program, axes, lane.Number);
                var theirs = Answers(JetEngines.Create(JetEngines.Torch, network, precision, program.Coefficients), program, axes, lane.Number);
                errors[lane.Number] = ours.Zip(theirs, (mine, other) => mine.Zip(other, (a, b) => a == b ? 0 : double.IsFinite(a - b) ? Math.Abs(a - b) : double.PositiveInfinity).Max() / Math.Max(1, other.Max(Math.Abs))).Max();
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal((1, Lanes), (pack.Batches, pack.Requests));
        return errors.Max();
    }

    private static double[][] Answers(IJetEngine engine, ResidualProgram program, IReadOnlyList<Axis> axes, int lane)
    {
        using var owned = engine;
        using var pass = engine.CreatePass(program);
        double[] theta = [.. engine.Network.Initialize(new RandomStream(lane + 1, "init")), .. Enumerable.Repeat(0.7, program.Coefficients)];
        var stream = new RandomStream(lane + 1, "points");
        var (residuals, losses, gradient) = (new double[program.Results.Length * Points], new double[program.Results.Length], new double[theta.Length]);
        engine.SetParameters(theta);
        pass.SetPoints([.. Enumerable.Range(0, Points).SelectMany(_ => axes.Select(axis => axis.Lower + (axis.Extent * (0.02 + (0.96 * stream.NextDouble())))))]);
        pass.RunCombined([], [.. losses.Select(_ => 1.0)], losses, new double[losses.Length], residuals, gradient);
        return [residuals, gradient];
    }
}
