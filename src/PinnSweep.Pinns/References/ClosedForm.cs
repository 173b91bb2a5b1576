using System.Collections.Immutable;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>A solution in closed form: one expression of the coordinates for each output. It can be evaluated, differentiated and put into residuals.</summary>
/// <param name="outputs">The expressions.</param>
public sealed class ClosedForm(ImmutableArray<Expr> outputs)
{
    private readonly Dictionary<Expr.Derivative, Expr> _derivatives = [];

    /// <summary>The solution at a point, in double precision.</summary>
    public void At(ReadOnlySpan<double> point, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(outputs[i], point);
        }
    }

    /// <summary>Relative L2 distance of the double values to values with 31 digits, at every <paramref name="stride"/>th of the points.</summary>
    /// <param name="points">Row-major points × dimension.</param>
    /// <param name="dimension">Number of coordinates.</param>
    /// <param name="stride">1 takes all.</param>
    public double Floor(ReadOnlySpan<double> points, int dimension, int stride)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < points.Length; i += dimension * stride)
        {
            foreach (var output in outputs)
            {
                var point = points.Slice(i, dimension);
                var exact = Precisely(output, point);
                var error = (double)(exact - Evaluate(output, point));
                difference += error * error;
                norm += (double)(exact * exact);
            }
        }

        return Math.Sqrt(norm > 0 ? difference / norm : difference);
    }

    /// <summary>The residual with the solution in place of the network and values in place of the coefficients.</summary>
    public Expr Insert(Expr expression, ImmutableArray<double> coefficients) => expression switch
    {
        Expr.Derivative derivative => Derivative(derivative),
        Expr.CoefficientOf coefficient => coefficients[coefficient.Index],
        Expr.Unary unary => unary with { Operand = Insert(unary.Operand, coefficients) },
        Expr.Binary binary => binary with { Left = Insert(binary.Left, coefficients), Right = Insert(binary.Right, coefficients) },
        _ => expression,
    };

    /// <summary>A solution at the first moment, time zero.</summary>
    public static Expr AtStart(Expr expression, int timeAxis) => expression switch
    {
        Expr.CoordinateOf coordinate when coordinate.Index == timeAxis => 0,
        Expr.Unary unary => unary with { Operand = AtStart(unary.Operand, timeAxis) },
        Expr.Binary binary => binary with { Left = AtStart(binary.Left, timeAxis), Right = AtStart(binary.Right, timeAxis) },
        _ => expression,
    };

    private Expr Derivative(Expr.Derivative derivative)
    {
        if (!_derivatives.TryGetValue(derivative, out var result))
        {
            result = CoordinateCalculus.Derivative(outputs[derivative.Output], derivative.Orders);
            _derivatives.Add(derivative, result);
        }

        return result;
    }

    /// <summary>An expression of coordinates at a point.</summary>
    public static double Evaluate(Expr expression, ReadOnlySpan<double> point) =>
        PointValue.Of(expression, point) ?? throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression));

    /// <summary>The same computed with 31 digits and rounded at the end.</summary>
    public static double EvaluatePrecisely(Expr expression, ReadOnlySpan<double> point) => (double)Precisely(expression, point);

    private static DoubleDouble Precisely(Expr expression, ReadOnlySpan<double> point) => expression switch
    {
        Expr.Number number => number.Value,
        Expr.CoordinateOf coordinate => point[coordinate.Index],
        Expr.Unary unary => Apply(unary, Precisely(unary.Operand, point)),
        Expr.Binary binary => Apply(binary.Operation, Precisely(binary.Left, point), Precisely(binary.Right, point)),
        _ => throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression)),
    };

    private static DoubleDouble Apply(Expr.Unary unary, DoubleDouble x) => unary.Function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => DoubleDouble.Sin(x),
        UnaryFunction.Cos => DoubleDouble.Cos(x),
        UnaryFunction.Exp => DoubleDouble.Exp(x),
        UnaryFunction.Log => DoubleDouble.Log(x),
        UnaryFunction.Sqrt => DoubleDouble.Sqrt(x),
        UnaryFunction.Tanh => DoubleDouble.Tanh(x),
        _ => DoubleDouble.Power(x, unary.Exponent),
    };

    private static DoubleDouble Apply(BinaryOperation operation, DoubleDouble a, DoubleDouble b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        _ => a / b,
    };
}
