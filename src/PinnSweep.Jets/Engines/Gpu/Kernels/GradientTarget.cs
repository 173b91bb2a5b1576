using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Where derivatives by θ go: the sum over the points of an item, or a row for each point. Each entry is always written by one thread, in the
/// order of tiles and nodes, so its sum has one order whatever runs beside it.
/// </summary>
internal readonly struct GradientTarget<T>(ArrayView<T> view, int length, int isRows)
    where T : unmanaged, INumber<T>
{
    /// <summary>The gradient, or the rows of the tile.</summary>
    public ArrayView<T> View { get; } = view;

    /// <summary>Entries of a gradient or row.</summary>
    public int Length { get; } = length;

    /// <summary>Whether each point has a row.</summary>
    public int IsRows { get; } = isRows;

    /// <summary>Adds to entry k, of the row of point p where there are rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int p, int k, T value)
    {
        var view = View;
        view[(p * Length) + k] += value;
    }
}
