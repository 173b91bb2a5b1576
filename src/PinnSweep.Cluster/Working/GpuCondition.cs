using System.Collections.Immutable;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Working;

/// <summary>A GPU that has failed.</summary>
/// <param name="Strikes">Processes that lost it since a trial got on there.</param>
/// <param name="Ending">What the last of them trained and has not ended yet.</param>
/// <param name="Drained">Why it is out of use; null while it is not.</param>
internal sealed record GpuCondition(int Strikes, ImmutableHashSet<AttemptId> Ending, string? Drained)
{
    /// <summary>Whether its slots may be filled.</summary>
    public bool TakesWork => Drained is null && Ending.IsEmpty;
}
