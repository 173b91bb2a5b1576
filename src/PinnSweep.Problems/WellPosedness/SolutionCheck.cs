using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Whether a solution in closed form solves the problem that it stands beside: put into every equation and condition at points, and
/// compared with measured values. A wrong sign in either gives a study whose errors are all 2 and whose tables look clean.
/// </summary>
internal static class SolutionCheck
{
    // Solutions are written with rounded numbers and truncated series; what is larger is a mistake.
    public const double Refused = 1e-3;
    private const double Told = 1e-6;

    // Measurements have noise.
    private const double RefusedData = 0.5;

    /// <summary>Terms that the solution does not keep.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="points">Its points.</param>
    /// <param name="exact">The solution, an expression for each output.</param>
    public static IEnumerable<Flaw> Of(Problem problem, CheckPoints points, ImmutableArray<Expr> exact)
    {
        var flaws = new List<Flaw>();
        try
        {
            var solution = new InsertedSolution(exact);
            var coefficients = ImpliedCoefficients.Of(problem, points, solution);
            foreach (var term in problem.Terms)
            {
                if (!term.MeasuredAt.IsEmpty)
                {
                    flaws.AddRange(Measured(problem, points, term, solution));
                }
                else if (Misfit(problem, points, term, solution, coefficients) is { Relative: > Told } misfit)
                {
                    // Whether a sign would mend it is asked once: it takes all terms again.
                    var sign = misfit.Relative > Refused && flaws.Count == 0 ? Sign(problem, points, exact, coefficients, term) : "";
                    flaws.Add(new("exact", Words(points, term, misfit) + sign, IsNotice: misfit.Relative <= Refused));
                }
            }
        }
        catch (ExpressionTooLargeException)
        {
            return [new("exact", "the derivatives of the solution are too large to hold it against the equations", IsNotice: true)];
        }

        return flaws;
    }

    /// <summary>What a solution leaves in a term; null where coefficients in it are unknown, or nothing has a value.</summary>
    public static TermMisfit? Misfit(Problem problem, CheckPoints points, LossTerm term, InsertedSolution solution, ImmutableArray<double>? coefficients) =>
        coefficients is null && ExprGraph.Order(term.Residual).Any(part => part is Expr.CoefficientOf) ? null : TermMisfit.Of(problem, points, term, solution, coefficients ?? []);

    private static string Words(CheckPoints points, LossTerm term, TermMisfit misfit)
    {
        var left = $"the residual of '{term.Name}' is {CheckPoints.Words(misfit.Residual)} at {points.Words(misfit.Worst)}, where its parts amount to {CheckPoints.Words(misfit.Size)}";
        return misfit.Relative > Refused
            ? $"does not {(term.Faces.IsEmpty ? "solve the equation" : "keep the condition")} '{term.Name}': {left.Replace($"of '{term.Name}' ", "", StringComparison.Ordinal)}; one of the two has a mistake (a sign, a constant, a unit, a side)"
            : $"nearly solves the problem: {left}";
    }

    /// <summary>The commonest mistake is named where it is one.</summary>
    private static string Sign(Problem problem, CheckPoints points, ImmutableArray<Expr> exact, ImmutableArray<double>? coefficients, LossTerm term)
    {
        for (var output = 0; output < exact.Length; output++)
        {
            var turned = new InsertedSolution(exact.SetItem(output, -exact[output]));
            if (problem.Terms.Where(other => other.MeasuredAt.IsEmpty && other.Role == term.Role).All(other => Misfit(problem, points, other, turned, coefficients) is not { Relative: > Told }))
            {
                return $"; with -({problem.Outputs[output]}) in its place it would";
            }
        }

        return "";
    }

    private static IEnumerable<Flaw> Measured(Problem problem, CheckPoints points, LossTerm term, InsertedSolution solution)
    {
        if (ExprGraph.Order(term.Residual).OfType<Expr.Binary>().FirstOrDefault(part => part is { Operation: BinaryOperation.Subtract, Right: Expr.KnownFunction }) is not { Left: var measured, Right: Expr.KnownFunction known }
            || ExprGraph.Order(measured).Any(part => part is Expr.CoefficientOf))
        {
            yield break;
        }

        var formula = new PointFormula(solution.Of(measured, null));
        var (difference, norm, worst, largest) = (0.0, 0.0, Array.Empty<double>(), 0.0);
        foreach (var point in term.MeasuredAt.Chunk(problem.Dimension))
        {
            var (given, there) = (known.Function(point), formula.At(point)!.Value);
            difference += (given - there) * (given - there);
            norm += there * there;
            (worst, largest) = Math.Abs(given - there) >= largest ? (point, Math.Abs(given - there)) : (worst, largest);
        }

        if (Math.Sqrt(difference) > RefusedData * Math.Sqrt(norm))
        {
            yield return new("data", $"'{term.Name}' is {CheckPoints.Words(known.Function(worst))} at {points.Words(worst)} where 'exact' has {CheckPoints.Words(formula.At(worst)!.Value)}, " +
                $"and all together they differ by {CheckPoints.Words(100 * Math.Sqrt(difference / Math.Max(norm, double.Epsilon)))} per cent; a sign, a unit or a column is wrong in one of them");
        }
    }
}
