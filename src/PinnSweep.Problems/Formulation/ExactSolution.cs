namespace PinnSweep.Problems.Formulation;

/// <summary>The true solution at a point in problem units: one value per output.</summary>
public delegate void ExactSolution(ReadOnlySpan<double> point, Span<double> values);
