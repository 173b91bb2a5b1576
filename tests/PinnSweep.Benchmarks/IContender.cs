using PinnSweep.Jets;
using PinnSweep.Studies;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Benchmarks;

/// <summary>Something timed step by step, by one thread.</summary>
internal interface IContender : IDisposable
{
    void Step();
}

/// <summary>Nested autograd on libtorch.</summary>
internal sealed class NestedContender(EngineShape shape, Precision precision, double[] points, double[] theta) : IContender
{
    private readonly NestedAutograd _nested = new(shape, precision, points, theta);

    public void Step() => _nested.Step();

    public void Dispose() => _nested.Dispose();
}

/// <summary>A step of an engine as training takes it: new parameters, losses, residuals and gradient.</summary>
internal sealed class EngineContender : IContender
{
    private readonly IJetEngine _engine;
    private readonly ILossPass _pass;
    private readonly double[] _theta;
    private readonly double[] _losses = new double[1];
    private readonly double[] _weighted = new double[1];
    private readonly double[] _residuals;
    private readonly double[] _gradient;

    public EngineContender(IJetEngine engine, EngineShape shape, double[] points, double[] theta)
    {
        _engine = engine;
        _theta = theta;
        _pass = engine.CreatePass(shape.Program());
        _pass.SetPoints(points);
        _residuals = new double[_pass.PointCount];
        _gradient = new double[theta.Length];
    }

    public void Step()
    {
        _engine.SetParameters(_theta);
        _pass.Run([], _losses, _weighted, _residuals, _gradient);
    }

    public void Dispose()
    {
        _pass.Dispose();
        _engine.Dispose();
    }
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
