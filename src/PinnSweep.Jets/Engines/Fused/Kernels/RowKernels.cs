using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>Linear operations on a row of vectors.</summary>
internal static unsafe class RowKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>y = a x (+ y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(TScalar factor, TScalar* x, TScalar* y, int vectors, bool accumulate)
    {
        var a = TSimd.Broadcast(factor);
        for (var i = 0; i < vectors; i++)
        {
            var scaled = TSimd.Multiply(a, TSimd.Load(x));
            TSimd.Store(y, accumulate ? TSimd.Add(TSimd.Load(y), scaled) : scaled);
            x += TSimd.Lanes;
            y += TSimd.Lanes;
        }
    }

    /// <summary>y = x (+ y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(TScalar* x, TScalar* y, int vectors, bool accumulate)
    {
        for (var i = 0; i < vectors; i++)
        {
            var value = TSimd.Load(x);
            TSimd.Store(y, accumulate ? TSimd.Add(TSimd.Load(y), value) : value);
            x += TSimd.Lanes;
            y += TSimd.Lanes;
        }
    }

    /// <summary>y = a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(TScalar* a, TScalar* b, TScalar* y, int vectors)
    {
        for (var i = 0; i < vectors; i++)
        {
            TSimd.Store(y, TSimd.Add(TSimd.Load(a), TSimd.Load(b)));
            a += TSimd.Lanes;
            b += TSimd.Lanes;
            y += TSimd.Lanes;
        }
    }

    /// <summary>y = a − b (+ y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(TScalar* a, TScalar* b, TScalar* y, int vectors, bool accumulate)
    {
        for (var i = 0; i < vectors; i++)
        {
            var difference = TSimd.Subtract(TSimd.Load(a), TSimd.Load(b));
            TSimd.Store(y, accumulate ? TSimd.Add(TSimd.Load(y), difference) : difference);
            a += TSimd.Lanes;
            b += TSimd.Lanes;
            y += TSimd.Lanes;
        }
    }

    /// <summary>y = b + factor (a − b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blend(TScalar factor, TScalar* a, TScalar* b, TScalar* y, int vectors)
    {
        var weight = TSimd.Broadcast(factor);
        for (var i = 0; i < vectors; i++)
        {
            var from = TSimd.Load(b);
            TSimd.Store(y, TSimd.MultiplyAdd(weight, TSimd.Subtract(TSimd.Load(a), from), from));
            a += TSimd.Lanes;
            b += TSimd.Lanes;
            y += TSimd.Lanes;
        }
    }

    /// <summary>Σ a b, lanes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Dot(TScalar* a, TScalar* b, int vectors)
    {
        TVector even = default, odd = default;
        for (var i = 0; i < vectors; i += 2)
        {
            even = TSimd.MultiplyAdd(TSimd.Load(a), TSimd.Load(b), even);
            odd = TSimd.MultiplyAdd(TSimd.Load(a + TSimd.Lanes), TSimd.Load(b + TSimd.Lanes), odd);
            a += 2 * TSimd.Lanes;
            b += 2 * TSimd.Lanes;
        }

        return TSimd.Add(even, odd);
    }

    /// <summary>Σ a (b − c), lanes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector DotDifference(TScalar* a, TScalar* b, TScalar* c, int vectors)
    {
        TVector sum = default;
        for (var i = 0; i < vectors; i++)
        {
            sum = TSimd.MultiplyAdd(TSimd.Load(a), TSimd.Subtract(TSimd.Load(b), TSimd.Load(c)), sum);
            a += TSimd.Lanes;
            b += TSimd.Lanes;
            c += TSimd.Lanes;
        }

        return sum;
    }
}
