using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using PinnSweep.Jets.Engines.Gpu.Kernels;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>The kernels of a device in one precision, each compiled when it is first launched.</summary>
internal sealed class GpuKernels<T, TReal>(GpuDevice device)
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    // Cards let a kernel have more than this if it is asked for.
    private const int Unasked = 48 * 1024;

    private readonly Lazy<Action<AcceleratorStream, KernelConfig, TileArguments<T>>> _shared = new(() => device.Accelerator.LoadKernel<TileArguments<T>>(TileKernel.Run<T, TReal, SharedArena>));
    private readonly Lazy<Action<AcceleratorStream, KernelConfig, TileArguments<T>>> _global = new(() => device.Accelerator.LoadKernel<TileArguments<T>>(TileKernel.Run<T, TReal, GlobalArena>));
    private readonly Lazy<Action<AcceleratorStream, KernelConfig, TileArguments<T>, ArrayView<int>>> _pack = new(() => device.Accelerator.LoadKernel<TileArguments<T>, ArrayView<int>>(PackKernel.Run<T, TReal>));
    private readonly Lazy<Action<AcceleratorStream, KernelConfig, TileArguments<T>, int>> _reduce = new(() => device.Accelerator.LoadKernel<TileArguments<T>, int>(ReduceKernel.Run<T, TReal>));
    private int _asked = Unasked;

    /// <summary>Packs the weights of all lanes.</summary>
    public void Pack(TileArguments<T> arguments, ArrayView<int> map, int packedLength, int lanes)
    {
        if (packedLength > 0)
        {
            _pack.Value(device.Stream, Grid(packedLength, lanes), arguments, map);
        }
    }

    /// <summary>Runs the items.</summary>
    public void Tiles(TileArguments<T> arguments, bool isShared)
    {
        var blocks = Math.Min(arguments.ItemCount, device.Blocks);
        if (!isShared)
        {
            _global.Value(device.Stream, new(blocks, device.Threads), arguments);
            return;
        }

        var launcher = _shared.Value;
        var bytes = arguments.ArenaLength * Interop.SizeOf<T>();
        if (bytes > _asked && launcher.GetKernel() is CudaKernel kernel)
        {
            CudaDriver.AllowSharedMemory(kernel.FunctionPtr, bytes);
            _asked = bytes;
        }

        launcher(device.Stream, new(blocks, device.Threads, SharedMemoryConfig.RequestDynamic<T>(arguments.ArenaLength)), arguments);
    }

    /// <summary>Adds the gradients of items to those of lanes.</summary>
    public void Reduce(TileArguments<T> arguments, int length, int lanes) => _reduce.Value(device.Stream, Grid(length, lanes), arguments, length);

    private KernelConfig Grid(int entries, int lanes) => new(new Index3D(Math.Min((entries + device.Threads - 1) / device.Threads, 256), lanes, 1), new Index3D(device.Threads, 1, 1));
}
