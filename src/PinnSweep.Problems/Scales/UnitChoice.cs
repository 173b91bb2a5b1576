using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.WellPosedness;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// Chooses units for a problem: of every coordinate by its range, of every output by its size, of every term by the size of its parts. Only
/// what is far from one, or far off its own zero, has a unit of its own.
/// </summary>
internal static class UnitChoice
{
    /// <summary>The units.</summary>
    /// <param name="problem">As it is stated.</param>
    /// <param name="given">What the file says itself, which wins.</param>
    /// <param name="scaled">Terms whose size the file says.</param>
    /// <param name="watch">Is asked whether to go on.</param>
    public static ChosenUnits Of(Problem problem, GivenUnits given, IReadOnlySet<string> scaled, PlanningWatch watch)
    {
        var points = new CheckPoints(problem, watch);
        var ranges = new OutputSizes(problem, points).Ranges();
        var chosen = ChosenUnits.None with
        {
            Coordinates = Named(problem.Axes.Select((axis, i) => (axis.Name, given.Units.GetValueOrDefault(axis.Name, OfAxis(problem, i))))),
            Outputs = Named(problem.Outputs.Select((name, i) => (name, given.Units.GetValueOrDefault(name, OfOutput(problem, i, ranges[i]))))),
            Coefficients = Named(problem.Unknowns.Select(unknown => (unknown.Name, unknown.Bounds is not null ? 1 : given.Units.TryGetValue(unknown.Name, out var unit) ? unit.Size : RoundUnits.SizeOf(Math.Abs(unknown.Start))))),
            Multipliers = Named(problem.Outputs.Zip(problem.Ansatz, (name, form) => (name, OfMultiplier(problem, points, form)))),
        };
        return WithTerms(problem, chosen, ranges, scaled, watch);
    }

    private static ChosenUnits WithTerms(Problem problem, ChosenUnits chosen, (double Lower, double Upper)[] ranges, IReadOnlySet<string> scaled, PlanningWatch watch)
    {
        var own = InOwnUnits.Of(problem, chosen);
        var (points, amounts) = (new CheckPoints(own, watch), problem.Outputs.Select((name, output) => Amount(ranges[output], chosen.OfOutput(name))).ToArray());
        var sizes = new NaturalSizes(own, points, amounts, new VariationRates(own, points, amounts).All());
        return chosen with
        {
            Terms = Named(own.Terms.Select((term, k) => (term.Name, scaled.Contains(term.Name)
                ? RoundUnits.IsFine(problem.Terms[k].Scale) ? 1 : problem.Terms[k].Scale
                : TermDivisors.Of(own, term, sizes).Divisor))),
        };
    }

    /// <summary>What an output varies by in its own unit; 1 where nobody knows.</summary>
    private static double Amount((double Lower, double Upper) range, Unit unit) =>
        OutputSizes.Size((unit.ToOwn(range.Lower), unit.ToOwn(range.Upper))) is > 0 and var size && double.IsFinite(size) ? size : 1;

    private static Unit OfAxis(Problem problem, int index)
    {
        var axis = problem.Axes[index];

        // A disc or a ball stays one where its coordinates have the same unit.
        int[] plane = problem.Plane is { } domain ? [domain.AxisX, domain.AxisY] : problem.Holes.FirstOrDefault() is { } hole ? [hole.AxisX, hole.AxisY] : problem.Cavities.IsEmpty ? [] : [0, 1, 2];
        var extent = plane.Contains(index) ? plane.Max(other => problem.Axes[other].Extent) : axis.Extent;
        return new(RoundUnits.IsFarOff(axis.Lower, axis.Upper, axis.Extent / 2) ? RoundUnits.Between(axis.Lower, axis.Upper) : 0, RoundUnits.SizeOf(extent));
    }

    private static Unit OfOutput(Problem problem, int output, (double Lower, double Upper) range)
    {
        var half = (range.Upper - range.Lower) / 2;

        // An output that is fixed but for a constant has no origin that anything refers to.
        return !problem.FreeOfMean.Contains(output) && RoundUnits.IsFarOff(range.Lower, range.Upper, half)
            ? new(RoundUnits.Between(range.Lower, range.Upper), RoundUnits.SizeOf(half))
            : new(0, RoundUnits.SizeOf(OutputSizes.Size(range)));
    }

    private static double OfMultiplier(Problem problem, CheckPoints points, Ansatz form)
    {
        var formula = new References.PointFormula(form.Multiplier);
        return RoundUnits.SizeOf(points.In(Region.Domain(problem)).Select(point => Math.Abs(formula.At(point)!.Value)).Where(double.IsFinite).DefaultIfEmpty(1).Max());
    }

    private static ImmutableSortedDictionary<string, Unit> Named(IEnumerable<(string Name, Unit Unit)> units) =>
        units.Where(pair => pair.Unit != Unit.One).ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Unit, StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, double> Named(IEnumerable<(string Name, double Size)> sizes) =>
        sizes.Where(pair => pair.Size != 1).ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Size, StringComparer.Ordinal);
}
