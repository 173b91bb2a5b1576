namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// The order in which the trials of a study are granted: the first seed of every cell, in the order of the plan, then the second of every
/// cell. A study that is not done then has the same seeds of all its methods, so its table compares them.
/// </summary>
/// <param name="seeds">Trials of one cell that follow each other in the plan.</param>
internal sealed class SeedOrder(int seeds) : IComparer<int>
{
    /// <summary>The order of positions in a plan; that of the plan itself where the seeds of a cell are not known.</summary>
    public static IComparer<int> Of(int seeds) => seeds > 1 ? new SeedOrder(seeds) : Comparer<int>.Default;

    /// <inheritdoc/>
    public int Compare(int x, int y) => x % seeds == y % seeds ? x.CompareTo(y) : (x % seeds).CompareTo(y % seeds);
}
