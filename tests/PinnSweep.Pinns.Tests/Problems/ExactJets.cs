using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Problems;

/// <summary>Residual expressions evaluated on a known function, its derivatives by central differences of eighth order.</summary>
internal static class ExactJets
{
    private static readonly double[] First = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280];

    public static double Evaluate(LossTerm term, ExactSolution exact, Problem problem, double[] point) => Evaluate(term.Residual, exact, problem, point, problem.AcrossOf(term));

    private static double Evaluate(Expr expression, ExactSolution exact, Problem problem, double[] point, Across? across) => expression switch
    {
        Expr.Number number => number.Value,
        Expr.CoordinateOf coordinate => point[coordinate.Index],
        Expr.CoefficientOf coefficient => problem.Unknowns[coefficient.Index].Truth!.Value,
        Expr.Derivative derivative => Derivative(exact, problem.Outputs.Length, derivative.Output, [.. derivative.Orders], derivative.IsAcross ? across!.Points(point, point.Length) : point, derivative.Orders.Sum() > 2 ? 1.5e-2 : 1e-3),
        Expr.Unary unary => Apply(unary, Evaluate(unary.Operand, exact, problem, point, across)),
        Expr.Binary binary => Apply(binary.Operation, Evaluate(binary.Left, exact, problem, point, across), Evaluate(binary.Right, exact, problem, point, across)),
        _ => throw new NotSupportedException(expression.ToString()),
    };

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

    private static double Apply(Expr.Unary unary, double x) => unary.Function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        _ => Math.Pow(x, unary.Exponent),
    };

    private static double Apply(BinaryOperation operation, double a, double b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        _ => a / b,
    };
}
