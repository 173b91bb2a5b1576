namespace PinnSweep.Problems.Formulation;

/// <summary>The points of a term, row-major n × dimension in problem units.</summary>
/// <param name="term">Its number in the problem.</param>
public delegate ReadOnlySpan<double> TermPoints(int term);
