namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// A trial that goes on from the end of another one, whose description is the same but for a smaller budget. Where the last checkpoint of
/// that one is gone it trains from the beginning, to the same digits.
/// </summary>
/// <param name="Key">The trial with more steps.</param>
/// <param name="From">The one that was trained before.</param>
public sealed record ContinuedTrial(TrialKey Key, TrialKey From);
