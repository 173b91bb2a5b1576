using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// How the rows of a tile are laid out. A row is one feature: for each group of points all channels, each channel a slab of four vectors.
/// One more vector of padding between rows keeps rows of a power of two from falling into the same few cache sets.
/// </summary>
internal sealed class TileShape
{
    public TileShape(JetLayout layout, int lanes, int groups)
    {
        Layout = layout;
        Lanes = lanes;
        Groups = groups;
        Channels = layout.Channels;
        Orders = [.. layout.Directions.Select(direction => direction.Order)];
    }

    public JetLayout Layout { get; }

    public int Lanes { get; }

    /// <summary>Groups of points; several where there are few channels, so that a row is long enough for the weight gradient.</summary>
    public int Groups { get; }

    public int Channels { get; }

    /// <summary>The order of each direction; its channels follow one another behind the value.</summary>
    public int[] Orders { get; }

    /// <summary>Numbers in one channel of one group, which is also its number of points.</summary>
    public int Slab => 4 * Lanes;

    /// <summary>Numbers in the channels of one group.</summary>
    public int Group => Channels * Slab;

    /// <summary>Slabs of a row.</summary>
    public int Slabs => Groups * Channels;

    /// <summary>Vectors of a row.</summary>
    public int Vectors => 4 * Slabs;

    /// <summary>From one row to the next.</summary>
    public nint Stride => (nint)(Slabs * Slab) + Lanes;

    /// <summary>Points of a tile.</summary>
    public int Points => Groups * Slab;

    /// <summary>Groups worth having for so many channels and points.</summary>
    public static int GroupsFor(int channels, int points, int slab) =>
        Math.Clamp(Math.Min(4 / channels, (points + slab - 1) / slab), 1, 4);
}
