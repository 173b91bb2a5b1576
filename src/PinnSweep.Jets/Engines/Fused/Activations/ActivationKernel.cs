using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused.Activations;

/// <summary>An activation applied to the jets of some features.</summary>
internal abstract unsafe class ActivationKernel<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>Values kept for the reverse pass, for each feature and point.</summary>
    public abstract int Kept { get; }

    /// <summary>Whether <see cref="Reverse"/> leaves z alone.</summary>
    public abstract bool IsOfOutput { get; }

    /// <summary>y = σ(z) in all channels.</summary>
    public abstract void Forward(TScalar* z, TScalar* y, TScalar* kept, int features);

    /// <summary>z̄ = or z̄ += the pullback of ȳ.</summary>
    public abstract void Reverse(TScalar* z, TScalar* y, TScalar* kept, TScalar* yBar, TScalar* zBar, int features, bool accumulate);

    public static ActivationKernel<TSimd, TVector, TScalar> For(ActivationKind kind, TileShape shape) => kind switch
    {
        ActivationKind.Tanh => Of<TanhActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.Sin => Of<SineActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.SiLU => Of<SiluActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.Sigmoid => Of<SigmoidActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.Softplus => Of<SoftplusActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.GELU => Of<GeluActivation<TSimd, TVector, TScalar>>(shape),
        ActivationKind.ReLU => Of<RectifiedActivation<TSimd, TVector, TScalar, One>>(shape),
        ActivationKind.ReLU2 => Of<RectifiedActivation<TSimd, TVector, TScalar, Two>>(shape),
        ActivationKind.ReLU3 => Of<RectifiedActivation<TSimd, TVector, TScalar, Three>>(shape),
        ActivationKind.ReLU4 => Of<RectifiedActivation<TSimd, TVector, TScalar, Four>>(shape),
        ActivationKind.ReLU5 => Of<RectifiedActivation<TSimd, TVector, TScalar, Five>>(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static ActivationKernel<TSimd, TVector, TScalar> Of<TActivation>(TileShape shape)
        where TActivation : struct, IActivation<TSimd, TVector, TScalar> => shape.Layout.Order switch
        {
            0 => new ActivationKernel<TSimd, TVector, TScalar, TActivation, Zero>(shape),
            1 => new ActivationKernel<TSimd, TVector, TScalar, TActivation, One>(shape),
            2 => new ActivationKernel<TSimd, TVector, TScalar, TActivation, Two>(shape),
            3 => new ActivationKernel<TSimd, TVector, TScalar, TActivation, Three>(shape),
            _ => new ActivationKernel<TSimd, TVector, TScalar, TActivation, Four>(shape),
        };
}

/// <summary>
/// The chain rule of Faà di Bruno along each direction, for directions up to <typeparamref name="TOrder"/>. The pullback is the adjoint of
/// Leibniz' rule with the jets e of σ′(z): y = σ(z) gives z̄ᵢ = Σₖ C(k, i) eₖ₋ᵢ ȳₖ. Where σ′ = p(σ) with p of degree two, e are the jets of
/// p at y, by the same rule with fewer terms: the reverse pass then has no use for z.
/// </summary>
internal sealed unsafe class ActivationKernel<TSimd, TVector, TScalar, TActivation, TOrder>(TileShape shape) : ActivationKernel<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
    where TActivation : struct, IActivation<TSimd, TVector, TScalar>
    where TOrder : struct, ICount
{
    public override int Kept => TActivation.Kept;

    public override bool IsOfOutput => TActivation.IsOfOutput;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(TScalar* z, TScalar* y, TScalar* kept, int features)
    {
        var orders = shape.Orders;
        var stride = shape.Stride;
        var groups = shape.Groups;
        var slab = 4 * TSimd.Lanes;
        var group = shape.Group;
        for (var feature = 0; feature < features; feature++)
        {
            for (var g = 0; g < groups; g++)
            {
                for (var offset = 0; offset < slab; offset += TSimd.Lanes)
                {
                    var zp = z + (g * group) + offset;
                    var yp = y + (g * group) + offset;
                    var z0 = TSimd.Load(zp);
                    var y0 = TActivation.Evaluate(z0, out var kept0, out var kept1);
                    TSimd.Store(yp, y0);
                    if (TActivation.Kept > 0)
                    {
                        TSimd.Store(kept + offset, kept0);
                    }

                    if (TActivation.Kept > 1)
                    {
                        TSimd.Store(kept + slab + offset, kept1);
                    }

                    if (TOrder.Value == 0)
                    {
                        continue;
                    }

                    TActivation.Derive(z0, y0, kept0, kept1, out var s1, out var s2, out var s3, out var s4, out _);
                    zp += slab;
                    yp += slab;
                    foreach (var order in orders)
                    {
                        var z1 = TSimd.Load(zp);
                        TSimd.Store(yp, TSimd.Multiply(s1, z1));
                        if (TOrder.Value > 1 && order > 1)
                        {
                            // y₂ = s₁ z₂ + s₂ z₁²
                            var z2 = TSimd.Load(zp + slab);
                            var e1 = TSimd.Multiply(s2, z1);
                            TSimd.Store(yp + slab, TSimd.MultiplyAdd(s1, z2, TSimd.Multiply(e1, z1)));
                            if (TOrder.Value > 2 && order > 2)
                            {
                                // y₃ = s₁ z₃ + 3 s₂ z₁ z₂ + s₃ z₁³
                                var z3 = TSimd.Load(zp + (2 * slab));
                                var square = TSimd.Multiply(z1, z1);
                                var y3 = TSimd.MultiplyAdd(s1, z3, TSimd.Multiply(TSimd.Multiply(TSimd.Constant(3), e1), z2));
                                y3 = TSimd.MultiplyAdd(TSimd.Multiply(s3, z1), square, y3);
                                TSimd.Store(yp + (2 * slab), y3);
                                if (TOrder.Value > 3 && order > 3)
                                {
                                    // y₄ = s₁ z₄ + s₂ (4 z₁ z₃ + 3 z₂²) + 6 s₃ z₁² z₂ + s₄ z₁⁴
                                    var z4 = TSimd.Load(zp + (3 * slab));
                                    var y4 = TSimd.MultiplyAdd(s1, z4, TSimd.Multiply(TSimd.Multiply(TSimd.Constant(4), e1), z3));
                                    y4 = TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Constant(3), s2), TSimd.Multiply(z2, z2), y4);
                                    y4 = TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Constant(6), s3), TSimd.Multiply(square, z2), y4);
                                    y4 = TSimd.MultiplyAdd(s4, TSimd.Multiply(square, square), y4);
                                    TSimd.Store(yp + (3 * slab), y4);
                                }
                            }
                        }

                        zp += order * slab;
                        yp += order * slab;
                    }
                }

                kept += TActivation.Kept * slab;
            }

            z += stride;
            y += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Reverse(TScalar* z, TScalar* y, TScalar* kept, TScalar* yBar, TScalar* zBar, int features, bool accumulate)
    {
        var orders = shape.Orders;
        var stride = shape.Stride;
        var groups = shape.Groups;
        var slab = 4 * TSimd.Lanes;
        var group = shape.Group;
        for (var feature = 0; feature < features; feature++)
        {
            for (var g = 0; g < groups; g++)
            {
                for (var offset = 0; offset < slab; offset += TSimd.Lanes)
                {
                    var at = (g * group) + offset;
                    var zp = (TActivation.IsOfOutput ? y : z) + at;
                    var yBarP = yBar + at;
                    var zBarP = zBar + at;
                    var z0 = TSimd.Load(zp);
                    TVector s1, s2, s3, s4, s5;
                    if (TActivation.IsOfOutput)
                    {
                        TActivation.DeriveOfOutput(z0, out s1, out s2, out s3);
                        s4 = s5 = default;
                    }
                    else
                    {
                        var kept0 = TActivation.Kept > 0 ? TSimd.Load(kept + offset) : default;
                        var kept1 = TActivation.Kept > 1 ? TSimd.Load(kept + slab + offset) : default;
                        TActivation.Derive(z0, TSimd.Load(y + at), kept0, kept1, out s1, out s2, out s3, out s4, out s5);
                    }

                    var bar0 = TSimd.Multiply(s1, TSimd.Load(yBarP));
                    if (TOrder.Value > 0)
                    {
                        foreach (var order in orders)
                        {
                            zp += slab;
                            yBarP += slab;
                            zBarP += slab;
                            var z1 = TSimd.Load(zp);
                            var yBar1 = TSimd.Load(yBarP);
                            var e1 = TSimd.Multiply(s2, z1);
                            var bar1 = TSimd.Multiply(s1, yBar1);
                            bar0 = TSimd.MultiplyAdd(e1, yBar1, bar0);
                            if (TOrder.Value > 1 && order > 1)
                            {
                                var z2 = TSimd.Load(zp + slab);
                                var yBar2 = TSimd.Load(yBarP + slab);
                                var e2 = TSimd.MultiplyAdd(TSimd.Multiply(s3, z1), z1, TSimd.Multiply(s2, z2));
                                var bar2 = TSimd.Multiply(s1, yBar2);
                                bar0 = TSimd.MultiplyAdd(e2, yBar2, bar0);
                                bar1 = TSimd.MultiplyAdd(TSimd.Add(e1, e1), yBar2, bar1);
                                if (TOrder.Value > 2 && order > 2)
                                {
                                    var z3 = TSimd.Load(zp + (2 * slab));
                                    var yBar3 = TSimd.Load(yBarP + (2 * slab));
                                    var three = TSimd.Constant(3);
                                    var square = TSimd.Multiply(z1, z1);
                                    var e3 = TSimd.MultiplyAdd(s2, z3, TSimd.Multiply(TSimd.Multiply(three, TSimd.Multiply(s3, z1)), z2));
                                    e3 = TActivation.IsOfOutput ? e3 : TSimd.MultiplyAdd(TSimd.Multiply(s4, z1), square, e3);
                                    var bar3 = TSimd.Multiply(s1, yBar3);
                                    var triple = TSimd.Multiply(three, yBar3);
                                    bar0 = TSimd.MultiplyAdd(e3, yBar3, bar0);
                                    bar1 = TSimd.MultiplyAdd(e2, triple, bar1);
                                    bar2 = TSimd.MultiplyAdd(e1, triple, bar2);
                                    if (TOrder.Value > 3 && order > 3)
                                    {
                                        var z4 = TSimd.Load(zp + (3 * slab));
                                        var yBar4 = TSimd.Load(yBarP + (3 * slab));
                                        var four = TSimd.Multiply(TSimd.Constant(4), yBar4);
                                        var inner = TSimd.MultiplyAdd(TSimd.Multiply(three, z2), z2, TSimd.Multiply(TSimd.Multiply(TSimd.Constant(4), z1), z3));
                                        var e4 = TSimd.MultiplyAdd(s2, z4, TSimd.Multiply(s3, inner));
                                        if (!TActivation.IsOfOutput)
                                        {
                                            e4 = TSimd.MultiplyAdd(TSimd.Multiply(TSimd.Constant(6), s4), TSimd.Multiply(square, z2), e4);
                                            e4 = TSimd.MultiplyAdd(s5, TSimd.Multiply(square, square), e4);
                                        }

                                        bar0 = TSimd.MultiplyAdd(e4, yBar4, bar0);
                                        bar1 = TSimd.MultiplyAdd(e3, four, bar1);
                                        bar2 = TSimd.MultiplyAdd(e2, TSimd.Multiply(TSimd.Constant(6), yBar4), bar2);
                                        bar3 = TSimd.MultiplyAdd(e1, four, bar3);
                                        Put(zBarP + (3 * slab), TSimd.Multiply(s1, yBar4), accumulate);
                                    }

                                    Put(zBarP + (2 * slab), bar3, accumulate);
                                }

                                Put(zBarP + slab, bar2, accumulate);
                            }

                            Put(zBarP, bar1, accumulate);
                            var rest = (order - 1) * slab;
                            zp += rest;
                            yBarP += rest;
                            zBarP += rest;
                        }
                    }

                    Put(zBar + at, bar0, accumulate);
                }

                kept += TActivation.Kept * slab;
            }

            z += stride;
            y += stride;
            yBar += stride;
            zBar += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TScalar* address, TVector value, bool accumulate) =>
        TSimd.Store(address, accumulate ? TSimd.Add(TSimd.Load(address), value) : value);
}
