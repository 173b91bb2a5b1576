using PinnSweep.Jets.Expressions;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// The pass of <see cref="TorchJetEngine"/> over one set of points. Losses and cotangents 2 w r / n are made in fp64 from the
/// residuals; the network, the residual and their reverse pass run in the engine's precision.
/// </summary>
internal sealed class TorchLossPass : ILossPass
{
    private const int JacobianEntries = 1 << 22;

    private readonly TorchJetEngine _engine;
    private readonly TorchNetwork _network;
    private readonly TorchLayout _layout;
    private readonly ColumnEvaluator _evaluator;
    private Tensor? _points;
    private Tensor? _across;
    private Tensor? _columns;

    public TorchLossPass(TorchJetEngine engine, TorchNetwork network, ResidualProgram program)
    {
        _engine = engine;
        _network = network;
        Program = program;
        _layout = new(program.Layout, network.Input, engine.Type, engine.Device);
        _evaluator = new(program.Columns, program.Layout.InputDimension);
    }

    public ResidualProgram Program { get; }

    public int PointCount { get; private set; }

    public void SetPoints(ReadOnlySpan<double> points)
    {
        PointCount = points.Length / Program.Layout.InputDimension;
        Release();
        _points = _engine.MapPoints(points);
        _across = Program.Across is { } across ? _engine.MapPoints(across.Points(points, Program.Layout.InputDimension)) : null;
        if (_evaluator.Count > 0)
        {
            var columns = new double[_evaluator.Count * PointCount];
            _evaluator.Evaluate(points, columns);
            _columns = TorchMemory.Persist(columns, [_evaluator.Count, PointCount], _engine.Type, _engine.Device);
        }
    }

    public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients)
    {
        using var scope = torch.NewDisposeScope();
        using var mode = gradients.IsEmpty ? torch.no_grad() : null;
        var roots = Forward(pointWeights, losses, weightedLosses, residuals);
        for (var j = 0; j < roots.Length && !gradients.IsEmpty; j++)
        {
            var cotangent = Cotangent(residuals, pointWeights, j, 1);
            TorchJetEngine.Pull([roots[j]], [cotangent], _engine.Theta, keepGraph: j < roots.Length - 1, gradients.Slice(j * _engine.ParameterCount, _engine.ParameterCount));
        }
    }

    public void RunCombined(ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient)
    {
        using var scope = torch.NewDisposeScope();
        var roots = Forward(pointWeights, losses, weightedLosses, residuals);
        var cotangents = new Tensor[roots.Length];
        for (var j = 0; j < roots.Length; j++)
        {
            cotangents[j] = Cotangent(residuals, pointWeights, j, termWeights[j]);
        }

        TorchJetEngine.Pull(roots, cotangents, _engine.Theta, keepGraph: false, gradient);
    }

    // One replica of θ a point: the gradient by the replicas is the Jacobian, a block of points at a time.
    public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows)
    {
        var parameters = _engine.ParameterCount;
        var block = Math.Max(1, JacobianEntries / parameters);
        for (var start = 0; start < residuals.Length; start += block)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(block, residuals.Length - start);
            var replicas = _engine.Theta.detach().expand(count, parameters).contiguous().requires_grad_();
            var points = Points.narrow(1, first + start, count).view(count, 1, 1, -1);
            var across = _across?.narrow(1, first + start, count).view(count, 1, 1, -1);
            var columns = _columns?.narrow(1, first + start, count).unsqueeze(-1);
            var root = Residuals(replicas, points, across, columns, [count, 1])[residual];
            TorchMemory.Read(root, residuals.Slice(start, count));
            TorchJetEngine.Pull([root], [torch.ones_like(root)], replicas, keepGraph: false, rows.Slice(start * parameters, count * parameters));
        }
    }

    public void Dispose()
    {
        Release();
        _layout.Dispose();
    }

    private Tensor Points => _points ?? throw new InvalidOperationException("SetPoints comes first.");

    private Tensor[] Residuals(Tensor theta, Tensor points, Tensor? across, Tensor? columns, long[] shape)
    {
        var (outputs, coefficients) = _network.Forward(theta, points, _layout);
        TorchSeries? opposite = across is null ? null : _network.Forward(theta, across, _layout).Outputs;
        return TorchResidual.Evaluate(Program, _layout, outputs, opposite, columns, coefficients, shape);
    }

    private Tensor[] Forward(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals)
    {
        var n = PointCount;
        var roots = Residuals(_engine.Theta, Points, _across, _columns, [n]);
        for (var j = 0; j < roots.Length; j++)
        {
            TorchMemory.Read(roots[j], residuals.Slice(j * n, n));
        }

        TorchLosses.Sum(n, residuals, pointWeights, losses, weightedLosses);

        return roots;
    }

    private Tensor Cotangent(ReadOnlySpan<double> residuals, ReadOnlySpan<double> pointWeights, int j, double termWeight)
    {
        var cotangent = new double[PointCount];
        TorchLosses.Cotangent(residuals, pointWeights, j, termWeight, cotangent);
        return TorchMemory.From(cotangent, [PointCount], _engine.Type, _engine.Device);
    }

    private void Release()
    {
        _points?.Dispose();
        _across?.Dispose();
        _columns?.Dispose();
        _points = null;
        _across = null;
        _columns = null;
    }
}
