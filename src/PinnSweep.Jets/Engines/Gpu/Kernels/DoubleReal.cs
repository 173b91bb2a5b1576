using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Double precision.</summary>
internal readonly struct DoubleReal : IReal<double>
{
    private const int MantissaBits = 52;

    /// <inheritdoc/>
    public bool IsSingle => false;

    /// <inheritdoc/>
    public double Of(double value) => value;

    /// <inheritdoc/>
    public double OfInt(int value) => value;

    /// <inheritdoc/>
    public int ToInt(double value) => (int)value;

    /// <inheritdoc/>
    public double MultiplyAdd(double a, double b, double c) => FusedMultiplyAdd.Double(a, b, c);

    /// <inheritdoc/>
    public double Sqrt(double x) => Math.Sqrt(x);

    /// <inheritdoc/>
    public double PowerOfTwo(double biased) => Interop.IntAsFloat((Interop.FloatAsInt(biased) + 1023) << MantissaBits);

    /// <inheritdoc/>
    public int Quadrant(double biased) => (int)(Interop.FloatAsInt(biased) & 3);

    /// <inheritdoc/>
    public int Exponent(double x) => (int)((long)(Interop.FloatAsInt(x) - Interop.FloatAsInt(0.70710678118654752)) >> MantissaBits);

    /// <inheritdoc/>
    public double Lower(double x, int k) => Interop.IntAsFloat(Interop.FloatAsInt(x) - (ulong)((long)k << MantissaBits));
}
