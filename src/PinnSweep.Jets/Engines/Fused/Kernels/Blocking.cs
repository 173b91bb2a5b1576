namespace PinnSweep.Jets.Engines.Fused.Kernels;

/// <summary>
/// Rows divided into the fewest blocks of a largest size, as equal as can be: 50 rows by 6 are 5 × 6 + 4 × 5, none padded.
/// </summary>
internal readonly struct Blocking
{
    private readonly int _small;
    private readonly int _larger;

    public Blocking(int rows, int largest)
    {
        Rows = rows;
        Count = (rows + largest - 1) / largest;
        _small = rows / Count;
        _larger = rows % Count;
    }

    public int Rows { get; }

    public int Count { get; }

    /// <summary>Rows of block i; the larger blocks come first.</summary>
    public int Size(int i) => i < _larger ? _small + 1 : _small;
}
