using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The names that an expression may use.</summary>
/// <param name="Coordinates">Coordinates in order.</param>
/// <param name="Outputs">Outputs of the network in order; none for an exact solution or a parameter.</param>
/// <param name="Constants">Named numbers.</param>
/// <param name="Coefficients">Trainable coefficients in order.</param>
public sealed record ExpressionSymbols(
    ImmutableArray<string> Coordinates,
    ImmutableArray<string> Outputs,
    ImmutableSortedDictionary<string, double> Constants,
    ImmutableArray<string> Coefficients)
{
    private const int HighestOrder = 4;

    /// <summary>
    /// The coordinate that is time, so that <c>div</c>, <c>grad</c> and <c>laplacian</c> know those of space; null where none is.
    /// </summary>
    public int? Time { get; init; }

    /// <summary>Expressions with names (<c>let</c>); each may use those before it.</summary>
    public ImmutableList<(string Name, string Text)> Definitions { get; init; } = [];

    /// <summary>The parts of the outward normal where a condition holds, as functions of the point; null where it has none.</summary>
    public ImmutableArray<Expr>? Normal { get; init; }

    /// <summary>No names but <see cref="Universal"/>.</summary>
    public static ExpressionSymbols Empty { get; } = new([], [], ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), []);

    /// <summary>Names that always stand for numbers.</summary>
    public static ImmutableSortedDictionary<string, double> Universal { get; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("pi", Math.PI);

    /// <summary>All names, for messages; derivatives are not listed.</summary>
    public IEnumerable<string> Names => Coordinates.Concat(Outputs).Concat(Constants.Keys).Concat(Coefficients).Concat(Definitions.Select(definition => definition.Name)).Concat(Universal.Keys);

    /// <summary>What a name stands for, or null.</summary>
    public Expr? Resolve(string name)
    {
        if (Constants.TryGetValue(name, out var constant) || Universal.TryGetValue(name, out constant))
        {
            return constant;
        }

        if (Coordinates.IndexOf(name) is >= 0 and var coordinate)
        {
            return Expr.Coordinate(coordinate);
        }

        if (Coefficients.IndexOf(name) is >= 0 and var coefficient)
        {
            return Expr.Coefficient(coefficient);
        }

        for (var output = 0; output < Outputs.Length; output++)
        {
            if (name == Outputs[output])
            {
                return Expr.OutputOf(output, Coordinates.Length).Value;
            }

            if (name.StartsWith(Outputs[output] + "_", StringComparison.Ordinal) && Derivative(name[(Outputs[output].Length + 1)..]) is { } by)
            {
                return Expr.OutputOf(output, Coordinates.Length).D([.. by]);
            }
        }

        return null;
    }

    /// <summary>Why a name that begins as the derivative of an output is none, or null where it does not begin so.</summary>
    public string? WhyNoDerivative(string name)
    {
        foreach (var output in Outputs.Where(output => name.StartsWith(output + "_", StringComparison.Ordinal)))
        {
            return CoordinatesIn(name[(output.Length + 1)..]) is { Count: > HighestOrder } by
                ? $"{NearestMatch.Quote(name)} is a derivative of order {by.Count}; the highest is {HighestOrder}{ForeignNames.Split(output, HighestOrder, [.. by.Select(axis => Coordinates[axis])])}"
                : $"{NearestMatch.Quote(name)} is no derivative of '{output}': behind '_' stand coordinates ({string.Join(", ", Coordinates)}), each as often as it is derived by";
        }

        return null;
    }

    /// <summary>The coordinates that a suffix such as <c>xxy</c> names, or null.</summary>
    private List<int>? Derivative(string suffix) => CoordinatesIn(suffix) is { Count: <= HighestOrder } by ? by : null;

    /// <summary>The coordinates that a suffix such as <c>xxy</c> names, however many; null where it names something else.</summary>
    internal List<int>? CoordinatesIn(string suffix)
    {
        var by = new List<int>();
        while (suffix.Length > 0)
        {
            // The longest name wins, so that coordinates x and x1 can stand side by side.
            var found = Enumerable.Range(0, Coordinates.Length)
                .Where(i => suffix.StartsWith(Coordinates[i], StringComparison.Ordinal))
                .OrderByDescending(i => Coordinates[i].Length)
                .Cast<int?>()
                .FirstOrDefault();
            if (found is not { } coordinate)
            {
                return null;
            }

            by.Add(coordinate);
            suffix = suffix[Coordinates[coordinate].Length..];
        }

        return by.Count == 0 ? null : by;
    }
}
