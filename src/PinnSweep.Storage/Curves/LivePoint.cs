using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Curves;

/// <summary>A point of the curve of a trial that is being trained, as its worker reported it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Progress">Where it stood. The tables keep neither its loss nor its budget.</param>
/// <param name="At">When the coordinator heard of it.</param>
public readonly record struct LivePoint(TrialKey Key, int Attempt, AttemptProgress Progress, DateTimeOffset At);
