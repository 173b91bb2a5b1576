using System.Collections.Immutable;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>What a stored plan in stages has beside any other.</summary>
internal sealed record StagedPart(TuneSpec? Tune, ReplicateSpec? Replicate, ImmutableArray<PlannedSearch> Searches, ImmutableArray<StageDecision> Stages);
