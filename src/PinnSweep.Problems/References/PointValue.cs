using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.References;

/// <summary>Evaluates expressions at one point; for many points see <see cref="PointFormula"/>.</summary>
public static class PointValue
{
    /// <summary>The value, or null where the expression holds an output or a trainable coefficient and nobody says what it is.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="point">One value for each coordinate.</param>
    /// <param name="leaf">The value of a derivative of an output, or of a coefficient.</param>
    public static double? Of(Expr expression, ReadOnlySpan<double> point, Func<Expr, double>? leaf = null) => new PointFormula(expression).At(point, leaf);
}
