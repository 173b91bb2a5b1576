using ILGPU;
using ILGPU.Runtime;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>Memory of the host that the device copies from and to without a detour; it grows when more is needed.</summary>
internal sealed class HostBuffer<T>(GpuDevice device, string what) : IDisposable
    where T : unmanaged
{
    private PageLockedArray1D<T>? _memory;

    /// <summary>All of it.</summary>
    public Span<T> Span => _memory is null ? [] : _memory.Span;

    /// <summary>Makes room for so many; what was in it is then gone.</summary>
    public void Require(long length)
    {
        length = Math.Max(length, 1);
        if (_memory is null || _memory.Length < length)
        {
            Dispose();
            device.Do(FormattableString.Invariant($"{what} ({length * Interop.SizeOf<T>() / 1e6:0.#} MB of the host)"), () => _memory = device.Accelerator.AllocatePageLocked1D<T>(length));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory?.Dispose();
        _memory = null;
    }
}
