using BenchmarkDotNet.Attributes;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;

namespace PinnSweep.Benchmarks;

/// <summary>
/// The parts of a training step alone: one pass of 128 points, the optimizer on θ, the draw of points. <c>bench kernels</c>.
/// </summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Points = 128;

    private readonly RandomStream _stream = new(1, "bench");
    private readonly double[] _coordinates = new double[2 * Points];
    private readonly double[] _losses = new double[1];
    private readonly double[] _weighted = new double[1];
    private readonly double[] _residuals = new double[Points];
    private double[] _theta = [];
    private double[] _gradient = [];
    private FusedJetEngine _engine = null!;
    private ILossPass _pass = null!;
    private IOptimizer _adam = null!;

    /// <summary>The arithmetic of the pass.</summary>
    [Params(Precision.Float32, Precision.Float64)]
    public Precision Precision { get; set; }

    /// <summary>A tanh network 4×50 with the Helmholtz residual.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var builder = new NetworkBuilder([-1, -1], [1, 1]);
        var node = NetworkBuilder.Input;
        for (var layer = 1; layer <= 4; layer++)
        {
            node = builder.Activate(builder.Dense($"hidden{layer}", node, 50), ActivationKind.Tanh);
        }

        builder.Dense("head", node, 1);
        var graph = builder.Build();
        var u = Expr.OutputOf(0, 2);
        _theta = graph.Initialize(new(1, "init"));
        _gradient = new double[_theta.Length];
        _engine = new FusedJetEngine(graph, Precision);
        _pass = _engine.CreatePass(ResidualProgram.Compile(2, 1, 0, [u.D(0, 0) + u.D(1, 1) + u.Value]));
        Draw();
        _pass.SetPoints(_coordinates);
        _engine.SetParameters(_theta);
        _adam = OptimizerCatalog.Create(new(_theta.Length, Precision == Precision.Float32), LevelText.Default(Factor.Optimizer, PinnCatalog.Instance)!);
    }

    /// <summary>Loss and gradient: forward, residual and reverse over two tiles.</summary>
    [Benchmark]
    public void LossAndGradient() => _pass.Run([], _losses, _weighted, _residuals, _gradient);

    /// <summary>Losses alone: forward and residual.</summary>
    [Benchmark]
    public void LossAlone() => _pass.Run([], _losses, _weighted, _residuals, []);

    /// <summary>θ into the engine's blocked layout.</summary>
    [Benchmark]
    public void SetParameters() => _engine.SetParameters(_theta);

    /// <summary>One step of Adam.</summary>
    [Benchmark]
    public void Adam() => _adam.Step(_theta, _gradient, 1, NoObjective.Instance);

    /// <summary>256 uniform coordinates.</summary>
    [Benchmark]
    public void Draw() => _stream.FillUniform(_coordinates);

    /// <summary>Gives the engine's buffers back.</summary>
    [GlobalCleanup]
    public void Release()
    {
        _pass.Dispose();
        _engine.Dispose();
    }
}
