using PinnSweep.Jets.Expressions;

namespace PinnSweep.Training.Exports;

/// <summary>Functions of the coordinates as operations of ONNX; what stands in several places is one operation.</summary>
/// <param name="builder">Takes them.</param>
/// <param name="coordinates">The coordinates, n × 1 each.</param>
internal sealed class OnnxExpressions(OnnxBuilder builder, string[] coordinates)
{
    private readonly Dictionary<Expr, string> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds an expression.</summary>
    /// <exception cref="NotSupportedException">A part of it has no operation known; the message says which.</exception>
    public string Add(Expr expression)
    {
        foreach (var part in ExprGraph.Order(expression, _values.ContainsKey))
        {
            _values[part] = Of(part);
        }

        return _values[expression];
    }

    private string Of(Expr part) => part switch
    {
        Expr.Number number => builder.Number(number.Value),
        Expr.CoordinateOf coordinate => coordinates[coordinate.Index],
        Expr.Unary { Function: UnaryFunction.Power } power => builder.Node("Pow", _values[power.Operand], builder.Number(power.Exponent)),
        Expr.Unary unary => builder.Node(Operation(unary.Function), _values[unary.Operand]),
        Expr.Binary binary => builder.Node(Operation(binary.Operation), _values[binary.Left], _values[binary.Right]),
        Expr.KnownFunction known => throw new NotSupportedException($"'{known.Name}', which is no formula"),
        _ => throw new NotSupportedException(part.ToString()),
    };

    private static string Operation(UnaryFunction function) => function switch
    {
        UnaryFunction.Negate => "Neg",
        UnaryFunction.Sin => "Sin",
        UnaryFunction.Cos => "Cos",
        UnaryFunction.Exp => "Exp",
        UnaryFunction.Log => "Log",
        UnaryFunction.Sqrt => "Sqrt",
        UnaryFunction.Tanh => "Tanh",
        _ => throw new NotSupportedException($"the function {function}"),
    };

    private static string Operation(BinaryOperation operation) => operation switch
    {
        BinaryOperation.Add => "Add",
        BinaryOperation.Subtract => "Sub",
        BinaryOperation.Multiply => "Mul",
        BinaryOperation.Divide => "Div",
        _ => throw new NotSupportedException($"the operation {operation}"),
    };
}
