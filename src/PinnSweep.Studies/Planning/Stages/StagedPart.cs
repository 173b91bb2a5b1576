using System.Collections.Immutable;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>What a stored plan in stages, or with a design, has beside any other.</summary>
internal sealed record StagedPart(TuneSpec? Tune, ReplicateSpec? Replicate, ImmutableArray<PlannedSearch> Searches, ImmutableArray<StageDecision> Stages)
{
    /// <summary>The design of a study that searches for nothing; null of any other.</summary>
    public DesignSpec? Design { get; init; }

    /// <summary>Cells that take another budget: later stages may have trials of them.</summary>
    public ImmutableArray<BudgetException> BudgetExceptions { get; init; } = [];
}
