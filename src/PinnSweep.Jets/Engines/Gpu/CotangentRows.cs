namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>Rows of the arena for cotangents, given out and taken back while the reverse pass is laid out: the first gap that is wide enough.</summary>
internal sealed class CotangentRows
{
    private readonly List<(int Start, int Width)> _used = [];

    /// <summary>Rows that were in use at the same time.</summary>
    public int Rows { get; private set; }

    /// <summary>The first of so many rows.</summary>
    public int Take(int width)
    {
        var start = 0;
        var place = 0;
        while (place < _used.Count && _used[place].Start < start + width)
        {
            start = _used[place].Start + _used[place].Width;
            place++;
        }

        _used.Insert(place, (start, width));
        Rows = Math.Max(Rows, start + width);
        return start;
    }

    /// <summary>Gives rows back.</summary>
    public void Release(int start) => _used.RemoveAt(_used.FindIndex(rows => rows.Start == start));
}
