using System.Numerics;
using ILGPU;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Where the arena of a block of threads lies. Known when a kernel is compiled, so that each place has its own instructions.</summary>
internal interface IArena
{
    /// <summary>The arena of this block.</summary>
    ArrayView<T> Of<T>(TileArguments<T> arguments)
        where T : unmanaged, INumber<T>;
}

/// <summary>In shared memory.</summary>
internal readonly struct SharedArena : IArena
{
    /// <inheritdoc/>
    public ArrayView<T> Of<T>(TileArguments<T> arguments)
        where T : unmanaged, INumber<T> => SharedMemory.GetDynamic<T>();
}

/// <summary>In the memory of the device.</summary>
internal readonly struct GlobalArena : IArena
{
    /// <inheritdoc/>
    public ArrayView<T> Of<T>(TileArguments<T> arguments)
        where T : unmanaged, INumber<T> => arguments.Scratch.SubView((long)Grid.IdxX * arguments.ArenaLength, arguments.ArenaLength);
}
