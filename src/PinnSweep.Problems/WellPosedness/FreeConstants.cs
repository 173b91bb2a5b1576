using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Outputs that occur by their derivatives alone, as a pressure does, or a temperature under insulation: any constant may be added to them.
/// </summary>
internal static class FreeConstants
{
    /// <summary>These outputs; none where an ansatz holds them.</summary>
    public static IReadOnlyList<int> Of(Problem problem)
    {
        if (!problem.Ansatz.IsEmpty)
        {
            return [];
        }

        var values = ExprGraph.Order(problem.Terms.Select(term => term.Residual)).OfType<Expr.Derivative>().ToList();
        return
        [
            .. Enumerable.Range(0, problem.Outputs.Length).Where(output =>
                values.Any(value => value.Output == output) && values.All(value => value.Output != output || value.Orders.Any(order => order > 0))),
        ];
    }

    /// <summary>What is said of them.</summary>
    public static IEnumerable<Flaw> Notices(Problem problem) => problem.FreeOfMean.Select(output => new Flaw(
        "outputs", $"'{problem.Outputs[output]}' occurs by its derivatives alone, so any constant may be added to it; its error is measured without the mean", IsNotice: true));
}
