using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Tests.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Problems;

/// <summary>Residual expressions evaluated on a known function, its derivatives by central differences of eighth order.</summary>
internal static class ExactJets
{
    private static readonly double[] First = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280];

    public static double Evaluate(LossTerm term, ExactSolution exact, Problem problem, double[] point) => PlainValue.Of(term.Residual, point, leaf => leaf switch
    {
        Expr.CoefficientOf coefficient => problem.Unknowns[coefficient.Index].Truth!.Value,
        Expr.Derivative derivative => Derivative(
            exact, problem.Outputs.Length, derivative.Output, [.. derivative.Orders], derivative.IsAcross ? Opposite(term, problem, point) : point, derivative.Orders.Sum() > 2 ? 1.5e-2 : 1e-3),
        _ => throw new NotSupportedException(leaf.ToString()),
    });

    /// <summary>The other point of a pair: on the upper side of the box.</summary>
    private static double[] Opposite(LossTerm term, Problem problem, double[] point)
    {
        var axis = term.PairsOn!.Value;
        return [.. point.Select((value, index) => index == axis ? problem.Axes[index].Upper : value)];
    }

    private static double Derivative(ExactSolution exact, int outputs, int output, int[] orders, double[] point, double step)
    {
        var axis = Array.FindIndex(orders, order => order > 0);
        if (axis < 0)
        {
            var values = new double[outputs];
            exact(point, values);
            return values[output];
        }

        // One order at a time, so differences nest; the step stays the same on all levels of one derivative.
        var lower = (int[])orders.Clone();
        lower[axis]--;
        var sum = 0.0;
        for (var k = 0; k < First.Length; k++)
        {
            var (right, left) = ((double[])point.Clone(), (double[])point.Clone());
            right[axis] += (k + 1) * step;
            left[axis] -= (k + 1) * step;
            sum += First[k] * (Derivative(exact, outputs, output, lower, right, step) - Derivative(exact, outputs, output, lower, left, step));
        }

        return sum / step;
    }
}
