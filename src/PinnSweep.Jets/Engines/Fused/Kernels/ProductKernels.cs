using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>The product of two jets by Leibniz' rule along each direction, and its adjoint, one row at a time.</summary>
internal static unsafe class ProductKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>y = a b (+ plus): yₖ = Σᵢ C(k, i) aᵢ bₖ₋ᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(TScalar* a, TScalar* b, TScalar* plus, TScalar* y, TileShape shape)
    {
        var orders = shape.Orders;
        var slab = 4 * TSimd.Lanes;
        for (var g = 0; g < shape.Groups; g++)
        {
            for (var offset = 0; offset < slab; offset += TSimd.Lanes)
            {
                var at = (g * shape.Group) + offset;
                var a0 = TSimd.Load(a + at);
                var b0 = TSimd.Load(b + at);
                Put(y, plus, at, TSimd.Multiply(a0, b0));
                at += slab;
                foreach (var order in orders)
                {
                    var a1 = TSimd.Load(a + at);
                    var b1 = TSimd.Load(b + at);
                    Put(y, plus, at, TSimd.MultiplyAdd(a0, b1, TSimd.Multiply(a1, b0)));
                    at += slab;
                    if (order > 1)
                    {
                        var a2 = TSimd.Load(a + at);
                        var b2 = TSimd.Load(b + at);
                        var cross = TSimd.Multiply(TSimd.Add(a1, a1), b1);
                        Put(y, plus, at, TSimd.MultiplyAdd(a0, b2, TSimd.MultiplyAdd(a2, b0, cross)));
                        at += slab;
                        if (order > 2)
                        {
                            var a3 = TSimd.Load(a + at);
                            var b3 = TSimd.Load(b + at);
                            cross = TSimd.Multiply(TSimd.Constant(3), TSimd.MultiplyAdd(a1, b2, TSimd.Multiply(a2, b1)));
                            Put(y, plus, at, TSimd.MultiplyAdd(a0, b3, TSimd.MultiplyAdd(a3, b0, cross)));
                            at += slab;
                            if (order > 3)
                            {
                                var a4 = TSimd.Load(a + at);
                                var b4 = TSimd.Load(b + at);
                                cross = TSimd.Multiply(TSimd.Constant(4), TSimd.MultiplyAdd(a1, b3, TSimd.Multiply(a3, b1)));
                                cross = TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Constant(6), a2), b2, cross);
                                Put(y, plus, at, TSimd.MultiplyAdd(a0, b4, TSimd.MultiplyAdd(a4, b0, cross)));
                                at += slab;
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>ā = or ā += the pullback of ȳ through y = a b: āᵢ = Σₖ C(k, i) bₖ₋ᵢ ȳₖ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adjoint(TScalar* b, TScalar* yBar, TScalar* aBar, TileShape shape, bool accumulate)
    {
        var plus = accumulate ? aBar : null;
        var orders = shape.Orders;
        var slab = 4 * TSimd.Lanes;
        for (var g = 0; g < shape.Groups; g++)
        {
            for (var offset = 0; offset < slab; offset += TSimd.Lanes)
            {
                var origin = (g * shape.Group) + offset;
                var at = origin + slab;
                var b0 = TSimd.Load(b + origin);
                var bar0 = TSimd.Multiply(b0, TSimd.Load(yBar + origin));
                foreach (var order in orders)
                {
                    var b1 = TSimd.Load(b + at);
                    var yBar1 = TSimd.Load(yBar + at);
                    bar0 = TSimd.MultiplyAdd(b1, yBar1, bar0);
                    var bar1 = TSimd.Multiply(b0, yBar1);
                    if (order > 1)
                    {
                        var b2 = TSimd.Load(b + at + slab);
                        var yBar2 = TSimd.Load(yBar + at + slab);
                        bar0 = TSimd.MultiplyAdd(b2, yBar2, bar0);
                        bar1 = TSimd.MultiplyAdd(TSimd.Add(b1, b1), yBar2, bar1);
                        var bar2 = TSimd.Multiply(b0, yBar2);
                        if (order > 2)
                        {
                            var b3 = TSimd.Load(b + at + (2 * slab));
                            var yBar3 = TSimd.Load(yBar + at + (2 * slab));
                            var triple = TSimd.Multiply(TSimd.Constant(3), yBar3);
                            bar0 = TSimd.MultiplyAdd(b3, yBar3, bar0);
                            bar1 = TSimd.MultiplyAdd(b2, triple, bar1);
                            bar2 = TSimd.MultiplyAdd(b1, triple, bar2);
                            var bar3 = TSimd.Multiply(b0, yBar3);
                            if (order > 3)
                            {
                                var b4 = TSimd.Load(b + at + (3 * slab));
                                var yBar4 = TSimd.Load(yBar + at + (3 * slab));
                                var four = TSimd.Multiply(TSimd.Constant(4), yBar4);
                                bar0 = TSimd.MultiplyAdd(b4, yBar4, bar0);
                                bar1 = TSimd.MultiplyAdd(b3, four, bar1);
                                bar2 = TSimd.MultiplyAdd(b2, TSimd.Multiply(TSimd.Constant(6), yBar4), bar2);
                                bar3 = TSimd.MultiplyAdd(b1, four, bar3);
                                Put(aBar, plus, at + (3 * slab), TSimd.Multiply(b0, yBar4));
                            }

                            Put(aBar, plus, at + (2 * slab), bar3);
                        }

                        Put(aBar, plus, at + slab, bar2);
                    }

                    Put(aBar, plus, at, bar1);
                    at += order * slab;
                }

                Put(aBar, plus, origin, bar0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TScalar* y, TScalar* plus, int at, TVector value) =>
        TSimd.Store(y + at, plus == null ? value : TSimd.Add(TSimd.Load(plus + at), value));
}
