using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>
/// Four neighbouring vectors: one channel of one feature for a group of points. Four fields, the most the JIT keeps in registers.
/// </summary>
internal unsafe struct Quad<TSimd, TVector, TScalar>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public TVector V0;
    public TVector V1;
    public TVector V2;
    public TVector V3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TSimd, TVector, TScalar> Load(TScalar* address)
    {
        Quad<TSimd, TVector, TScalar> quad;
        quad.V0 = TSimd.Load(address);
        quad.V1 = TSimd.Load(address + TSimd.Lanes);
        quad.V2 = TSimd.Load(address + (2 * TSimd.Lanes));
        quad.V3 = TSimd.Load(address + (3 * TSimd.Lanes));
        return quad;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TSimd, TVector, TScalar> Broadcast(TScalar value)
    {
        Quad<TSimd, TVector, TScalar> quad;
        quad.V0 = quad.V1 = quad.V2 = quad.V3 = TSimd.Broadcast(value);
        return quad;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(TScalar* address)
    {
        TSimd.Store(address, V0);
        TSimd.Store(address + TSimd.Lanes, V1);
        TSimd.Store(address + (2 * TSimd.Lanes), V2);
        TSimd.Store(address + (3 * TSimd.Lanes), V3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVector Sum() => TSimd.Add(TSimd.Add(V0, V1), TSimd.Add(V2, V3));
}
