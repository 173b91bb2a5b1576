using ILGPU;
using ILGPU.Runtime;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>Memory of a device that grows when more is needed; what was in it is then gone.</summary>
internal sealed unsafe class GpuBuffer<T>(GpuDevice device, string what) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>Numbers that it holds.</summary>
    public long Length { get; private set; }

    /// <summary>All of it.</summary>
    public ArrayView<T> View => _buffer is null ? default : _buffer.View.BaseView;

    /// <summary>Makes room for so many; whether what was in it is gone.</summary>
    public bool Require(long length)
    {
        length = Math.Max(length, 1);
        if (length <= Length)
        {
            return false;
        }

        // A little more at once, so that numbers of points that creep up do not allocate every time.
        var wanted = Length == 0 ? length : length + (length / 4);
        Dispose();
        device.Do(FormattableString.Invariant($"{what} ({wanted * Interop.SizeOf<T>() / 1e6:0.#} MB)"), () => _buffer = device.Accelerator.Allocate1D<T>(wanted));
        Length = wanted;
        return true;
    }

    /// <summary>Copies to it, from a place on; complete when the queue is.</summary>
    public void Set(long start, ref T values, long length)
    {
        if (length > 0)
        {
            // The driver has read memory that is not pinned for good when this returns.
            fixed (T* pinned = &values)
            {
                View.SubView(start, length).CopyFromCPUUnsafeAsync(device.Stream, ref *pinned, length);
            }
        }
    }

    /// <summary>Copies from it to pinned memory; complete when the queue is.</summary>
    public void Get(ref T values, long length)
    {
        if (length > 0)
        {
            View.SubView(0, length).CopyToCPUUnsafeAsync(device.Stream, ref values, length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
        Length = 0;
    }
}
