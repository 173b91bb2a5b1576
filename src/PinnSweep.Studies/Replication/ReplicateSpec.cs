using System.Collections.Immutable;

namespace PinnSweep.Studies.Replication;

/// <summary>Seeds until decided: when a study looks, and what it takes to end a comparison.</summary>
/// <param name="Looks">Seeds per cell at each look, growing.</param>
/// <param name="Alpha">α of the whole family over all looks.</param>
/// <param name="Spending">How α is spread over the looks.</param>
/// <param name="Equivalence">Errors within this factor of one another are practically equal; 1 declares no such region.</param>
public sealed record ReplicateSpec(ImmutableArray<int> Looks, double Alpha, SpendingFunction Spending, double Equivalence)
{
    /// <inheritdoc/>
    public bool Equals(ReplicateSpec? other) =>
        other is not null && Alpha == other.Alpha && Spending == other.Spending && Equivalence == other.Equivalence
        && Looks.SequenceEqual(other.Looks);

    /// <inheritdoc/>
    public override int GetHashCode() => Looks.Aggregate(HashCode.Combine(Alpha, Spending, Equivalence), HashCode.Combine);
}
