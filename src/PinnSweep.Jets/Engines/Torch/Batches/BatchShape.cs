namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// How many lanes an operation has. libtorch may choose another kernel, with sums in another order, for a batch of another size; where it
/// does, every batch has the same size, with copies of a lane in place of those that are not there.
/// </summary>
/// <param name="Lanes">Lanes of an operation at most.</param>
/// <param name="IsFixed">Whether every operation has so many.</param>
/// <param name="PointsOf">Points are filled up to a multiple of this, with copies of the last one that have no weight.</param>
internal sealed record BatchShape(int Lanes, bool IsFixed, int PointsOf)
{
    /// <summary>Of cores.</summary>
    public static BatchShape OfCores { get; } = new(8, IsFixed: false, 1);

    /// <summary>Of cards.</summary>
    public static BatchShape OfCards { get; } = new(8, IsFixed: true, 8);

    /// <summary>The engine's name in results: those that round as the engine of trials alone have its name.</summary>
    public string NameOf(string device) => IsFixed ? FormattableString.Invariant($"torch/{device}, lanes of {Lanes}") : $"torch/{device}";

    /// <summary>Lanes of an operation for so many that ask.</summary>
    public int LanesFor(int asking) => IsFixed ? Lanes : asking;

    /// <summary>Points of an operation for so many of a lane.</summary>
    public int PointsFor(int points) => (points + PointsOf - 1) / PointsOf * PointsOf;
}
