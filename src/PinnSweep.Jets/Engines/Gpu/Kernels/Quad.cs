using System.Numerics;
using System.Runtime.CompilerServices;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Four numbers that a thread keeps in registers.</summary>
internal readonly struct Quad<T>(T a, T b, T c, T d)
    where T : unmanaged, INumber<T>
{
    public T A { get; } = a;

    public T B { get; } = b;

    public T C { get; } = c;

    public T D { get; } = d;

    /// <summary>This + factor × other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quad<T> Plus<TReal>(T factor, Quad<T> other)
        where TReal : struct, IReal<T>
    {
        var real = default(TReal);
        return new(real.MultiplyAdd(factor, other.A, A), real.MultiplyAdd(factor, other.B, B), real.MultiplyAdd(factor, other.C, C), real.MultiplyAdd(factor, other.D, D));
    }
}
