using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.References;

/// <summary>
/// A solution in closed form: one expression of the coordinates for each output. It can be evaluated, differentiated and put into
/// residuals.
/// </summary>
/// <param name="outputs">The expressions.</param>
public sealed class ClosedForm(ImmutableArray<Expr> outputs)
{
    private readonly Dictionary<Expr.Derivative, Expr> _derivatives = [];
    private readonly Lazy<PointFormula[]> _formulas = new(() => [.. outputs.Select(output => new PointFormula(output))]);

    /// <summary>The expressions.</summary>
    public ImmutableArray<Expr> Expressions => outputs;

    /// <summary>The solution at a point, in double precision.</summary>
    public void At(ReadOnlySpan<double> point, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(_formulas.Value[i], outputs[i], point);
        }
    }

    /// <summary>
    /// Relative L2 distance of the double values to values with 31 digits, at every <paramref name="stride"/>th of the points.
    /// </summary>
    /// <param name="points">Row-major points × dimension.</param>
    /// <param name="dimension">Number of coordinates.</param>
    /// <param name="stride">1 takes all.</param>
    public double Floor(ReadOnlySpan<double> points, int dimension, int stride)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < points.Length; i += dimension * stride)
        {
            foreach (var (formula, output) in _formulas.Value.Zip(outputs))
            {
                var point = points.Slice(i, dimension);
                var exact = formula.Precisely(point);
                var error = (double)(exact - Evaluate(formula, output, point));
                difference += error * error;
                norm += (double)(exact * exact);
            }
        }

        return Math.Sqrt(norm > 0 ? difference / norm : difference);
    }

    /// <summary>The residual with the solution in place of the network and values in place of the coefficients.</summary>
    /// <param name="expression">The residual.</param>
    /// <param name="coefficients">The values.</param>
    /// <param name="across">The second point, where the residual compares two.</param>
    public Expr Insert(Expr expression, ImmutableArray<double> coefficients, Across? across = null) => ExprGraph.Replace(expression, leaf => leaf switch
    {
        Expr.Derivative { IsAcross: true } derivative => Moved(Derivative(derivative with { IsAcross = false }), across!),
        Expr.Derivative derivative => Derivative(derivative),
        Expr.CoefficientOf coefficient => coefficients[coefficient.Index],
        _ => leaf,
    });

    /// <summary>A solution at the first moment, time zero.</summary>
    public static Expr AtStart(Expr expression, int timeAxis) => Moved(expression, new(timeAxis, 0));

    /// <summary>An expression of coordinates, taken at the second point.</summary>
    public static Expr Moved(Expr expression, Across across) =>
        ExprGraph.Replace(expression, leaf => leaf is Expr.CoordinateOf coordinate && coordinate.Index == across.Coordinate ? across.Value : leaf);

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
    public static double Evaluate(Expr expression, ReadOnlySpan<double> point) => Evaluate(new(expression), expression, point);

    /// <summary>The same computed with 31 digits and rounded at the end.</summary>
    public static double EvaluatePrecisely(Expr expression, ReadOnlySpan<double> point) => (double)new PointFormula(expression).Precisely(point);

    private static double Evaluate(PointFormula formula, Expr expression, ReadOnlySpan<double> point) =>
        formula.At(point) ?? throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression));
}
