namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// Memory for cotangents, planned once in the order of the reverse pass: a node's cotangent lives from its first user's pullback to its
/// own, so few buffers, still warm in the cache, serve the whole network.
/// </summary>
internal sealed unsafe class CotangentPool<TScalar>(nint stride) : IDisposable
    where TScalar : unmanaged
{
    private readonly List<AlignedBuffer<TScalar>> _all = [];
    private readonly List<AlignedBuffer<TScalar>> _free = [];
    private readonly Dictionary<FeatureRows<TScalar>, AlignedBuffer<TScalar>> _lent = [];

    /// <summary>Gives the node a cotangent if it has none; true when it had one, which the caller must then add to.</summary>
    public bool Claim(FeatureRows<TScalar> rows)
    {
        if (_lent.ContainsKey(rows))
        {
            return true;
        }

        var length = rows.Width * stride;
        var buffer = _free.LastOrDefault(candidate => candidate.Length >= length);
        if (buffer is null)
        {
            buffer = new(length);
            _all.Add(buffer);
        }
        else
        {
            _free.Remove(buffer);
        }

        _lent[rows] = buffer;
        rows.Cotangents = buffer.Pointer;
        return false;
    }

    /// <summary>The node's own pullback is done.</summary>
    public void Release(FeatureRows<TScalar> rows) => _free.Add(_lent[rows]);

    public void Dispose() => _all.ForEach(buffer => buffer.Dispose());
}
