using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>
/// The operations of a residual program on registers of one number a point, with their adjoints (which add to the operands' cotangents).
/// </summary>
internal static unsafe class RegisterKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(OpCode op, TScalar* a, TScalar* b, double constant, TScalar* y, int length)
    {
        var number = TSimd.Broadcast(Scalar.From<TScalar>(constant));
        for (var i = 0; i < length; i += TSimd.Lanes)
        {
            var x = TSimd.Load(a + i);
            TSimd.Store(y + i, op switch
            {
                OpCode.Add => TSimd.Add(x, TSimd.Load(b + i)),
                OpCode.Subtract => TSimd.Subtract(x, TSimd.Load(b + i)),
                OpCode.Multiply => TSimd.Multiply(x, TSimd.Load(b + i)),
                OpCode.Divide => TSimd.Divide(x, TSimd.Load(b + i)),
                OpCode.Negate => TSimd.Negate(x),
                OpCode.Scale => TSimd.Multiply(x, number),
                OpCode.Offset => TSimd.Add(x, number),
                OpCode.Sin => SinCos(x).Sine,
                OpCode.Cos => SinCos(x).Cosine,
                OpCode.Exp => Exp(x),
                OpCode.Log => Log(x),
                OpCode.Sqrt => TSimd.Sqrt(x),
                OpCode.Tanh => Tanh(x),
                OpCode.Atan => Atan(x),
                OpCode.Erf => Erf(x),
                OpCode.WherePositive => WherePositive(x, TSimd.Load(b + i)),
                OpCode.WhereNotNegative => WhereNotNegative(x, TSimd.Load(b + i)),
                _ => Power(x, constant),
            });
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adjoint(OpCode op, TScalar* a, TScalar* b, double constant, TScalar* y, TScalar* yBar, TScalar* aBar, TScalar* bBar, int length)
    {
        var number = TSimd.Broadcast(Scalar.From<TScalar>(constant));
        for (var i = 0; i < length; i += TSimd.Lanes)
        {
            var bar = TSimd.Load(yBar + i);
            var x = TSimd.Load(a + i);
            var value = TSimd.Load(y + i);
            switch (op)
            {
                case OpCode.Add:
                    Add(aBar + i, bar);
                    Add(bBar + i, bar);
                    break;
                case OpCode.Subtract:
                    Add(aBar + i, bar);
                    Add(bBar + i, TSimd.Negate(bar));
                    break;
                case OpCode.Multiply:
                    Add(aBar + i, TSimd.Multiply(bar, TSimd.Load(b + i)));
                    Add(bBar + i, TSimd.Multiply(bar, x));
                    break;
                case OpCode.Divide:
                    var quotient = TSimd.Divide(bar, TSimd.Load(b + i));
                    Add(aBar + i, quotient);
                    Add(bBar + i, TSimd.Negate(TSimd.Multiply(quotient, value)));
                    break;
                case OpCode.Negate:
                    Add(aBar + i, TSimd.Negate(bar));
                    break;
                case OpCode.Scale:
                    Add(aBar + i, TSimd.Multiply(bar, number));
                    break;
                case OpCode.Offset:
                    Add(aBar + i, bar);
                    break;
                case OpCode.Sin:
                    Add(aBar + i, TSimd.Multiply(bar, SinCos(x).Cosine));
                    break;
                case OpCode.Cos:
                    Add(aBar + i, TSimd.Negate(TSimd.Multiply(bar, SinCos(x).Sine)));
                    break;
                case OpCode.Exp:
                    Add(aBar + i, TSimd.Multiply(bar, value));
                    break;
                case OpCode.Log:
                    Add(aBar + i, TSimd.Divide(bar, x));
                    break;
                case OpCode.Sqrt:
                    Add(aBar + i, TSimd.Divide(bar, TSimd.Add(value, value)));
                    break;
                case OpCode.Tanh:
                    Add(aBar + i, TSimd.Multiply(bar, TSimd.NegatedMultiplyAdd(value, value, TSimd.Constant(1))));
                    break;
                case OpCode.Atan:
                    Add(aBar + i, TSimd.Divide(bar, TSimd.MultiplyAdd(x, x, TSimd.Constant(1))));
                    break;
                case OpCode.Erf:
                    Add(aBar + i, TSimd.Multiply(bar, TSimd.Multiply(Exp(TSimd.Negate(TSimd.Multiply(x, x))), TSimd.Constant(ErrorFunction.SlopeAtZero))));
                    break;
                case OpCode.WherePositive:
                    Add(aBar + i, WherePositive(bar, TSimd.Load(b + i)));
                    break;
                case OpCode.WhereNotNegative:
                    Add(aBar + i, WhereNotNegative(bar, TSimd.Load(b + i)));
                    break;
                default:
                    Add(aBar + i, TSimd.Multiply(TSimd.Multiply(bar, number), Power(x, constant - 1)));
                    break;
            }
        }
    }

    /// <summary>Σ of a register, lanes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Sum(TScalar* a, int length)
    {
        TVector sum = default;
        for (var i = 0; i < length; i += TSimd.Lanes)
        {
            sum = TSimd.Add(sum, TSimd.Load(a + i));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TScalar* address, TVector value) => TSimd.Store(address, TSimd.Add(TSimd.Load(address), value));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static (TVector Sine, TVector Cosine) SinCos(TVector x) => Elementary<TSimd, TVector, TScalar>.SinCos(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Exp(TVector x) => Elementary<TSimd, TVector, TScalar>.Exp(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Log(TVector x) => Elementary<TSimd, TVector, TScalar>.Log(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Tanh(TVector x) => Elementary<TSimd, TVector, TScalar>.Tanh(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Atan(TVector x) => ElementaryInverses<TSimd, TVector, TScalar>.Atan(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Erf(TVector x) => ElementaryInverses<TSimd, TVector, TScalar>.Erf(x);

    // Max returns its second argument where that is not a number, so that it is seen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WherePositive(TVector a, TVector b) => TSimd.Select(TSimd.LessThan(TSimd.Constant(0), b), a, TSimd.Max(TSimd.Constant(0), b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WhereNotNegative(TVector a, TVector b) =>
        TSimd.Select(TSimd.LessThan(b, TSimd.Constant(0)), TSimd.Constant(0), TSimd.Select(TSimd.LessThan(TSimd.Constant(-1), b), a, b));

    private static TVector Power(TVector x, double exponent)
    {
        const int LargestByMultiplication = 16;
        var magnitude = Math.Abs(exponent);
        if (magnitude <= LargestByMultiplication && magnitude == Math.Floor(magnitude))
        {
            var product = TSimd.Constant(1);
            for (var i = 0; i < (int)magnitude; i++)
            {
                product = TSimd.Multiply(product, x);
            }

            return exponent < 0 ? TSimd.Divide(TSimd.Constant(1), product) : product;
        }

        TVector result = default;
        var from = (TScalar*)&x;
        var to = (TScalar*)&result;
        for (var lane = 0; lane < TSimd.Lanes; lane++)
        {
            to[lane] = Scalar.From<TScalar>(Math.Pow(Scalar.ToDouble(from[lane]), exponent));
        }

        return result;
    }
}
