using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>a ⊙ b.</summary>
internal sealed unsafe class MultiplyStage<TSimd, TVector, TScalar>(TileShape shape, FeatureRows<TScalar> a, FeatureRows<TScalar> b, FeatureRows<TScalar> output)
    : Stage<TSimd, TVector, TScalar>(shape, output)
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _a = new(a);
    private readonly Edge<TScalar> _b = new(b);

    public override void Forward()
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            ProductKernels<TSimd, TVector, TScalar>.Multiply(_a.Values + at, _b.Values + at, null, Output.Values + at, Shape);
        }
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
        _a.Claim(pool);
        _b.Claim(pool);
    }

    public override void PullBack()
    {
        Adjoint(_a, _b);
        Adjoint(_b, _a);
    }

    private void Adjoint(Edge<TScalar> target, Edge<TScalar> other)
    {
        for (var i = 0; target.Wanted && i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            ProductKernels<TSimd, TVector, TScalar>.Adjoint(other.Values + at, Output.Cotangents + at, target.Cotangents + at, Shape, target.Accumulate);
        }
    }
}
