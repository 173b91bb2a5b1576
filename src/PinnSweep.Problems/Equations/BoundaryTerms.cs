using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// How the two ends of an interval make loss terms: <c>grouped</c>, the mean over both; <c>summed</c>, one term too, the sum of their
/// means, twice as large; <c>per-edge</c>, a term each, named after the side. Programs differ in it, and it is a hidden weight.
/// </summary>
internal static class BoundaryTerms
{
    /// <summary>The parameter of problems with the term <c>boundary</c>; it came later than they.</summary>
    public static Parameter<EdgeTerms> Parameter { get; } = MethodParameters.Choice(
        "boundary",
        "the ends as loss terms: grouped (their mean), summed (one term too, the sum of their means, twice as large: the program of "
            + "arXiv:2001.04536), per-edge (a term each: the program of arXiv:2110.09813)",
        EdgeTerms.Grouped,
        EdgeTerms.Summed,
        EdgeTerms.PerEdge) with
    {
        Absent = ChoiceWords.ToValue(EdgeTerms.Grouped),
    };

    /// <summary>A factor on the mean squares of all conditions; it came later than the problems that have it.</summary>
    public static Parameter<double> Dilution { get; } = MethodParameters.Positive(
        "dilution",
        1,
        "factor on the mean squares of conditions: the share of a condition's points in the batch where a program divides their sum by "
            + "the whole batch (arXiv:2110.09813: 1/9 on Burgers, 1/12 on Helmholtz)",
        maximum: 1) with
    {
        Absent = new SpecValue.Number(1),
    };

    /// <summary>The problem with its boundary term as the level says.</summary>
    public static Problem Regrouped(Level level, Problem problem) => Parameter.Of(level) switch
    {
        EdgeTerms.Grouped => Diluted(level, problem),
        var form => Diluted(level, problem with { Terms = [.. problem.Terms.SelectMany(term => term.Name == Parameter.Name ? Terms(problem, term, form) : [term])] }),
    };

    /// <summary>The problem with its conditions as thin as the level says.</summary>
    public static Problem Diluted(Level level, Problem problem) => Dilution.Of(level) is < 1 and var share
        ? problem with { Terms = [.. problem.Terms.Select(term => term.Role == TermRole.Residual ? term : Scaled(term, Math.Sqrt(share)))] }
        : problem;

    private static ImmutableArray<LossTerm> Terms(Problem problem, LossTerm term, EdgeTerms form)
    {
        // The mean square of √m r over m equal sides is the sum of the sides' mean squares of r.
        return form == EdgeTerms.Summed
            ? [Scaled(term, Math.Sqrt(term.Faces.Length))]
            : [.. term.Faces.Select(face => term with { Name = face.Name(problem), Faces = [face] })];
    }

    private static LossTerm Scaled(LossTerm term, double factor) => term with { Residual = factor * term.Residual, Scale = factor * term.Scale };
}
