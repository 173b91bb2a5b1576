using PinnSweep.Jets.Engines.Fused.Activations;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// σ(factor · a · z) with slope a trainable (one, or one a feature) or 1. The scaled argument has rows of its own, so the kernels of the
/// plain activation serve. Accumulators: one vector a feature for the slopes.
/// </summary>
internal sealed unsafe class ScaledActivationStage<TSimd, TVector, TScalar> : Stage<TSimd, TVector, TScalar>, IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _source;
    private readonly Node.Activation _node;
    private readonly ActivationKernel<TSimd, TVector, TScalar> _kernel;
    private readonly AlignedBuffer<TScalar> _kept;
    private readonly AlignedBuffer<TScalar> _scaled;
    private readonly AlignedBuffer<TScalar> _cotangents;
    private readonly double[] _theta;

    public ScaledActivationStage(
        TileShape shape, FeatureRows<TScalar> source, FeatureRows<TScalar> output, ActivationKernel<TSimd, TVector, TScalar> kernel, Node.Activation node, double[] theta)
        : base(shape, output)
    {
        _source = new(source);
        _node = node;
        _kernel = kernel;
        _theta = theta;
        _kept = new((long)source.Width * kernel.Kept * shape.Points);
        _scaled = new(source.Width * shape.Stride);
        _cotangents = new(source.Width * shape.Stride);
    }

    public override long Noted => _kept.Length + _scaled.Length + _cotangents.Length;

    public override int Accumulators => HasSlope ? _source.Width : 0;

    private bool HasSlope => _node.SlopeOffset >= 0;

    public override void Forward()
    {
        for (var i = 0; i < _source.Width; i++)
        {
            RowKernels<TSimd, TVector, TScalar>.Scale(Scalar.From<TScalar>(Factor(i)), _source.Values + (i * Shape.Stride), _scaled.Pointer + (i * Shape.Stride), Shape.Vectors, accumulate: false);
        }

        _kernel.Forward(_scaled.Pointer, Output.Values, _kept.Pointer, _source.Width);
    }

    public override void Claim(CotangentPool<TScalar> pool) => _source.Claim(pool);

    public override void PullBack()
    {
        _kernel.Reverse(_scaled.Pointer, Output.Values, _kept.Pointer, Output.Cotangents, _cotangents.Pointer, _source.Width, accumulate: false);
        if (!_source.Wanted)
        {
            return;
        }

        for (var i = 0; i < _source.Width; i++)
        {
            RowKernels<TSimd, TVector, TScalar>.Scale(Scalar.From<TScalar>(Factor(i)), _cotangents.Pointer + (i * Shape.Stride), _source.Cotangents + (i * Shape.Stride), Shape.Vectors, _source.Accumulate);
        }
    }

    public override void Accumulate(TScalar* accumulators, bool first)
    {
        for (var i = 0; i < Accumulators; i++)
        {
            var dot = RowKernels<TSimd, TVector, TScalar>.Dot(_cotangents.Pointer + (i * Shape.Stride), _source.Values + (i * Shape.Stride), Shape.Vectors);
            Put(accumulators + (i * TSimd.Lanes), dot, first);
        }
    }

    public override void Reduce(TScalar* accumulators, Span<double> gradient)
    {
        for (var i = 0; i < Accumulators; i++)
        {
            gradient[Slope(i)] += _node.Factor * Scalar.ToDouble(TSimd.Sum(TSimd.Load(accumulators + (i * TSimd.Lanes))));
        }
    }

    public override void AddRows(PointRows<TScalar> rows)
    {
        for (var i = 0; i < Accumulators; i++)
        {
            PointKernels<TSimd, TVector, TScalar>.Dot(_cotangents.Pointer + (i * Shape.Stride), _source.Values + (i * Shape.Stride), Shape.Channels, Shape, rows.Scratch);
            rows.AddScratch(Slope(i), _node.Factor);
        }
    }

    public void Dispose()
    {
        _kept.Dispose();
        _scaled.Dispose();
        _cotangents.Dispose();
    }

    private int Slope(int feature) => _node.SlopeOffset + (_node.SlopeCount > 1 ? feature : 0);

    private double Factor(int feature) => HasSlope ? _node.Factor * _theta[Slope(feature)] : _node.Factor;
}
