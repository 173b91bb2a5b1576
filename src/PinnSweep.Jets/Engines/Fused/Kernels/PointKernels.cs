using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>Sums over channels that keep the points apart, for rows of the Jacobian.</summary>
internal static unsafe class PointKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>
    /// Adds for each point ‖Σ_c δ_c ⊗ a_c‖², the squared norm of a dense layer's own gradient, δ_c and a_c the vectors over neurons of
    /// channel c: by the Gram matrices of both, Σ_cd (δ_c·δ_d)(a_c·a_d), which takes channels² · (rows + columns) multiplications in place
    /// of channels · rows · columns. With a bias also ‖δ_0‖².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOuterSquares(TScalar* delta, int rows, TScalar* a, int columns, TileShape shape, bool bias, TScalar* squares)
    {
        var slab = 4 * TSimd.Lanes;
        for (var g = 0; g < shape.Groups; g++)
        {
            for (var offset = 0; offset < slab; offset += TSimd.Lanes)
            {
                var at = (g * shape.Group) + offset;
                var sum = TSimd.Load(squares);
                for (var c = 0; c < shape.Channels; c++)
                {
                    var own = Product(delta + at + (c * slab), delta + at + (c * slab), rows, shape.Stride);
                    sum = TSimd.MultiplyAdd(own, Product(a + at + (c * slab), a + at + (c * slab), columns, shape.Stride), sum);
                    sum = bias && c == 0 ? TSimd.Add(sum, own) : sum;
                    for (var d = 0; d < c; d++)
                    {
                        var pair = Product(delta + at + (c * slab), delta + at + (d * slab), rows, shape.Stride);
                        pair = TSimd.Add(pair, pair);
                        sum = TSimd.MultiplyAdd(pair, Product(a + at + (c * slab), a + at + (d * slab), columns, shape.Stride), sum);
                    }
                }

                TSimd.Store(squares, sum);
                squares += TSimd.Lanes;
            }
        }
    }

    /// <summary>For each point Σ over channels of a b, or of a alone where b is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(TScalar* a, TScalar* b, int channels, TileShape shape, TScalar* sums)
    {
        var slab = 4 * TSimd.Lanes;
        for (var g = 0; g < shape.Groups; g++)
        {
            for (var offset = 0; offset < slab; offset += TSimd.Lanes)
            {
                TVector sum = default;
                for (var c = 0; c < channels; c++)
                {
                    var at = (g * shape.Group) + (c * slab) + offset;
                    var x = TSimd.Load(a + at);
                    sum = b == null ? TSimd.Add(sum, x) : TSimd.MultiplyAdd(x, TSimd.Load(b + at), sum);
                }

                TSimd.Store(sums, sum);
                sums += TSimd.Lanes;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Product(TScalar* x, TScalar* y, int count, nint stride)
    {
        TVector sum = default;
        for (var i = 0; i < count; i++)
        {
            sum = TSimd.MultiplyAdd(TSimd.Load(x + (i * stride)), TSimd.Load(y + (i * stride)), sum);
        }

        return sum;
    }
}
