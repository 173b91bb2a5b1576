using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// A solver without networks at one of several resolutions: the seconds that it takes for an error are the yardstick beside those of trained networks.
/// </summary>
/// <param name="Method">In words, with its order.</param>
/// <param name="Resolutions">From coarse to fine, in a unit of the method's own such as cells along a side.</param>
/// <param name="Solve">
/// Solves anew on one core, from nothing that an earlier call left; the outputs at the test grid's points, laid out as
/// <see cref="Problem.ExactOnTestGrid"/>.
/// </param>
public sealed record ClassicalSolver(string Method, ImmutableArray<int> Resolutions, Func<int, double[]> Solve);
