using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// The coefficients with which a solution fits its equations best, by least squares: a file with a solution and unknown coefficients says
/// what they are without saying it.
/// </summary>
internal static class ImpliedCoefficients
{
    /// <summary>Their values; null where residuals are not linear in them, or do not determine them.</summary>
    /// <param name="problem">Has the coefficients.</param>
    /// <param name="points">Its points.</param>
    /// <param name="solution">What takes the network's place.</param>
    public static ImmutableArray<double>? Of(Problem problem, CheckPoints points, InsertedSolution solution)
    {
        var n = problem.Coefficients;
        if (n == 0)
        {
            return [];
        }

        var (matrix, right) = (Enumerable.Range(0, n).Select(_ => new double[n]).ToArray(), new double[n]);
        foreach (var term in problem.Terms.Where(term => term.MeasuredAt.IsEmpty && ExprGraph.Order(term.Residual).Any(part => part is Expr.CoefficientOf)))
        {
            var formula = new PointFormula(solution.Of(term.Residual, problem.AcrossOf(term)));
            foreach (var point in points.Of(term))
            {
                double At(Func<int, double> value) => formula.At(point, leaf => leaf is Expr.CoefficientOf coefficient ? value(coefficient.Index) : double.NaN)!.Value;
                var none = At(_ => 0);
                double[] slopes = [.. Enumerable.Range(0, n).Select(k => At(index => index == k ? 1 : 0) - none)];
                var (sum, size) = (At(_ => 2) - none - (2 * slopes.Sum()), slopes.Sum(Math.Abs) + Math.Abs(none));
                if (!double.IsFinite(sum))
                {
                    continue;
                }

                if (Math.Abs(sum) > 1e-9 * size)
                {
                    return null;
                }

                for (var i = 0; i < n; i++)
                {
                    right[i] -= slopes[i] * none / (term.Scale * term.Scale);
                    for (var k = 0; k < n; k++)
                    {
                        matrix[i][k] += slopes[i] * slopes[k] / (term.Scale * term.Scale);
                    }
                }
            }
        }

        var values = matrix.Any(row => row.All(entry => entry == 0)) ? [double.NaN] : DenseSystem.Solve(matrix, right);
        return values.All(double.IsFinite) ? [.. values] : null;
    }
}
