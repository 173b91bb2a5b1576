using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Training.Evaluations;

namespace PinnSweep.Training.Sizes;

/// <summary>
/// How large the conditions of a problem want its outputs to be, where no solution says it: a condition with residual r asks for −r(0) /
/// r′(0), r′ its derivative by the output, which is exact where it is linear.
/// </summary>
internal static class AskedSizes
{
    private const int PointsPerSide = 200;

    /// <summary>The largest root mean square that a condition or measured values ask for, for each output; null where none does.</summary>
    public static double?[] Of(Problem problem)
    {
        var asked = new double?[problem.Outputs.Length];
        if (problem.IsInAnsatz)
        {
            // What remains are conditions on N.
            return asked;
        }

        var points = IndependentPoints.Of(problem, PointsPerSide, PointsPerSide);
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            var term = problem.Terms[k];
            var named = ExprGraph.Order(term.Residual).OfType<Expr.Derivative>().Where(leaf => leaf.Orders.All(order => order == 0)).Select(leaf => leaf.Output).Distinct().ToList();
            if (term.Role != TermRole.Residual && named is [var output] && Asked(problem, term.Residual, output, points.Points(k)) is { } size)
            {
                asked[output] = Math.Max(size, asked[output] ?? 0);
            }
        }

        return asked;
    }

    private static double? Asked(Problem problem, Expr residual, int output, ReadOnlySpan<double> points)
    {
        var formula = new PointFormula(residual);
        var (sum, count) = (0.0, points.Length / problem.Dimension);
        for (var i = 0; i < count; i++)
        {
            var point = points.Slice(i * problem.Dimension, problem.Dimension).ToArray();
            var (without, with) = (At(0), At(1));
            var value = without / (without - with);
            sum += value * value;

            double At(double u) => formula.At(point, leaf => leaf switch
            {
                Expr.KnownFunction function => function.Function(point),
                Expr.Derivative derivative => derivative.Output == output && derivative.Orders.All(order => order == 0) ? u : 0,
                _ => 0,
            })!.Value;
        }

        return double.IsFinite(sum) ? Math.Sqrt(sum / count) : null;
    }
}
