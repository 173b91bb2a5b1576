using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>How one search goes.</summary>
/// <param name="Design">Who proposes.</param>
/// <param name="Trials">The purse: proposals in all, all different, <paramref name="First"/> among them.</param>
/// <param name="Seed">Of all chance in the search.</param>
/// <param name="Generation">Proposals at a time, at least 1; only tpe looks at it.</param>
/// <param name="First">Proposal 0, the defaults, which may lie outside the space; null where there is none.</param>
public sealed record SearchPlan(DesignKind Design, int Trials, long Seed, int Generation, SpacePoint? First);
