using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Curves;

/// <summary>A point of the curve of a trial that is being trained, as its worker reported it.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Completed">How much of the budget is used: steps or seconds, as the budget is.</param>
/// <param name="RelativeL2">The error then; not a number where it is unknown.</param>
/// <param name="StepsPerSecond">The pace then; not a number where it is unknown.</param>
/// <param name="At">When the coordinator heard of it.</param>
public readonly record struct LivePoint(TrialKey Key, int Attempt, int Step, double Completed, double RelativeL2, double StepsPerSecond, DateTimeOffset At);
