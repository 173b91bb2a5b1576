using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// Writes a problem in units of its own (non-dimensionalization): coordinates x = x₀ + L ξ, outputs u = u₀ + U v, so that
/// ∂ᵏu/∂xᵏ = U/Lᵏ ∂ᵏv/∂ξᵏ, and every residual divided by a size; a coefficient with bounds by what is trained in its place. Everything behind meets an ordinary problem whose numbers are near one.
/// </summary>
public static class InOwnUnits
{
    /// <summary>The problem in these units; the same problem where none was chosen.</summary>
    /// <param name="physical">As it is stated.</param>
    /// <param name="chosen">What was chosen.</param>
    public static Problem Of(Problem physical, ChosenUnits chosen)
    {
        if (chosen.IsNone && physical.Unknowns.All(unknown => unknown.Bounds is null))
        {
            return physical;
        }

        var units = new ProblemUnits(
            physical,
            [.. physical.Axes.Select(axis => chosen.OfCoordinate(axis.Name))],
            [.. physical.Outputs.Select(chosen.OfOutput)],
            [.. physical.Unknowns.Select(unknown => new Unit(0, chosen.Coefficients.GetValueOrDefault(unknown.Name, 1)))]);
        var (expressions, places) = (new OwnExpressions(units, []), new OwnPlaces(units.Coordinates));
        var tested = new Lazy<OwnPoints>(() => new(units, physical.TestPoints.AsSpan()));
        return physical with
        {
            Units = units,
            Axes = [.. physical.Axes.Zip(units.Coordinates, (axis, unit) => axis with { Lower = unit.ToOwn(axis.Lower), Upper = unit.ToOwn(axis.Upper) })],
            Holes = [.. physical.Holes.Select(places.Of)],
            Cavities = [.. physical.Cavities.Select(places.Of)],
            Plane = places.Of(physical.Plane),
            OutputParts = [.. physical.OutputParts.Select(places.Of)],
            Terms = [.. physical.Terms.Select(term => Own(term, units, places, expressions, chosen.Terms.GetValueOrDefault(term.Name, 1)))],
            Exact = (point, values) => Exact(units, tested.Value.Physical(point), values),
            Ansatz = [.. physical.Ansatz.Select((form, output) => new Ansatz(
                Output(expressions.Of(form.Lift), units.Outputs[output]),
                expressions.Of(form.Multiplier).Over(chosen.Multipliers.GetValueOrDefault(physical.Outputs[output], 1)).ToExpr()))],
            Unknowns = [.. physical.Unknowns.Zip(units.Coefficients, Own)],
            Solution = physical.Solution is { } solution ? new ClosedForm([.. solution.Expressions.Select((output, i) => Output(expressions.Of(output), units.Outputs[i]))]) : null,
            Equilibria = [.. physical.Equilibria.Select(state => state.Select((value, output) => units.Outputs[output].ToOwn(value)).ToImmutableArray())],
            TestPoints = Points(physical.TestPoints, units),
            Reference = null,
        };
    }

    /// <summary>An expression of the stated problem, in own leaves; its values stay physical.</summary>
    /// <param name="units">The units.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="measuredAt">Physical points at which functions that are no formulas are known.</param>
    public static Expr Expression(ProblemUnits units, Expr expression, ImmutableArray<double> measuredAt = default) =>
        new OwnExpressions(units, measuredAt.IsDefault ? [] : measuredAt.AsSpan()).Of(expression).ToExpr();

    /// <summary>The same as constant + factor · rest with numbers near one in the rest.</summary>
    public static (double Constant, double Factor, Expr Inner) Split(ProblemUnits units, Expr expression)
    {
        var form = new OwnExpressions(units, []).Of(expression);
        var (factor, rest) = LinearForm.Sum([(1, form), (-1, LinearForm.Of(form.Constant))]).Factored();
        return (form.Constant, factor, rest);
    }

    private static LossTerm Own(LossTerm term, ProblemUnits units, OwnPlaces places, OwnExpressions expressions, double size)
    {
        var own = term.MeasuredAt.IsEmpty ? expressions : new OwnExpressions(units, term.MeasuredAt.AsSpan());
        return term with
        {
            Faces = [.. term.Faces.Select(places.Of)],
            Within = places.Of(term.Within),
            Residual = own.Of(term.Residual).Over(size).ToExpr(),
            // A size of 1 is what stands where nobody said one: of a term in own units that is its size.
            Scale = term.Scale == 1 ? 1 : term.Scale / size,
            MeasuredAt = Points(term.MeasuredAt, units),
        };
    }

    private static Coefficient Own(Coefficient coefficient, Unit unit) => coefficient.Bounds is { } bounds ? coefficient with
    {
        Start = bounds.ToTheta(coefficient.Start),
        Truth = coefficient.Truth is { } exact ? bounds.ToTheta(exact) : null,
        ToValue = bounds.ToValue,
    }
    : unit == Unit.One ? coefficient : coefficient with
    {
        Start = unit.ToOwn(coefficient.Start),
        Truth = coefficient.Truth is { } truth ? unit.ToOwn(truth) : null,
        ToValue = theta => coefficient.ValueOf(unit.ToPhysical(theta)),
    };

    private static ImmutableArray<double> Points(ImmutableArray<double> points, ProblemUnits units)
    {
        var own = new double[points.Length];
        units.ToOwn(points.AsSpan(), own);
        return [.. own];
    }

    private static Expr Output(LinearForm physical, Unit unit) => LinearForm.Sum([(1, physical), (-1, LinearForm.Of(unit.Offset))]).Over(unit.Size).ToExpr();

    private static void Exact(ProblemUnits units, ReadOnlySpan<double> point, Span<double> values)
    {
        units.Physical.Exact(point, values);
        for (var output = 0; output < values.Length; output++)
        {
            values[output] = units.Outputs[output].ToOwn(values[output]);
        }
    }
}
