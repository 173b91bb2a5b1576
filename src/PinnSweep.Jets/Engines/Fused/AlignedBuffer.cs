using System.Runtime.InteropServices;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>Native memory aligned to a cache line, which is the widest vector; zero when fresh.</summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    public AlignedBuffer(long length)
    {
        var bytes = (nuint)Math.Max(length, 1) * (nuint)sizeof(T);
        Length = length;
        Pointer = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(Pointer, bytes);
    }

    ~AlignedBuffer() => Free();

    public long Length { get; }

    public T* Pointer { get; private set; }

    /// <summary>A buffer at least as long: this one, or a fresh one in its place.</summary>
    public AlignedBuffer<T> AtLeast(long length)
    {
        if (length <= Length)
        {
            return this;
        }

        Dispose();
        return new(length);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
