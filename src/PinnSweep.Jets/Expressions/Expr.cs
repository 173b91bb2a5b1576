using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PinnSweep.Jets.Expressions;

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

    /// <summary>In the usual notation; a long one is cut, because shared parts would be written out without end.</summary>
    public sealed override string ToString()
    {
        const int Longest = 200;
        var text = new StringBuilder();
        Write(this);
        return text.Length > Longest ? $"{text.ToString(0, Longest)}…" : text.ToString();

        void Write(Expr expression)
        {
            // Every level writes at least one character before it goes deeper, so this cannot go deep.
            if (text.Length > Longest)
            {
                return;
            }

            switch (expression)
            {
                case Number number:
                    text.Append(CultureInfo.InvariantCulture, $"{number.Value}");
                    break;
                case CoordinateOf coordinate:
                    text.Append(CultureInfo.InvariantCulture, $"x{coordinate.Index}");
                    break;
                case CoefficientOf coefficient:
                    text.Append(CultureInfo.InvariantCulture, $"k{coefficient.Index}");
                    break;
                case KnownFunction function:
                    text.Append(function.Name);
                    break;
                case Derivative derivative:
                    text.Append(CultureInfo.InvariantCulture, $"u{derivative.Output}_{string.Join('.', derivative.Orders)}{(derivative.IsAcross ? " across" : "")}");
                    break;
                case Unary unary:
                    text.Append(unary.Function.ToString().ToLowerInvariant()).Append('(');
                    Write(unary.Operand);
                    text.Append(CultureInfo.InvariantCulture, $"{(unary.Function == UnaryFunction.Power ? $", {unary.Exponent}" : "")})");
                    break;
                case Binary binary:
                    text.Append('(');
                    Write(binary.Left);
                    text.Append(binary.Operation switch
                    {
                        BinaryOperation.Add => " + ",
                        BinaryOperation.Subtract => " - ",
                        BinaryOperation.Multiply => " * ",
                        BinaryOperation.Divide => " / ",
                        BinaryOperation.WherePositive => " where positive ",
                        _ => " where not negative ",
                    });
                    Write(binary.Right);
                    text.Append(')');
                    break;
            }
        }
    }

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Expr;

    /// <summary>A coordinate of the point, in the units of the problem (before normalization).</summary>
    public sealed record CoordinateOf(int Index) : Expr;

    /// <summary>
    /// A function of the point that is no formula, such as values measured at given points; evaluated when the points change.
    /// </summary>
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
        /// <summary>
        /// Whether it is taken at the second point of a residual that compares two (<see cref="PinnSweep.Jets.Expressions.Across"/>).
        /// </summary>
        public bool IsAcross { get; init; }

        /// <inheritdoc/>
        public bool Equals(Derivative? other) => other is not null && Output == other.Output && IsAcross == other.IsAcross && Orders.SequenceEqual(other.Orders);

        /// <inheritdoc/>
        public override int GetHashCode() => Orders.Aggregate(IsAcross ? ~Output : Output, (hash, order) => (hash * 31) + order);
    }

    /// <summary>A function of one expression. <see cref="Exponent"/> is used by <see cref="UnaryFunction.Power"/> alone.</summary>
    /// <param name="Function">The function.</param>
    /// <param name="Operand">Its argument.</param>
    /// <param name="Exponent">Of a power.</param>
    public sealed record Unary(UnaryFunction Function, Expr Operand, double Exponent = 0) : Expr
    {
        // Known from the start: to ask all that is shared below for theirs again would take for ever.
        private readonly int _hash = HashCode.Combine(Function, Operand, Exponent);

        /// <summary>The function.</summary>
        public UnaryFunction Function { get; } = Function;

        /// <summary>Its argument.</summary>
        public Expr Operand { get; } = Operand;

        /// <summary>Of a power.</summary>
        public double Exponent { get; } = Exponent;

        /// <inheritdoc/>
        public bool Equals(Unary? other) => ExprGraph.AreEqual(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => _hash;
    }

    /// <summary>An operation on two expressions.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Left">The first.</param>
    /// <param name="Right">The second.</param>
    public sealed record Binary(BinaryOperation Operation, Expr Left, Expr Right) : Expr
    {
        private readonly int _hash = HashCode.Combine(Operation, Left, Right);

        /// <summary>The operation.</summary>
        public BinaryOperation Operation { get; } = Operation;

        /// <summary>The first.</summary>
        public Expr Left { get; } = Left;

        /// <summary>The second.</summary>
        public Expr Right { get; } = Right;

        /// <inheritdoc/>
        public bool Equals(Binary? other) => ExprGraph.AreEqual(this, other);

        /// <inheritdoc/>
        public override int GetHashCode() => _hash;
    }

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

    /// <summary>Arc tangent, within ±π/2.</summary>
    public static Expr Atan(Expr x) => new Unary(UnaryFunction.Atan, x);

    /// <summary>The error function 2/√π ∫₀ˣ e^(−s²) ds.</summary>
    public static Expr Erf(Expr x) => new Unary(UnaryFunction.Erf, x);

    /// <summary><paramref name="value"/> where <paramref name="by"/> &gt; 0, else 0.</summary>
    public static Expr WherePositive(Expr value, Expr by) => new Binary(BinaryOperation.WherePositive, value, by);

    /// <summary><paramref name="value"/> where <paramref name="by"/> ≥ 0, else 0.</summary>
    public static Expr WhereNotNegative(Expr value, Expr by) => new Binary(BinaryOperation.WhereNotNegative, value, by);

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

    /// <summary>arctan x.</summary>
    Atan,

    /// <summary>erf x.</summary>
    Erf,
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

    /// <summary>
    /// a where b &gt; 0, else 0, whatever a is there; not a number where b is none. As a function of b it has slope 0 everywhere: a jump
    /// has
    /// no derivative, and at b = 0 that of its own side is taken.
    /// </summary>
    WherePositive,

    /// <summary>a where b ≥ 0, else as <see cref="WherePositive"/>.</summary>
    WhereNotNegative,
}
