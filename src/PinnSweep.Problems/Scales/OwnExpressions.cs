using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Scales;

/// <summary>Expressions of a problem as it is stated, written in its own units; their values stay physical.</summary>
internal sealed class OwnExpressions
{
    private readonly ProblemUnits _units;
    private readonly FoldedNumbers _folded;
    private readonly OwnPoints _points;

    /// <summary>Prepares the expressions of some points.</summary>
    /// <param name="units">The units.</param>
    /// <param name="measuredAt">Physical points, row-major, at which functions that are no formulas are known; empty for none.</param>
    public OwnExpressions(ProblemUnits units, ReadOnlySpan<double> measuredAt) => (_units, _folded, _points) = (units, new(Leaf), new(units, measuredAt));

    /// <summary>The form of an expression.</summary>
    public LinearForm Of(Expr expression) => _folded.Of(expression);

    /// <summary>What one of the leaf in own units amounts to.</summary>
    public static double SizeOf(ProblemUnits units, Expr.Derivative leaf) =>
        leaf.Orders.Select((order, axis) => Math.Pow(units.Coordinates[axis].Size, order)).Aggregate(units.Outputs[leaf.Output].Size, (size, factor) => size / factor);

    private LinearForm Leaf(Expr leaf) => leaf switch
    {
        Expr.CoordinateOf coordinate => Affine(_units.Coordinates[coordinate.Index], coordinate, isKnown: true),
        Expr.Derivative derivative when derivative.Orders.All(order => order == 0) => Affine(_units.Outputs[derivative.Output], derivative, isKnown: false),
        Expr.Derivative derivative => LinearForm.Of(SizeOf(_units, derivative), derivative, isKnown: false),
        Expr.CoefficientOf coefficient when _units.Physical.Unknowns[coefficient.Index].Bounds is { } bounds => Bounded(bounds.Of(coefficient)),
        Expr.CoefficientOf coefficient => Affine(_units.Coefficients[coefficient.Index], coefficient, isKnown: false),
        Expr.KnownFunction known => LinearForm.Of(1, new Expr.KnownFunction(known.Name, point => known.Function(_points.Physical(point))), isKnown: true),
        _ => LinearForm.Of(1, leaf, isKnown: false),
    };

    private static LinearForm Bounded((double Constant, double Factor, Expr Function) bounded) =>
        LinearForm.Sum([(1, LinearForm.Of(bounded.Constant)), (1, LinearForm.Of(bounded.Factor, bounded.Function, isKnown: false))]);

    private static LinearForm Affine(Unit unit, Expr leaf, bool isKnown) =>
        LinearForm.Sum([(1, LinearForm.Of(unit.Offset)), (1, LinearForm.Of(unit.Size, leaf, isKnown))]);
}
