using System.Runtime.CompilerServices;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>Sums over channels that keep the points apart, for rows of the Jacobian.</summary>
internal static unsafe class PointKernels<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
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
}
