using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Testing.Histories;

/// <summary>What is known of a run after it became quiet, from whoever saw it.</summary>
/// <param name="Planned">The trials that were asked for.</param>
/// <param name="Journal">Every decision, in the journal's order.</param>
/// <param name="Stored">The results table: attempt and content of each accepted result.</param>
/// <param name="Expected">What an uninterrupted run of the trial gives; absent for trials that never end.</param>
/// <param name="Acknowledged">Results that a worker was told are counted.</param>
/// <param name="Slots">Slots of each worker.</param>
public sealed record SweepRecord(
    ImmutableArray<TrialKey> Planned,
    ImmutableArray<SweepEvent> Journal,
    ImmutableDictionary<TrialKey, (int Attempt, string Content)> Stored,
    ImmutableDictionary<TrialKey, string> Expected,
    ImmutableArray<AttemptId> Acknowledged,
    ImmutableDictionary<string, int> Slots);
