using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Formulation;

/// <summary>A condition a (u − g) = 0 on the value of one output, with functions a and g of the coordinates: what it prescribes.</summary>
public sealed class PrescribedValue
{
    private readonly PointFormula _residual;

    private PrescribedValue(int output, PointFormula residual) => (Output, _residual) = (output, residual);

    /// <summary>The output.</summary>
    public int Output { get; }

    /// <summary>The value that a term prescribes; null where it is about anything else, or about two points.</summary>
    public static PrescribedValue? Of(LossTerm term)
    {
        var leaves = ExprGraph.Order(term.Residual).Where(part => part is Expr.Derivative or Expr.CoefficientOf).Distinct().ToList();
        return leaves is [Expr.Derivative value] && value.Orders.All(order => order == 0) && term.PairsOn is null && LinearPart.Of(term.Residual) is { } linear && !LinearPart.IsZero(linear)
            ? new(value.Output, new(term.Residual))
            : null;
    }

    /// <summary>a at a point.</summary>
    public double Factor(ReadOnlySpan<double> point) => At(point, 1) - At(point, 0);

    /// <summary>g at a point.</summary>
    public double Value(ReadOnlySpan<double> point) => -At(point, 0) / Factor(point);

    private double At(ReadOnlySpan<double> point, double u)
    {
        // Known functions are asked at the point, which a lambda cannot hold as a span.
        var at = point.ToArray();
        return _residual.At(point, leaf => leaf is Expr.KnownFunction known ? known.Function(at) : u)!.Value;
    }
}
