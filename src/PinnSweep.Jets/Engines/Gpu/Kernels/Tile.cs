using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// One tile of points of one lane in the hands of a block of threads. A row of the arena is one feature: channel after channel, each a number
/// for every point; rows are an odd number apart, so that neighbouring threads meet different banks.
/// </summary>
internal readonly struct Tile<T>(ArrayView<int> table, ArrayView<T> arena, ArrayView<T> data, ArrayView<T> step, ArrayView<T> packed, int count, int start, int pointCount)
    where T : unmanaged, INumber<T>
{
    public ArrayView<int> Table { get; } = table;

    public ArrayView<T> Arena { get; } = arena;

    /// <summary>The lane's data.</summary>
    public ArrayView<T> Data { get; } = data;

    /// <summary>The lane's numbers of the step, θ first.</summary>
    public ArrayView<T> Step { get; } = step;

    /// <summary>The lane's packed weights.</summary>
    public ArrayView<T> Packed { get; } = packed;

    /// <summary>Points of the tile that there are; the others are copies of the last one.</summary>
    public int Count { get; } = count;

    /// <summary>The first point.</summary>
    public int Start { get; } = start;

    /// <summary>Points of the lane.</summary>
    public int PointCount { get; } = pointCount;

    // Read once: a kernel that stores between two loads must load again.
    public int Channels { get; } = table[At.Channels];

    public int Directions { get; } = table[At.Directions];

    /// <summary>Points of a tile.</summary>
    public int Points { get; } = table[At.Points];

    public int Pitch { get; } = table[At.Pitch];

    /// <summary>Numbers of a row.</summary>
    public int Columns => Channels * Points;

    /// <summary>The order of a direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Order(int direction) => Table[Table[At.Orders] + direction];

    /// <summary>The lane's point of a column; a copy of the last one behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Point(int p) => Start + (p < Count ? p : Count - 1);

    /// <summary>Sets or adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int at, T value, int accumulates) => Arena[at] = accumulates == 0 ? value : Arena[at] + value;
}
