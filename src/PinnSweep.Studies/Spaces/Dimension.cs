namespace PinnSweep.Studies.Spaces;

/// <summary>One thing that a search varies.</summary>
/// <param name="Name">What tables call it: factor and parameter, for instance <c>optimizer.lr</c>. Unique in its space.</param>
/// <param name="Scale">Its values.</param>
/// <param name="When">The choice under which it means anything; null where it always does.</param>
public sealed record Dimension(string Name, DimensionScale Scale, DimensionCondition? When = null);

/// <summary>A dimension counts only where another one, before it in the space, has a certain value.</summary>
/// <param name="Dimension">The number of the other, a <see cref="DimensionScale.Choice"/>.</param>
/// <param name="Value">The number of its value.</param>
public sealed record DimensionCondition(int Dimension, int Value);
