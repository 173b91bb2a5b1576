using PinnSweep.Jets.Engines.Fused.Stages;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// Memory that tiles of one network and shape use one after another: cotangents of a reverse pass, and values that are read once, right
/// after they are written. It stays warm in the cache, and a tile that is kept is smaller by it.
/// </summary>
internal sealed unsafe class TileWorkspace<TScalar>(TileShape shape, int transientWidth) : IDisposable
    where TScalar : unmanaged
{
    private readonly AlignedBuffer<TScalar> _transient = new(transientWidth * shape.Stride);

    public CotangentPool<TScalar> Cotangents { get; } = new(shape.Stride);

    /// <summary>Rows for a node whose values only the next stage's forward pass reads.</summary>
    public TScalar* Transient => _transient.Pointer;

    public void Dispose()
    {
        _transient.Dispose();
        Cotangents.Dispose();
    }
}
