using System.Collections.Immutable;

namespace PinnSweep.Pinns;

/// <summary>A reference solution on a grid of times and positions, with the error that it has itself.</summary>
/// <param name="Times">Increasing times; the first is the initial one.</param>
/// <param name="Positions">Positions in the order of the values.</param>
/// <param name="Values">u, time by time: entry j·positions + i.</param>
/// <param name="Floor">Relative L2 distance to a solution at half the resolution in space and time: an upper bound of the reference's own error.</param>
public sealed record ReferenceGrid(ImmutableArray<double> Times, ImmutableArray<double> Positions, ImmutableArray<double> Values, double Floor);
