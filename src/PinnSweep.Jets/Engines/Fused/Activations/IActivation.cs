using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>
/// An activation σ on vectors. What <see cref="Evaluate"/> hands over besides σ(z) is kept with the tile, so that the reverse pass
/// rebuilds the derivatives without evaluating anything transcendental again.
/// </summary>
internal interface IActivation<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>How many of the two kept values are used.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether σ′ is a polynomial of σ, so that the reverse pass needs σ(z) and its jets alone and z may be overwritten.</summary>
    static virtual bool IsOfOutput => false;

    /// <summary>σ(z) and what its derivatives are made of.</summary>
    static abstract TVector Evaluate(TVector z, out TVector kept0, out TVector kept1);

    /// <summary>σ′ to the fifth derivative; a caller that uses fewer costs fewer, for the rest is dead code.</summary>
    static abstract void Derive(
        TVector z, TVector value, TVector kept0, TVector kept1, out TVector d1, out TVector d2, out TVector d3, out TVector d4, out TVector d5);

    /// <summary>With <see cref="IsOfOutput"/>: σ′ = p(σ), p′(σ) and p″, the polynomial being of degree two.</summary>
    static virtual void DeriveOfOutput(TVector value, out TVector slope, out TVector first, out TVector second) => throw new NotSupportedException();
}
