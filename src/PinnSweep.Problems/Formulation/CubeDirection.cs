namespace PinnSweep.Problems.Formulation;

/// <summary>A direction of the unit cube of a <see cref="Region"/>.</summary>
/// <param name="Extent">Its length in problem units.</param>
/// <param name="IsTime">Whether it is time.</param>
/// <param name="Closes">Whether it ends where it begins: around a circle.</param>
public readonly record struct CubeDirection(double Extent, bool IsTime, bool Closes);
