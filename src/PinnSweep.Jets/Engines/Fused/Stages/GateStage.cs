using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>g ⊙ u + (1 − g) ⊙ v, computed as v + g ⊙ (u − v).</summary>
internal sealed unsafe class GateStage<TSimd, TVector, TScalar>(
    TileShape shape, FeatureRows<TScalar> g, FeatureRows<TScalar> u, FeatureRows<TScalar> v, FeatureRows<TScalar> output)
    : Stage<TSimd, TVector, TScalar>(shape, output), IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _g = new(g);
    private readonly Edge<TScalar> _u = new(u);
    private readonly Edge<TScalar> _v = new(v);
    private readonly AlignedBuffer<TScalar> _row = new(shape.Stride);

    public override void Forward()
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            RowKernels<TSimd, TVector, TScalar>.Subtract(_u.Values + at, _v.Values + at, _row.Pointer, Shape.Vectors, accumulate: false);
            ProductKernels<TSimd, TVector, TScalar>.Multiply(_g.Values + at, _row.Pointer, _v.Values + at, Output.Values + at, Shape);
        }
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
        _g.Claim(pool);
        _u.Claim(pool);
        _v.Claim(pool);
    }

    public override void PullBack()
    {
        for (var i = 0; i < Output.Width; i++)
        {
            var at = i * Shape.Stride;
            var cotangent = Output.Cotangents + at;
            if (_g.Wanted)
            {
                RowKernels<TSimd, TVector, TScalar>.Subtract(_u.Values + at, _v.Values + at, _row.Pointer, Shape.Vectors, accumulate: false);
                ProductKernels<TSimd, TVector, TScalar>.Adjoint(_row.Pointer, cotangent, _g.Cotangents + at, Shape, _g.Accumulate);
            }

            ProductKernels<TSimd, TVector, TScalar>.Adjoint(_g.Values + at, cotangent, _row.Pointer, Shape, accumulate: false);
            if (_u.Wanted)
            {
                RowKernels<TSimd, TVector, TScalar>.Copy(_row.Pointer, _u.Cotangents + at, Shape.Vectors, _u.Accumulate);
            }

            if (_v.Wanted)
            {
                RowKernels<TSimd, TVector, TScalar>.Subtract(cotangent, _row.Pointer, _v.Cotangents + at, Shape.Vectors, _v.Accumulate);
            }
        }
    }

    public void Dispose() => _row.Dispose();
}
