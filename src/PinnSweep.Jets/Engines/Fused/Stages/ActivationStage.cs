using PinnSweep.Jets.Engines.Fused.Activations;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>σ(z) with no factor and no slope.</summary>
internal sealed unsafe class ActivationStage<TSimd, TVector, TScalar> : Stage<TSimd, TVector, TScalar>, IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly Edge<TScalar> _source;
    private readonly ActivationKernel<TSimd, TVector, TScalar> _kernel;
    private readonly AlignedBuffer<TScalar> _kept;
    private readonly nint _offset;

    /// <summary>Writes the output's rows from <paramref name="firstRow"/> on, so that two activations can share an output.</summary>
    public ActivationStage(TileShape shape, FeatureRows<TScalar> source, FeatureRows<TScalar> output, ActivationKernel<TSimd, TVector, TScalar> kernel, int firstRow = 0)
        : base(shape, output)
    {
        _source = new(source);
        _kernel = kernel;
        _offset = firstRow * shape.Stride;
        _kept = new((long)source.Width * kernel.Kept * shape.Points);
    }

    public override long Noted => _kept.Length;

    public override void Forward() => _kernel.Forward(_source.Values, Output.Values + _offset, _kept.Pointer, _source.Width);

    public override void Claim(CotangentPool<TScalar> pool) => _source.Claim(pool);

    public override void PullBack()
    {
        if (_source.Wanted)
        {
            _kernel.Reverse(_source.Values, Output.Values + _offset, _kept.Pointer, Output.Cotangents + _offset, _source.Cotangents, _source.Width, _source.Accumulate);
        }
    }

    public void Dispose() => _kept.Dispose();
}
