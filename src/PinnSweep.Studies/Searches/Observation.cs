using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Searches;

/// <summary>What became of a proposal.</summary>
/// <param name="Point">What was proposed.</param>
/// <param name="Score">Smaller is better; +∞ where a trial of it failed: diverged, crashed, was censored.</param>
public sealed record Observation(SpacePoint Point, double Score);
