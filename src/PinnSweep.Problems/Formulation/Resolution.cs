using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Formulation;

/// <summary>How a <see cref="PeriodicEvolution"/> is solved for a problem, and on which grid it is shown.</summary>
/// <param name="Modes">Points in space.</param>
/// <param name="StepsPerOutput">Time steps between outputs.</param>
/// <param name="End">The last time.</param>
/// <param name="Outputs">Outputs after the initial one.</param>
/// <param name="Positions">Intervals of the shown positions.</param>
/// <param name="Later">A name and a time from which the floor is measured apart.</param>
internal sealed record Resolution(int Modes, int StepsPerOutput, double End, int Outputs, int Positions, (string Name, double From)? Later = null);
