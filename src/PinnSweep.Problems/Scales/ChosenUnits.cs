using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// The units of a problem that were chosen, by name; what has no entry is left as it is. They are part of what a level says, so a trainer
/// estimates nothing, and a better estimate changes no trial that was planned before.
/// </summary>
/// <param name="Coordinates">Of coordinates.</param>
/// <param name="Outputs">Of outputs.</param>
/// <param name="Coefficients">Sizes of trainable coefficients.</param>
/// <param name="Multipliers">Sizes of the multipliers of <c>hard</c>, by output.</param>
/// <param name="Terms">What residuals are divided by, by term.</param>
public sealed record ChosenUnits(
    ImmutableSortedDictionary<string, Unit> Coordinates,
    ImmutableSortedDictionary<string, Unit> Outputs,
    ImmutableSortedDictionary<string, double> Coefficients,
    ImmutableSortedDictionary<string, double> Multipliers,
    ImmutableSortedDictionary<string, double> Terms)
{
    /// <summary>Nothing chosen.</summary>
    public static ChosenUnits None { get; } = new(Names<Unit>(), Names<Unit>(), Names<double>(), Names<double>(), Names<double>());

    /// <summary>Whether all is left as it is.</summary>
    public bool IsNone => Coordinates.IsEmpty && Outputs.IsEmpty && Coefficients.IsEmpty && Multipliers.IsEmpty && Terms.IsEmpty;

    /// <summary>That of a coordinate.</summary>
    public Unit OfCoordinate(string name) => Coordinates.GetValueOrDefault(name, Unit.One);

    /// <summary>That of an output.</summary>
    public Unit OfOutput(string name) => Outputs.GetValueOrDefault(name, Unit.One);

    private static ImmutableSortedDictionary<string, T> Names<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
