namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// The shape of all operations of a backend. libtorch takes another kernel, with sums in another order, for another number of lanes: so each
/// operation has the same number of them, with copies of the first in place of those that are not there.
/// </summary>
/// <param name="Lanes">Lanes of an operation.</param>
/// <param name="RoundedTo">
/// Points of a lane are filled up to a multiple of this, with copies of the last one that have no weight, and its parameters with nothing: so
/// every lane begins at a like address, for kernels take the first numbers of a vector that begins elsewhere apart.
/// </param>
internal sealed record BatchShape(int Lanes, int RoundedTo)
{
    /// <summary>
    /// What fills a card with operations of small networks, and takes no more memory than one of eight lanes' trials would need together.
    /// </summary>
    public static BatchShape Usual { get; } = new(8, 16);

    /// <summary>A number of points or parameters of a lane with what fills it up.</summary>
    public int Rounded(int count) => (count + RoundedTo - 1) / RoundedTo * RoundedTo;
}
