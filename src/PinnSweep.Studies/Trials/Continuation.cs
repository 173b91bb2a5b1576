namespace PinnSweep.Studies.Trials;

/// <summary>Where a trial began that did not begin at step 0.</summary>
/// <param name="From">The trial with fewer steps whose end it goes on from.</param>
/// <param name="Step">The steps of that one.</param>
public sealed record Continuation(TrialKey From, int Step);
