using System.Numerics;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>An activation at one number and its first five derivatives.</summary>
internal readonly struct ActivationSlopes<T>(T value, T d1, T d2, T d3, T d4, T d5)
    where T : unmanaged, INumber<T>
{
    public T Value { get; } = value;

    public T D1 { get; } = d1;

    public T D2 { get; } = d2;

    public T D3 { get; } = d3;

    public T D4 { get; } = d4;

    public T D5 { get; } = d5;

    /// <summary>Whether σ′ is a polynomial of degree two in σ, so that the reverse pass has no use for z.</summary>
    public static bool IsOfOutput(int kind) => kind == (int)ActivationKind.Tanh || kind == (int)ActivationKind.Sigmoid;

    /// <summary>σ′ of such an activation and the derivatives of that polynomial at σ, in <see cref="D1"/> to <see cref="D3"/>.</summary>
    public static ActivationSlopes<T> OfOutput<TReal>(int kind, T y)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        var zero = real.Of(0);
        return kind == (int)ActivationKind.Tanh
            ? new(y, real.MultiplyAdd(-y, y, real.Of(1)), real.Of(-2) * y, real.Of(-2), zero, zero)
            : new(y, real.MultiplyAdd(-y, y, y), real.MultiplyAdd(real.Of(-2), y, real.Of(1)), real.Of(-2), zero, zero);
    }

    /// <summary>At z. <paramref name="kind"/> is an <see cref="ActivationKind"/> or <see cref="NodeKinds.Cosine"/>.</summary>
    public static ActivationSlopes<T> Of<TReal>(int kind, T z)
        where TReal : struct, IReal<T>
    {
        switch (kind)
        {
            case (int)ActivationKind.Tanh:
                return OfTanh<TReal>(RealFunctions<T, TReal>.Tanh(z));
            case (int)ActivationKind.Sin:
            case NodeKinds.Cosine:
                {
                    var (sine, cosine) = (RealFunctions<T, TReal>.Sin(z), RealFunctions<T, TReal>.Cos(z));
                    return kind == NodeKinds.Cosine ? new(cosine, -sine, -cosine, sine, cosine, -sine) : new(sine, cosine, -sine, -cosine, sine, cosine);
                }

            case (int)ActivationKind.SiLU:
            case (int)ActivationKind.Sigmoid:
            case (int)ActivationKind.Softplus:
                {
                    var s = OfLogistic<TReal>(RealFunctions<T, TReal>.Sigmoid(z));
                    return kind == (int)ActivationKind.SiLU ? OfSilu<TReal>(z, s)
                        : kind == (int)ActivationKind.Sigmoid ? s
                        : new(RealFunctions<T, TReal>.Softplus(z), s.Value, s.D1, s.D2, s.D3, s.D4);
                }

            case (int)ActivationKind.GELU:
                return OfGelu<TReal>(z);
            case (int)ActivationKind.ReLU:
                return OfRectified<TReal>(z, 1);
            case (int)ActivationKind.ReLU2:
                return OfRectified<TReal>(z, 2);
            case (int)ActivationKind.ReLU3:
                return OfRectified<TReal>(z, 3);
            case (int)ActivationKind.ReLU4:
                return OfRectified<TReal>(z, 4);
            default:
                return OfRectified<TReal>(z, 5);
        }
    }

    // With a = tanh z every derivative is 1 − a² times a polynomial in a.
    private static ActivationSlopes<T> OfTanh<TReal>(T a)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        var square = a * a;
        var d1 = real.MultiplyAdd(-a, a, real.Of(1));
        var slope = a * d1;
        var quartic = real.MultiplyAdd(real.MultiplyAdd(real.Of(120), square, real.Of(-120)), square, real.Of(16));
        return new(
            a, d1, real.Of(-2) * slope, d1 * real.MultiplyAdd(real.Of(6), square, real.Of(-2)), slope * real.MultiplyAdd(real.Of(-24), square, real.Of(16)), d1 * quartic);
    }

    // With p = s (1 − s) and u = 1 − 2s derivatives are polynomials in p, times u where the order is even.
    private static ActivationSlopes<T> OfLogistic<TReal>(T s)
        where TReal : struct, IReal<T>
    {
        var (real, one) = (default(TReal), default(TReal).Of(1));
        var p = real.MultiplyAdd(-s, s, s);
        var odd = p * real.MultiplyAdd(real.Of(-2), s, one);
        var quadratic = real.MultiplyAdd(real.MultiplyAdd(real.Of(120), p, real.Of(-30)), p, one);
        return new(s, p, odd, p * real.MultiplyAdd(real.Of(-6), p, one), odd * real.MultiplyAdd(real.Of(-12), p, one), p * quadratic);
    }

    // z s(z): the n-th derivative is z s⁽ⁿ⁾ + n s⁽ⁿ⁻¹⁾.
    private static ActivationSlopes<T> OfSilu<TReal>(T z, ActivationSlopes<T> s)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        return new(
            z * s.Value,
            real.MultiplyAdd(z, s.D1, s.Value),
            real.MultiplyAdd(z, s.D2, real.Of(2) * s.D1),
            real.MultiplyAdd(z, s.D3, real.Of(3) * s.D2),
            real.MultiplyAdd(z, s.D4, real.Of(4) * s.D3),
            real.MultiplyAdd(z, s.D5, real.Of(5) * s.D4));
    }

    // z Φ(z): from the second derivative on φ times a polynomial in z.
    private static ActivationSlopes<T> OfGelu<TReal>(T z)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        var (distribution, density) = (RealFunctions<T, TReal>.NormalDistribution(z), RealFunctions<T, TReal>.NormalDensity(z));
        var (square, odd) = (z * z, z * density);
        return new(
            z * distribution,
            real.MultiplyAdd(z, density, distribution),
            density * (real.Of(2) - square),
            odd * (square + real.Of(-4)),
            density * real.MultiplyAdd(real.Of(7) - square, square, real.Of(-4)),
            odd * real.MultiplyAdd(square + real.Of(-11), square, real.Of(18)));
    }

    // max(0, z)ᵏ; the j-th derivative is k (k − 1) … (k − j + 1) max(0, z)ᵏ⁻ʲ, a step for j = k with 0 at 0.
    private static ActivationSlopes<T> OfRectified<TReal>(T z, int power)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        var zero = real.Of(0);
        var x = z < zero ? zero : z;
        var step = z > zero ? real.Of(1) : zero;
        var (x2, x3, x4) = (x * x, x * x * x, x * x * x * x);
        return power switch
        {
            1 => new(x, step, zero, zero, zero, zero),
            2 => new(x2, real.Of(2) * x, real.Of(2) * step, zero, zero, zero),
            3 => new(x3, real.Of(3) * x2, real.Of(6) * x, real.Of(6) * step, zero, zero),
            4 => new(x4, real.Of(4) * x3, real.Of(12) * x2, real.Of(24) * x, real.Of(24) * step, zero),
            _ => new(x4 * x, real.Of(5) * x4, real.Of(20) * x3, real.Of(60) * x2, real.Of(120) * x, real.Of(120) * step),
        };
    }
}
