using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Single precision.</summary>
internal readonly struct SingleReal : IReal<float>
{
    private const int MantissaBits = 23;

    /// <inheritdoc/>
    public bool IsSingle => true;

    /// <inheritdoc/>
    public float Of(double value) => (float)value;

    /// <inheritdoc/>
    public float OfInt(int value) => value;

    /// <inheritdoc/>
    public int ToInt(float value) => (int)value;

    /// <inheritdoc/>
    public float MultiplyAdd(float a, float b, float c) => FusedMultiplyAdd.Single(a, b, c);

    /// <inheritdoc/>
    public float Sqrt(float x) => MathF.Sqrt(x);

    /// <inheritdoc/>
    public float PowerOfTwo(float biased) => Interop.IntAsFloat((Interop.FloatAsInt(biased) + 127) << MantissaBits);

    /// <inheritdoc/>
    public int Quadrant(float biased) => (int)(Interop.FloatAsInt(biased) & 3);

    /// <inheritdoc/>
    public int Exponent(float x) => (int)(Interop.FloatAsInt(x) - Interop.FloatAsInt(0.70710678118654752f)) >> MantissaBits;

    /// <inheritdoc/>
    public float Lower(float x, int k) => Interop.IntAsFloat(Interop.FloatAsInt(x) - (uint)(k << MantissaBits));
}
