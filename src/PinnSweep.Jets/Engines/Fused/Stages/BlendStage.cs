using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>α f + (1 − α) h with one trainable α. One accumulator.</summary>
internal sealed unsafe class BlendStage<TSimd, TVector, TScalar>(
    TileShape shape, FeatureRows<TScalar> f, FeatureRows<TScalar> h, FeatureRows<TScalar> output, int alphaOffset, double[] theta)
    : Stage<TSimd, TVector, TScalar>(shape, output), IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _f = new(f);
    private readonly Edge<TScalar> _h = new(h);
    private readonly AlignedBuffer<TScalar> _row = new(shape.Stride);

    public override int Accumulators => 1;

    private double Alpha => theta[alphaOffset];

    public override void Forward()
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            RowKernels<TSimd, TVector, TScalar>.Blend(Scalar.From<TScalar>(Alpha), _f.Values + at, _h.Values + at, Output.Values + at, Shape.Vectors);
        }
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
        _f.Claim(pool);
        _h.Claim(pool);
    }

    public override void PullBack()
    {
        PullBack(_f, Alpha);
        PullBack(_h, 1 - Alpha);
    }

    public override void Accumulate(TScalar* accumulators, bool first)
    {
        TVector sum = default;
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            sum = TSimd.Add(sum, RowKernels<TSimd, TVector, TScalar>.DotDifference(Output.Cotangents + at, _f.Values + at, _h.Values + at, Shape.Vectors));
        }

        Put(accumulators, sum, first);
    }

    public override void Reduce(TScalar* accumulators, Span<double> gradient) =>
        gradient[alphaOffset] += Scalar.ToDouble(TSimd.Sum(TSimd.Load(accumulators)));

    public override void AddRows(PointRows<TScalar> rows)
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            RowKernels<TSimd, TVector, TScalar>.Subtract(_f.Values + at, _h.Values + at, _row.Pointer, Shape.Vectors, accumulate: false);
            PointKernels<TSimd, TVector, TScalar>.Dot(Output.Cotangents + at, _row.Pointer, Shape.Channels, Shape, rows.Scratch);
            rows.AddScratch(alphaOffset, 1);
        }
    }

    public void Dispose() => _row.Dispose();

    private void PullBack(Edge<TScalar> target, double factor)
    {
        for (var i = 0; target.Wanted && i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            RowKernels<TSimd, TVector, TScalar>.Scale(Scalar.From<TScalar>(factor), Output.Cotangents + at, target.Cotangents + at, Shape.Vectors, target.Accumulate);
        }
    }
}
