using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Arithmetic;

namespace PinnSweep.Problems.References;

/// <summary>
/// An expression made ready to be evaluated at many points: its parts in an order in which each is computed once, however often it stands
/// in the expression. Thread-safe.
/// </summary>
public sealed class PointFormula
{
    private const int Few = 256;
    private readonly Expr[] _parts;
    private readonly (int A, int B)[] _operands;
    private readonly bool[] _isKnown;
    private readonly Dictionary<Expr, int> _index = new(ReferenceEqualityComparer.Instance);
    private readonly int _root;

    /// <summary>Prepares one expression.</summary>
    public PointFormula(Expr root)
        : this([root])
    {
    }

    /// <summary>Prepares several; the value is that of the last.</summary>
    public PointFormula(IReadOnlyCollection<Expr> roots)
    {
        _parts = [.. ExprGraph.Order(roots)];
        _operands = new (int A, int B)[_parts.Length];
        _isKnown = new bool[_parts.Length];
        for (var i = 0; i < _parts.Length; i++)
        {
            _index.Add(_parts[i], i);
            _operands[i] = _parts[i] switch
            {
                Expr.Unary unary => (_index[unary.Operand], -1),
                Expr.Binary binary => (_index[binary.Left], _index[binary.Right]),
                _ => (-1, -1),
            };
            _isKnown[i] = _parts[i] switch
            {
                Expr.Number or Expr.CoordinateOf => true,
                Expr.Unary => _isKnown[_operands[i].A],
                Expr.Binary => _isKnown[_operands[i].A] && _isKnown[_operands[i].B],
                _ => false,
            };
        }

        _root = _index[roots.Last()];
    }

    /// <summary>Number of parts.</summary>
    public int Count => _parts.Length;

    /// <summary>Where the value of a part stands.</summary>
    public int IndexOf(Expr part) => _index[part];

    /// <summary>Whether a part has a value without anybody saying what outputs and coefficients are.</summary>
    public bool IsKnown(int index) => _isKnown[index];

    /// <summary>The value, or null where the expression holds an output or a trainable coefficient and nobody says what it is.</summary>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaf">The value of a derivative of an output, or of a coefficient.</param>
    public double? At(ReadOnlySpan<double> point, Func<Expr, double>? leaf = null)
    {
        if (leaf is null && !_isKnown[_root])
        {
            return null;
        }

        var values = _parts.Length <= Few ? stackalloc double[_parts.Length] : new double[_parts.Length];
        Evaluate(point, leaf, values);
        return values[_root];
    }

    /// <summary>The values of all parts; not a number where a part has none (<see cref="IsKnown"/>).</summary>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaf">The value of a derivative of an output, or of a coefficient; null where nobody says.</param>
    /// <param name="values">One for each part.</param>
    public void Evaluate(ReadOnlySpan<double> point, Func<Expr, double>? leaf, Span<double> values)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            var (a, b) = _operands[i];
            values[i] = _parts[i] switch
            {
                Expr.Number number => number.Value,
                Expr.CoordinateOf coordinate => point[coordinate.Index],
                Expr.Unary unary => Apply(unary, values[a]),
                Expr.Binary binary => Apply(binary.Operation, values[a], values[b]),
                var other => leaf?.Invoke(other) ?? double.NaN,
            };
        }
    }

    /// <summary>The value computed with 31 digits.</summary>
    /// <exception cref="ArgumentException">The expression is not a function of coordinates alone.</exception>
    internal DoubleDouble Precisely(ReadOnlySpan<double> point)
    {
        var values = new DoubleDouble[_parts.Length];
        for (var i = 0; i < _parts.Length; i++)
        {
            var (a, b) = _operands[i];
            values[i] = _parts[i] switch
            {
                Expr.Number number => number.Value,
                Expr.CoordinateOf coordinate => point[coordinate.Index],
                Expr.Unary unary => Precisely(unary, values[a]),
                Expr.Binary binary => Precisely(binary.Operation, values[a], values[b]),
                var other => throw new ArgumentException($"{other} is not a function of coordinates alone."),
            };
        }

        return values[_root];
    }

    /// <summary>The value of a function.</summary>
    internal static double Apply(Expr.Unary unary, double x) => unary.Function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Atan => Math.Atan(x),
        UnaryFunction.Erf => ErrorFunction.Of(x),
        _ => Math.Pow(x, unary.Exponent),
    };

    /// <summary>The value of an operation.</summary>
    internal static double Apply(BinaryOperation operation, double a, double b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.WherePositive => OpCode.WherePositive.Apply(a, b, 0),
        _ => OpCode.WhereNotNegative.Apply(a, b, 0),
    };

    private static DoubleDouble Precisely(Expr.Unary unary, DoubleDouble x) => unary.Function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Sin => DoubleDouble.Sin(x),
        UnaryFunction.Cos => DoubleDouble.Cos(x),
        UnaryFunction.Exp => DoubleDouble.Exp(x),
        UnaryFunction.Log => DoubleDouble.Log(x),
        UnaryFunction.Sqrt => DoubleDouble.Sqrt(x),
        UnaryFunction.Tanh => DoubleDouble.Tanh(x),
        UnaryFunction.Atan => DoubleDouble.Atan(x),
        UnaryFunction.Erf => DoubleDouble.Erf(x),
        _ => DoubleDouble.Power(x, unary.Exponent),
    };

    private static DoubleDouble Precisely(BinaryOperation operation, DoubleDouble a, DoubleDouble b) => operation switch
    {
        BinaryOperation.Add => a + b,
        BinaryOperation.Subtract => a - b,
        BinaryOperation.Multiply => a * b,
        BinaryOperation.Divide => a / b,
        BinaryOperation.WherePositive => b.High > 0 ? a : b.High <= 0 ? (DoubleDouble)0 : b,
        _ => b.High >= 0 ? a : b.High < 0 ? (DoubleDouble)0 : b,
    };
}
