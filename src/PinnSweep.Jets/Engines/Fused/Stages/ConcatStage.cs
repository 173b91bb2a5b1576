using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>[a, b].</summary>
internal sealed unsafe class ConcatStage<TSimd, TVector, TScalar>(TileShape shape, FeatureRows<TScalar> a, FeatureRows<TScalar> b, FeatureRows<TScalar> output)
    : Stage<TSimd, TVector, TScalar>(shape, output)
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _a = new(a);
    private readonly Edge<TScalar> _b = new(b);

    public override void Forward()
    {
        Forward(_a, 0);
        Forward(_b, _a.Width);
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
        _a.Claim(pool);
        _b.Claim(pool);
    }

    public override void PullBack()
    {
        PullBack(_a, 0);
        PullBack(_b, _a.Width);
    }

    private void Forward(Edge<TScalar> source, int firstRow)
    {
        for (var i = 0; i < source.Width; i++)
        {
            RowKernels<TSimd, TVector, TScalar>.Copy(source.Values + (i * Shape.Stride), Output.Values + ((firstRow + i) * Shape.Stride), Shape.Vectors, accumulate: false);
        }
    }

    private void PullBack(Edge<TScalar> target, int firstRow)
    {
        for (var i = 0; target.Wanted && i < target.Width; i++)
        {
            RowKernels<TSimd, TVector, TScalar>.Copy(Output.Cotangents + ((firstRow + i) * Shape.Stride), target.Cotangents + (i * Shape.Stride), Shape.Vectors, target.Accumulate);
        }
    }
}
