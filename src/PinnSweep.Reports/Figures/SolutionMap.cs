using System.Collections.Immutable;

namespace PinnSweep.Reports.Figures;

/// <summary>An output of a solution, or a residual, over two coordinates.</summary>
/// <param name="Title">What it is and where it was cut.</param>
/// <param name="Values">By the first coordinate, then the second; not a number outside the domain.</param>
/// <param name="Reference">The same of the reference; empty where none is known.</param>
public sealed record SolutionMap(string Title, ImmutableArray<ImmutableArray<double>> Values, ImmutableArray<ImmutableArray<double>> Reference);

/// <summary>An output of a solution, or a residual, along one coordinate.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Values">At each point.</param>
/// <param name="Reference">The same of the reference; empty where none is known.</param>
public sealed record SolutionLine(string Title, ImmutableArray<double> Values, ImmutableArray<double> Reference);
