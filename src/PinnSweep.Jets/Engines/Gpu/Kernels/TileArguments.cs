using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>What the kernels of a launch work on.</summary>
internal readonly struct TileArguments<T>(
    ArrayView<int> table,
    ArrayView<int> lanes,
    ArrayView<int> items,
    ArrayView<T> data,
    ArrayView<T> step,
    ArrayView<T> packed,
    ArrayView<T> partials,
    ArrayView<T> results,
    ArrayView<T> scratch,
    int work,
    int itemCount,
    int arenaLength)
    where T : unmanaged, INumber<T>
{
    /// <summary>The form: <see cref="At"/>.</summary>
    public ArrayView<int> Table { get; } = table;

    /// <summary>A record a lane: <see cref="AtLane"/>.</summary>
    public ArrayView<int> Lanes { get; } = lanes;

    /// <summary>Lane and first point of each item.</summary>
    public ArrayView<int> Items { get; } = items;

    /// <summary>What stays on the device, lane by lane.</summary>
    public ArrayView<T> Data { get; } = data;

    /// <summary>What came with this launch, lane by lane.</summary>
    public ArrayView<T> Step { get; } = step;

    /// <summary>Packed weights, lane by lane.</summary>
    public ArrayView<T> Packed { get; } = packed;

    /// <summary>Gradients of the items.</summary>
    public ArrayView<T> Partials { get; } = partials;

    /// <summary>What goes back, lane by lane.</summary>
    public ArrayView<T> Results { get; } = results;

    /// <summary>An arena for each block of threads, where it is not in shared memory.</summary>
    public ArrayView<T> Scratch { get; } = scratch;

    /// <summary>A <see cref="TileWork"/>.</summary>
    public int Work { get; } = work;

    /// <summary>Number of items.</summary>
    public int ItemCount { get; } = itemCount;

    /// <summary>Numbers of an arena.</summary>
    public int ArenaLength { get; } = arenaLength;
}
