using System.Collections.Immutable;

namespace PinnSweep.Jets;

/// <summary>
/// A residual as an expression over jets: coordinates, constants, trainable coefficients, derivatives of the network's outputs and
/// elementary functions of these. Both engines evaluate the same expression, and its derivative with respect to the jets.
/// </summary>
/// <example><c>u.D(t) + u * u.D(x) - nu * u.D(x, x)</c>, with <c>u = Expr.OutputOf(0, 2)</c>.</example>
public abstract record Expr
{
    private protected Expr()
    {
    }

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Expr;

    /// <summary>A coordinate of the point, in the units of the problem (before normalisation).</summary>
    public sealed record CoordinateOf(int Index) : Expr;

    /// <summary>A function of the point that is no formula, such as values measured at given points; evaluated when the points change.</summary>
    public sealed record KnownFunction(string Name, PointFunction Function) : Expr
    {
        /// <summary>The same at many points together, where that is cheaper; null where it is not.</summary>
        public PointsFunction? Together { get; init; }
    }

    /// <summary>A trainable coefficient of the residual; slot <paramref name="Index"/> behind the network's own parameters.</summary>
    public sealed record CoefficientOf(int Index) : Expr;

    /// <summary>A partial derivative of an output: <see cref="Orders"/>[i] times by coordinate i. All zero: the output itself.</summary>
    public sealed record Derivative(int Output, ImmutableArray<int> Orders) : Expr
    {
        /// <inheritdoc/>
        public bool Equals(Derivative? other) => other is not null && Output == other.Output && Orders.SequenceEqual(other.Orders);

        /// <inheritdoc/>
        public override int GetHashCode() => Orders.Aggregate(Output, (hash, order) => (hash * 31) + order);
    }

    /// <summary>A function of one expression. <see cref="Exponent"/> is used by <see cref="UnaryFunction.Power"/> alone.</summary>
    public sealed record Unary(UnaryFunction Function, Expr Operand, double Exponent = 0) : Expr;

    /// <summary>An operation on two expressions.</summary>
    public sealed record Binary(BinaryOperation Operation, Expr Left, Expr Right) : Expr;

    /// <summary>A coordinate.</summary>
    public static Expr Coordinate(int index) => new CoordinateOf(index);

    /// <summary>A trainable coefficient.</summary>
    public static Expr Coefficient(int index) => new CoefficientOf(index);

    /// <summary>An output of the network, to take derivatives of.</summary>
    public static OutputExpr OutputOf(int index, int inputDimension) => new(index, inputDimension);

    /// <summary>Sine.</summary>
    public static Expr Sin(Expr x) => new Unary(UnaryFunction.Sin, x);

    /// <summary>Cosine.</summary>
    public static Expr Cos(Expr x) => new Unary(UnaryFunction.Cos, x);

    /// <summary>Natural exponential.</summary>
    public static Expr Exp(Expr x) => new Unary(UnaryFunction.Exp, x);

    /// <summary>Natural logarithm.</summary>
    public static Expr Log(Expr x) => new Unary(UnaryFunction.Log, x);

    /// <summary>Square root.</summary>
    public static Expr Sqrt(Expr x) => new Unary(UnaryFunction.Sqrt, x);

    /// <summary>Hyperbolic tangent.</summary>
    public static Expr Tanh(Expr x) => new Unary(UnaryFunction.Tanh, x);

    /// <summary>A constant power.</summary>
    public static Expr Power(Expr x, double exponent) => new Unary(UnaryFunction.Power, x, exponent);

    /// <summary>A constant.</summary>
    public static implicit operator Expr(double value) => new Number(value);

    /// <summary>Sum.</summary>
    public static Expr operator +(Expr a, Expr b) => new Binary(BinaryOperation.Add, a, b);

    /// <summary>Difference.</summary>
    public static Expr operator -(Expr a, Expr b) => new Binary(BinaryOperation.Subtract, a, b);

    /// <summary>Product.</summary>
    public static Expr operator *(Expr a, Expr b) => new Binary(BinaryOperation.Multiply, a, b);

    /// <summary>Quotient.</summary>
    public static Expr operator /(Expr a, Expr b) => new Binary(BinaryOperation.Divide, a, b);

    /// <summary>Negation.</summary>
    public static Expr operator -(Expr a) => new Unary(UnaryFunction.Negate, a);
}

/// <summary>The value of a known function at a point, in the units of the problem.</summary>
public delegate double PointFunction(ReadOnlySpan<double> point);

/// <summary>The values of a known function at n points, row-major n × dimension, in the units of the problem.</summary>
public delegate void PointsFunction(ReadOnlySpan<double> points, Span<double> values);

/// <summary>An output of the network as an expression whose partial derivatives can be taken.</summary>
public sealed class OutputExpr(int output, int inputDimension)
{
    /// <summary>The output itself.</summary>
    public Expr Value => D();

    /// <summary>The partial derivative by each listed coordinate in turn; <c>D(0, 0, 1)</c> is ∂³u/∂x₀²∂x₁.</summary>
    public Expr D(params ReadOnlySpan<int> coordinates)
    {
        var orders = new int[inputDimension];
        foreach (var coordinate in coordinates)
        {
            orders[coordinate]++;
        }

        return new Expr.Derivative(output, [.. orders]);
    }

    /// <summary>The output itself.</summary>
    public static implicit operator Expr(OutputExpr output) => output.Value;

    /// <summary>Sum.</summary>
    public static Expr operator +(OutputExpr a, Expr b) => a.Value + b;

    /// <summary>Difference.</summary>
    public static Expr operator -(OutputExpr a, Expr b) => a.Value - b;

    /// <summary>Product.</summary>
    public static Expr operator *(OutputExpr a, Expr b) => a.Value * b;
}

/// <summary>Functions of one argument.</summary>
public enum UnaryFunction
{
    /// <summary>−x.</summary>
    Negate,

    /// <summary>sin x.</summary>
    Sin,

    /// <summary>cos x.</summary>
    Cos,

    /// <summary>eˣ.</summary>
    Exp,

    /// <summary>ln x.</summary>
    Log,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>xᵖ with constant p.</summary>
    Power,
}

/// <summary>Operations on two arguments.</summary>
public enum BinaryOperation
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,
}
