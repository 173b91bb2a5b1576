using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>Every network and every residual of the catalog on the simulation of a card against the engine of CPUs.</summary>
public sealed class GpuCatalogTests
{
    private const int Points = 64;

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void Every_network_gives_what_the_fused_engine_gives(Precision precision, double limit)
    {
        using var backend = GpuBackend.Simulate();
        var u = Expr.OutputOf(0, 2);
        var program = ResidualProgram.Compile(2, 1, 0, [u.D(1) + (u * u.D(0)) - (0.1 * u.D(0, 0)), u.Value]);
        foreach (var (kind, parameters) in NetworkConformanceTests.Rows.Select(row => row.Data).Where(row => row.Item1 != "mlp-shallow-wide"))
        {
            var (problem, network) = NetworkConformanceTests.Create(kind, parameters);

            var error = Error(backend, network, program, precision, problem.Axes);

            Assert.True(error <= limit, $"{kind} {parameters}: {error:g3} exceeds {limit:g3}");
        }
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void Every_residual_gives_what_the_fused_engine_gives(Precision precision, double limit)
    {
        using var backend = GpuBackend.Simulate();
        foreach (var kind in ProblemCatalog.All.Select(entry => entry.Method.Kind))
        {
            var problem = ProblemTests.Create(kind);
            var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)]);
            builder.Dense("out", builder.Activate(builder.Dense("hidden", NetworkBuilder.Input, 9), ActivationKind.Tanh), problem.Outputs.Length);
            var network = builder.Build();
            // What was measured is known at its own points alone.
            foreach (var term in problem.Terms.Where(term => term.MeasuredAt.IsEmpty))
            {
                var error = Error(backend, network, problem.Compile([term]), precision, problem.Axes);

                Assert.True(error <= limit, $"{kind}, '{term.Name}': {error:g3} exceeds {limit:g3}");
            }
        }
    }

    /// <summary>The largest difference of residuals and gradient, each relative to its largest entry, or to 1.</summary>
    private static double Error(GpuBackend backend, NetworkGraph network, ResidualProgram program, Precision precision, IReadOnlyList<Axis> axes)
    {
        using var card = backend.CreateEngine(network, precision, program.Coefficients, null);
        using var fused = JetEngines.Create(JetEngines.Fused, network, precision, program.Coefficients);
        var (ours, theirs) = (Answers(card, program, axes), Answers(fused, program, axes));
        return ours.Zip(theirs, (mine, other) => mine.Zip(other, (a, b) => Math.Abs(a - b)).Max() / Math.Max(1, other.Max(Math.Abs))).Max();
    }

    private static double[][] Answers(IJetEngine engine, ResidualProgram program, IReadOnlyList<Axis> axes)
    {
        using var pass = engine.CreatePass(program);
        double[] theta = [.. engine.Network.Initialize(new RandomStream(1, "init")), .. Enumerable.Repeat(0.7, program.Coefficients)];
        var stream = new RandomStream(1, "points");
        var (residuals, losses, gradient) = (new double[program.Results.Length * Points], new double[program.Results.Length], new double[theta.Length]);
        engine.SetParameters(theta);
        pass.SetPoints([.. Enumerable.Range(0, Points).SelectMany(_ => axes.Select(axis => axis.Lower + (axis.Extent * (0.02 + (0.96 * stream.NextDouble())))))]);
        pass.RunCombined([], [.. losses.Select(_ => 1.0)], losses, new double[losses.Length], residuals, gradient);
        return [residuals, gradient];
    }
}
