using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Benchmarks;

/// <summary>Something timed step by step, by one thread.</summary>
internal interface IContender : IDisposable
{
    void Step();
}

/// <summary>Points of a shape in the box [−1, 1]²; those of a boundary lie on its four sides.</summary>
internal sealed class ShapePoints(EngineShape shape, int count, int trial)
{
    private readonly RandomStream _stream = new(trial, "points");

    /// <summary>Row-major, those of the residual first.</summary>
    public double[] Values { get; } = new double[2 * (count + shape.BoundaryPoints)];

    public Span<double> Interior => Values.AsSpan(0, 2 * count);

    public Span<double> Boundary => Values.AsSpan(2 * count);

    public bool Resampled => shape.BoundaryPoints > 0;

    public ShapePoints Draw()
    {
        _stream.FillUniform(Values);
        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = (2 * Values[i]) - 1;
        }

        var boundary = Boundary;
        for (var i = 0; i < boundary.Length / 2; i++)
        {
            boundary[(2 * i) + (i & 1)] = (i & 2) - 1;
        }

        return this;
    }
}

/// <summary>Nested autograd on libtorch.</summary>
internal sealed class NestedContender(EngineShape shape, Precision precision, ShapePoints points, double[] theta) : IContender
{
    private readonly NestedAutograd _nested = new(shape, precision, points.Draw().Values, theta);

    public void Step()
    {
        if (points.Resampled)
        {
            _nested.SetPoints(points.Draw().Values);
        }

        _nested.Step();
    }

    public void Dispose() => _nested.Dispose();
}

/// <summary>A round of RAD on libtorch, without the training between rounds.</summary>
internal sealed class NestedRound(EngineShape shape, Precision precision, ShapePoints points, double[] theta, int candidates) : IContender
{
    private readonly NestedAutograd _nested = new(shape, precision, points.Draw().Values, theta);
    private readonly ShapePoints _candidates = new(shape, candidates, 1);

    public void Step() => _nested.Redraw(_candidates.Draw().Values, points.Values.Length / 2);

    public void Dispose() => _nested.Dispose();
}

/// <summary>A step of an engine as training takes it: new parameters, losses, residuals and a gradient for each term.</summary>
internal sealed class EngineContender : IContender
{
    private readonly IJetEngine _engine;
    private readonly ILossPass _interior;
    private readonly ILossPass? _boundary;
    private readonly ShapePoints _points;
    private readonly double[] _theta;
    private readonly double[] _losses = new double[1];
    private readonly double[] _weighted = new double[1];
    private readonly double[] _residuals;
    private readonly double[] _gradient;

    public EngineContender(IJetEngine engine, EngineShape shape, ShapePoints points, double[] theta)
    {
        _engine = engine;
        _points = points;
        _theta = theta;
        _interior = engine.CreatePass(shape.Program());
        _interior.SetPoints(points.Draw().Interior);
        if (points.Resampled)
        {
            _boundary = engine.CreatePass(EngineShape.BoundaryProgram());
            _boundary.SetPoints(points.Boundary);
        }

        _residuals = new double[points.Values.Length / 2];
        _gradient = new double[theta.Length];
    }

    public void Step()
    {
        _engine.SetParameters(_theta);
        if (_boundary is not null)
        {
            _points.Draw();
            _interior.SetPoints(_points.Interior);
            _boundary.SetPoints(_points.Boundary);
            _boundary.Run([], _losses, _weighted, _residuals.AsSpan(0, _boundary.PointCount), _gradient);
        }

        _interior.Run([], _losses, _weighted, _residuals.AsSpan(0, _interior.PointCount), _gradient);
    }

    public void Dispose()
    {
        _interior.Dispose();
        _boundary?.Dispose();
        _engine.Dispose();
    }
}

/// <summary>Whole training steps of a trial on the fused engine.</summary>
internal sealed class TrainingContender(TrialDescription description) : IContender
{
    private readonly TrainingLoop _training = new(PinnTrials.Assemble(description, "fused"), TimeProvider.System);

    public void Step() => _training.Advance();

    public void Dispose() => _training.Dispose();
}

/// <summary>What the machine's matrix library makes of a large square product: the rate that an engine is measured by.</summary>
internal sealed class MatrixContender : IContender
{
    public const int Size = 2048;

    private readonly Tensor _a;
    private readonly Tensor _b;

    public MatrixContender(Precision precision)
    {
        NativeTorch.Load();
        var type = precision == Precision.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        _a = torch.ones(Size, Size, type);
        _b = torch.ones(Size, Size, type);
    }

    public static double Operations => 2.0 * Size * Size * Size;

    public void Step() => torch.matmul(_a, _b).Dispose();

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }
}
