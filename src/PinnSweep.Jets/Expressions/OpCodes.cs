namespace PinnSweep.Jets.Expressions;

/// <summary>What an <see cref="OpCode"/> reads and computes, in one place for every interpreter.</summary>
public static class OpCodes
{
    /// <summary>Whether A and B are registers.</summary>
    public static (bool A, bool B) Reads(this OpCode code) => code switch
    {
        OpCode.Constant or OpCode.Jet or OpCode.Column or OpCode.Known or OpCode.Coefficient => (false, false),
        OpCode.Add or OpCode.Subtract or OpCode.Multiply or OpCode.Divide or OpCode.WherePositive or OpCode.WhereNotNegative => (true, true),
        _ => (true, false),
    };

    /// <summary>The value of an operation on registers with values a and b and constant c.</summary>
    public static double Apply(this OpCode code, double a, double b, double c) => code switch
    {
        OpCode.Add => a + b,
        OpCode.Subtract => a - b,
        OpCode.Multiply => a * b,
        OpCode.Divide => a / b,
        OpCode.Negate => -a,
        OpCode.Scale => a * c,
        OpCode.Offset => a + c,
        OpCode.Sin => Math.Sin(a),
        OpCode.Cos => Math.Cos(a),
        OpCode.Exp => Math.Exp(a),
        OpCode.Log => Math.Log(a),
        OpCode.Sqrt => Math.Sqrt(a),
        OpCode.Tanh => Math.Tanh(a),
        OpCode.Power => Math.Pow(a, c),
        OpCode.Atan => Math.Atan(a),
        OpCode.Erf => ErrorFunction.Of(a),
        // What is not a number stays so: neither comparison holds for it.
        OpCode.WherePositive => b > 0 ? a : b <= 0 ? 0 : b,
        OpCode.WhereNotNegative => b >= 0 ? a : b < 0 ? 0 : b,
        OpCode.Constant => c,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not an operation on registers."),
    };

    /// <summary>∂result/∂a and ∂result/∂b, given the operands and the result.</summary>
    public static (double A, double B) Slopes(this OpCode code, double a, double b, double c, double result) => code switch
    {
        OpCode.Add => (1, 1),
        OpCode.Subtract => (1, -1),
        OpCode.Multiply => (b, a),
        OpCode.Divide => (1 / b, -result / b),
        OpCode.Negate => (-1, 0),
        OpCode.Scale => (c, 0),
        OpCode.Offset => (1, 0),
        OpCode.Sin => (Math.Cos(a), 0),
        OpCode.Cos => (-Math.Sin(a), 0),
        OpCode.Exp => (result, 0),
        OpCode.Log => (1 / a, 0),
        OpCode.Sqrt => (0.5 / result, 0),
        OpCode.Tanh => (1 - (result * result), 0),
        OpCode.Power => (c * Math.Pow(a, c - 1), 0),
        OpCode.Atan => (1 / (1 + (a * a)), 0),
        OpCode.Erf => (ErrorFunction.SlopeAtZero * Math.Exp(-a * a), 0),
        OpCode.WherePositive => (b > 0 ? 1 : 0, 0),
        OpCode.WhereNotNegative => (b >= 0 ? 1 : 0, 0),
        _ => (0, 0),
    };
}
