using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>Outputs and coefficients that nothing determines, because they occur nowhere.</summary>
internal static class UnusedNames
{
    /// <summary>What occurs nowhere, or in no equation.</summary>
    public static IEnumerable<Flaw> Of(Problem problem)
    {
        var everywhere = ExprGraph.Order(problem.Terms.Select(term => term.Residual));
        var (outputs, coefficients) = (OutputsIn(everywhere), everywhere.OfType<Expr.CoefficientOf>().Select(part => part.Index).ToHashSet());
        var inEquations = OutputsIn(ExprGraph.Order(problem.Terms.Where(term => term.Role == TermRole.Residual).Select(term => term.Residual)));
        for (var output = 0; output < problem.Outputs.Length; output++)
        {
            if (!outputs.Contains(output))
            {
                yield return new("outputs", $"'{problem.Outputs[output]}' occurs in no equation, condition or measurement, so nothing determines it; leave it out, or write its equation");
            }
            else if (!inEquations.Contains(output))
            {
                yield return new("outputs", $"'{problem.Outputs[output]}' occurs in no equation, so nothing determines it inside the domain; leave it out, or write its equation");
            }
        }

        foreach (var (unknown, index) in problem.Unknowns.Select((unknown, index) => (unknown, index)).Where(pair => !coefficients.Contains(pair.index)))
        {
            yield return new("coefficients", $"'{unknown.Name}' occurs in no equation or condition, so nothing determines it; leave it out, or make it a constant");
        }
    }

    private static HashSet<int> OutputsIn(IEnumerable<Expr> parts) => [.. parts.OfType<Expr.Derivative>().Select(derivative => derivative.Output)];
}
