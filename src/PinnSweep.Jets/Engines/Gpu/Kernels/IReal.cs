using System.Numerics;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// What kernels need of a number type beyond its operators. A structure without fields stands for the type, so that every call is known when a
/// kernel is compiled.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
internal interface IReal<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Whether it is single precision.</summary>
    bool IsSingle { get; }

    /// <summary>The nearest number; constants are converted when the kernel is compiled.</summary>
    T Of(double value);

    /// <summary>The same of a whole number.</summary>
    T OfInt(int value);

    /// <summary>The whole part, towards zero.</summary>
    int ToInt(T value);

    /// <summary>a b + c with one rounding.</summary>
    T MultiplyAdd(T a, T b, T c);

    /// <summary>√x, rounded correctly.</summary>
    T Sqrt(T x);

    /// <summary>2ⁿ for a number n + 1.5 · 2^mantissa, n within the normal exponents.</summary>
    T PowerOfTwo(T biased);

    /// <summary>The lowest two bits of n for a number n + 1.5 · 2^mantissa.</summary>
    int Quadrant(T biased);

    /// <summary>k of x = 2ᵏ m with m in [√½, √2), for normal x.</summary>
    int Exponent(T x);

    /// <summary>x / 2ᵏ by its bits.</summary>
    T Lower(T x, int k);
}
