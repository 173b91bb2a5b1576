namespace PinnSweep.Cluster.Machines;

/// <summary>
/// Who is to blame when the kernel killed a trainer for memory. It kills the largest process, or whatever is left in a full container, so
/// the victim need not be the one that took the memory.
/// </summary>
internal static class MemoryBlame
{
    /// <summary>
    /// True when the trainer took half of a slot's share of the memory or more: then the trial is too large to run beside the others, and
    /// gets more room. A trainer of which nothing is known counts as too large, as its trial would else be tried for ever.
    /// </summary>
    /// <param name="resident">The most bytes seen in the trainer; 0 where they were never seen.</param>
    /// <param name="total">Bytes of the machine, or of its container.</param>
    /// <param name="slots">Trials trained at the same time.</param>
    public static bool IsOfTrial(long resident, long total, int slots) => resident == 0 || resident >= total / Math.Max(1, slots) / 2;
}
