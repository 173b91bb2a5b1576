using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials;

/// <summary>
/// How large the quantities of a problem are for the network that was trained on it, in the problem's units. The diagnosis uses them to
/// distinguish what the problem's scales cause from what a method causes.
/// </summary>
/// <param name="Outputs">The network's outputs.</param>
/// <param name="Terms">The loss terms, in the order of <see cref="TrialResult.Terms"/>.</param>
/// <param name="Coordinates">The coordinates.</param>
public sealed record TrialSizes(ImmutableArray<OutputSize> Outputs, ImmutableArray<TermSize> Terms, ImmutableArray<CoordinateSize> Coordinates);

/// <summary>
/// An output. Sizes are root mean squares over the domain; the mean is out of outputs that the equations fix but for a constant.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">With the initial weights.</param>
/// <param name="End">At the end.</param>
/// <param name="Variation">Its standard deviation at the end.</param>
/// <param name="Asked">The size of the solution, or where it is not known the largest that a condition asks for; null where neither
/// says.</param>
/// <param name="AskedVariation">The standard deviation of the solution; null where it is not known.</param>
/// <param name="Error">The relative L2 error of this output alone; null where the solution is not known.</param>
public sealed record OutputSize(string Name, double Start, double End, double Variation, double? Asked, double? AskedVariation, double? Error);

/// <summary>A term: root mean square of the largest of the parts that its residual adds.</summary>
/// <param name="Start">With the initial weights.</param>
/// <param name="End">At the end.</param>
public sealed record TermSize(double Start, double End);

/// <summary>A coordinate.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Largest">The largest magnitude in the domain.</param>
/// <param name="Extent">Largest minus smallest value.</param>
/// <param name="Resolution">Distance of neighbouring numbers at <paramref name="Largest"/> in the precision of the passes, as a part of the
/// extent.</param>
public sealed record CoordinateSize(string Name, double Largest, double Extent, double Resolution);

/// <summary>Where a training met the first value that is not finite.</summary>
/// <param name="Term">The loss term.</param>
/// <param name="Operation">What has no value, with its article: <c>the square root</c>.</param>
/// <param name="Operand">What it is taken of, as an expression in the problem's names.</param>
/// <param name="Value">The value of that.</param>
/// <param name="Point">The point in words: <c>t = 0.42</c>.</param>
/// <param name="Lacks">What is missing: a value, or a derivative.</param>
public sealed record NonFinitePlace(string Term, string Operation, string Operand, double Value, string Point, string Lacks);
