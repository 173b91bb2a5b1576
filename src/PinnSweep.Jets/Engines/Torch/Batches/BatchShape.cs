namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// The shape of all operations of a backend. libtorch takes another kernel, with sums in another order, for another number of lanes: so each
/// operation of a form and number of points has the same number of them, with copies of the first in place of those that are not there.
/// </summary>
/// <param name="Lanes">Lanes of an operation at most.</param>
/// <param name="RoundedTo">
/// Points of a lane are filled up to a multiple of this, with copies of the last one that have no weight, and its parameters with nothing: so
/// every lane begins at a like address, for kernels take the first numbers of a vector that begins elsewhere apart.
/// </param>
/// <param name="MostNumbers">Values and derivatives of all nodes, points and lanes at most, where that leaves more than one lane.</param>
internal sealed record BatchShape(int Lanes, int RoundedTo, long MostNumbers)
{
    /// <summary>
    /// Eight lanes of small networks; of large ones fewer, which fill a card as well: with what autograd keeps beside them 2²⁷ numbers are some
    /// gigabytes of float32.
    /// </summary>
    public static BatchShape Usual { get; } = new(8, 16, 1L << 27);

    /// <summary>A number of points or parameters of a lane with what fills it up.</summary>
    public int Rounded(int count) => (count + RoundedTo - 1) / RoundedTo * RoundedTo;

    /// <summary>Lanes of an operation for a lane of so many numbers: it depends on nothing else, so that digits do not.</summary>
    public int LanesFor(long numbers)
    {
        var lanes = Lanes;
        while (lanes > 1 && lanes * numbers > MostNumbers)
        {
            lanes /= 2;
        }

        return lanes;
    }
}
