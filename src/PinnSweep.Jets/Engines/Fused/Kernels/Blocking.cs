namespace PinnSweep.Jets.Engines.Fused;

/// <summary>Rows divided into the fewest blocks of at most <paramref name="Largest"/>, as equal as can be: 50 rows by 6 are 5 × 6 + 4 × 5, none padded.</summary>
internal readonly record struct Blocking(int Rows, int Largest)
{
    public int Count => (Rows + Largest - 1) / Largest;

    /// <summary>Rows of block i; the larger blocks come first.</summary>
    public int Size(int i) => (Rows / Count) + (i < Rows % Count ? 1 : 0);
}
