using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

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

    /// <summary>The problem with its boundary term as the level says.</summary>
    public static Problem Regrouped(Level level, Problem problem) => level.TextOr(Name, Grouped) switch
    {
        Grouped => problem,
        var form => problem with { Terms = [.. problem.Terms.SelectMany(term => term.Name == Name ? Terms(problem, term, form) : [term])] },
    };

    private static ImmutableArray<LossTerm> Terms(Problem problem, LossTerm term, string form)
    {
        // The mean square of √m r over m equal sides is the sum of the sides' mean squares of r.
        var factor = Math.Sqrt(term.Faces.Length);
        return form == Summed
            ? [term with { Residual = factor * term.Residual, Scale = factor * term.Scale }]
            : [.. term.Faces.Select(face => term with { Name = face.Name(problem), Faces = [face] })];
    }
}
