using PinnSweep.Jets.Engines.Fused.Activations;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>[cos h, sin h].</summary>
internal sealed class CosSinStage<TSimd, TVector, TScalar>(TileShape shape, FeatureRows<TScalar> source, FeatureRows<TScalar> output)
    : Stage<TSimd, TVector, TScalar>(shape, output), IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly ActivationStage<TSimd, TVector, TScalar> _cosine =
        new(shape, source, output, ActivationKernel<TSimd, TVector, TScalar>.Of<CosineActivation<TSimd, TVector, TScalar>>(shape));

    private readonly ActivationStage<TSimd, TVector, TScalar> _sine =
        new(shape, source, output, ActivationKernel<TSimd, TVector, TScalar>.Of<SineActivation<TSimd, TVector, TScalar>>(shape), firstRow: source.Width);

    public override long Noted => _cosine.Noted + _sine.Noted;

    public override void Forward()
    {
        _cosine.Forward();
        _sine.Forward();
    }

    public override void Claim(CotangentPool<TScalar> pool)
    {
        _cosine.Claim(pool);
        _sine.Claim(pool);
    }

    public override void PullBack()
    {
        _cosine.PullBack();
        _sine.PullBack();
    }

    public void Dispose()
    {
        _cosine.Dispose();
        _sine.Dispose();
    }
}
