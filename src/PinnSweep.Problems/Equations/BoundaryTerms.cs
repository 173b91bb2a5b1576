using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// How the two ends of an interval make loss terms: <c>grouped</c>, the mean over both; <c>summed</c>, one term too, the sum of their means, twice as large;
/// <c>per-edge</c>, a term each, named after the side. Programs differ in it, and it is a hidden weight.
/// </summary>
internal static class BoundaryTerms
{
    private const string Name = "boundary";
    private const string Grouped = "grouped";
    private const string Summed = "summed";

    /// <summary>The parameter of problems with the term <c>boundary</c>; it came later than they.</summary>
    public static Parameter Parameter { get; } = MethodParameters.Word(
        Name,
        "the ends as loss terms: grouped (their mean), summed (one term too, the sum of their means, twice as large: the program of arXiv:2001.04536), per-edge (a term each: the program of arXiv:2110.09813)",
        Grouped,
        Summed,
        "per-edge") with
    {
        Absent = new SpecValue.Text(Grouped),
    };

    /// <summary>A factor on the mean squares of all conditions; it came later than the problems that have it.</summary>
    public static Parameter Dilution { get; } = new(
        "dilution",
        new ParameterType.Number(0, 1, ExclusiveMinimum: true),
        new SpecValue.Number(1),
        "factor on the mean squares of conditions: the share of a condition's points in the batch where a program divides their sum by the whole batch (arXiv:2110.09813: 1/9 on Burgers, 1/12 on Helmholtz)")
    {
        Absent = new SpecValue.Number(1),
    };

    /// <summary>The problem with its boundary term as the level says.</summary>
    public static Problem Regrouped(Level level, Problem problem) => level.TextOr(Name, Grouped) switch
    {
        Grouped => Diluted(level, problem),
        var form => Diluted(level, problem with { Terms = [.. problem.Terms.SelectMany(term => term.Name == Name ? Terms(problem, term, form) : [term])] }),
    };

    /// <summary>The problem with its conditions as thin as the level says.</summary>
    public static Problem Diluted(Level level, Problem problem) => level.NumberOr(Dilution.Name, 1) is < 1 and var share
        ? problem with { Terms = [.. problem.Terms.Select(term => term.Role == TermRole.Residual ? term : Scaled(term, Math.Sqrt(share)))] }
        : problem;

    private static ImmutableArray<LossTerm> Terms(Problem problem, LossTerm term, string form)
    {
        // The mean square of √m r over m equal sides is the sum of the sides' mean squares of r.
        return form == Summed
            ? [Scaled(term, Math.Sqrt(term.Faces.Length))]
            : [.. term.Faces.Select(face => term with { Name = face.Name(problem), Faces = [face] })];
    }

    private static LossTerm Scaled(LossTerm term, double factor) => term with { Residual = factor * term.Residual, Scale = factor * term.Scale };
}
