using System.Collections.Immutable;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Results that a decision needs cannot be read.</summary>
/// <param name="damaged">Those that the table names.</param>
/// <param name="first">One of them.</param>
public sealed class LostResultsException(ImmutableArray<DamagedTrial> damaged, TrialKey first)
    : Exception($"the result of trial {first.Short} {(damaged.IsEmpty ? "is missing from the table of results" : "cannot be read")}")
{
    public ImmutableArray<DamagedTrial> Damaged => damaged;
}
