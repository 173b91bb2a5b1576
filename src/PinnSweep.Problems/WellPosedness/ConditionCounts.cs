using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Whether there are conditions enough: an equation with first derivatives by a coordinate needs one on one side of it at least, with
/// higher ones on both, and as many in all as the order of the system (<see cref="SystemOrder"/>); time needs all of them at one end; a
/// hole, and any side across the coordinates, half of those of a coordinate. Where terms hold in parts every place is counted. Sides that are listed as free are left open by the problem. Where values are measured they may
/// stand in for conditions, so that only sides without any are told.
/// </summary>
internal static class ConditionCounts
{
    private const string Remedy = "add one, or list the side under 'free' if the problem leaves it open";

    /// <summary>What is missing.</summary>
    public static IEnumerable<Flaw> Of(Problem problem, ImmutableArray<string> free)
    {
        var covered = problem.Terms.SelectMany(term => term.Sides).Where(face => !face.IsInside).Select(face => face.Whole.Name(problem)).Concat(free).ToHashSet();
        ImmutableArray<LossTerm> equations = [.. problem.Terms.Where(term => term.Role == TermRole.Residual)];
        ImmutableArray<LossTerm> conditions = [.. problem.Terms.Where(term => !term.Faces.IsEmpty)];
        var isMeasured = problem.Terms.Any(term => !term.MeasuredAt.IsEmpty);
        var at = new ConditionsAt(problem);
        for (var axis = 0; axis < problem.Dimension; axis++)
        {
            var order = equations.Max(term => SystemOrder.Orders(term.Residual, axis).Values.DefaultIfEmpty().Max());
            if (order == 0)
            {
                continue;
            }

            var (given, needed, place) = at.Along(axis);
            if (problem.Axes[axis].Periodic || !DomainSides.EndsAlong(problem, axis))
            {
                continue;
            }

            var name = problem.Axes[axis].Name;
            string[] sides = axis == problem.TimeAxis ? [$"{name}-lower"] : [$"{name}-lower", $"{name}-upper"];
            var missing = sides.Where(side => !covered.Contains(side)).ToList();
            if (missing.Count > 0 && order == 1 && axis != problem.TimeAxis && conditions.FirstOrDefault(term => term.Faces.Any(face => face.Hole > 0 || face.Piece > 0 || face.Cavity > 0 || face.IsInside)) is { } inner)
            {
                // Characteristics may begin anywhere: a distance grows from the curve on which it is zero.
                yield return new("conditions", $"no condition on {string.Join(" and ", missing)}: '{inner.Name}' and others inside have to determine the solution", IsNotice: true);
            }
            else if (missing.Count > 0 && (order > 1 || missing.Count == sides.Length))
            {
                yield return new("conditions", NoneOn(missing, Derived(name, order)) + MaybeTime(problem, conditions, axis, needed));
            }
            else if (!isMeasured && !free.Contains($"{name}-lower") && !free.Contains($"{name}-upper") && TooFew(problem, conditions, axis, (given, needed, place), Derived(name, order)) is { } few)
            {
                yield return new("conditions", few, IsNotice: IsOutlet(problem, conditions, axis, needed));
            }
            else if (!isMeasured && sides.Where(side => (order > 1 || axis == problem.TimeAxis) && !free.Contains(side)).Select(side => (side, Bare: at.Bare(new(axis, side.EndsWith("-upper", StringComparison.Ordinal))))).FirstOrDefault(pair => pair.Bare is not null) is { Bare: { } bare } open)
            {
                yield return new("conditions", $"{open.side} has no condition at {Words(problem, bare)}; {Remedy}");
            }
        }

        foreach (var side in DomainSides.Others(problem))
        {
            var name = side.Name(problem);
            var (given, needed, place) = at.On(side);
            if (!covered.Contains(name))
            {
                yield return new("conditions", NoneOn([name], "the domain ends there"));
            }
            else if (!isMeasured && !free.Contains(name) && given < needed)
            {
                yield return new("conditions", $"{name} needs {Count(needed)}{(place is null ? "" : $" at {Words(problem, place)}")}, because the equations amount to order {Number(2 * needed)} together, and has {Number(given)}; {Remedy}");
            }
        }

        foreach (var (equation, axis, end) in at.OpenEnds())
        {
            yield return new(
                $"equations.{equation.Name}",
                FormattableString.Invariant($"ends at {problem.Axes[axis].Name} = {end:R}, inside the domain, and no condition holds there; what links it with its neighbour stands on: {{{problem.Axes[axis].Name}: {end:R}}}"),
                IsNotice: true);
        }
    }

    private static string Words(Problem problem, double[] point) => string.Join(", ", problem.Axes.Select((axis, i) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {ShortNumber.Rounded(point[i], 3)}")));

    private static string? TooFew(Problem problem, ImmutableArray<LossTerm> conditions, int axis, (int Given, int Needed, double[]? At) count, string derived)
    {
        var (given, needed, at) = count;
        var name = problem.Axes[axis].Name;
        var isTime = axis == problem.TimeAxis;
        var here = conditions.Where(term => term.Faces.Any(face => face.EndsAlong(axis) || (face.IsInside && face.Within!.Fixed.Contains(axis)))).ToList();
        var where = isTime ? $"{name}-lower" : $"{name}-lower and {name}-upper together";
        if (given < needed)
        {
            return $"{where} need{(isTime ? "s" : "")} {Count(needed)}, because the equations derive {derived}{(problem.Outputs.Length > 1 ? $" (order {Number(needed)} together)" : "")}, " +
                $"and {(isTime ? "has" : "have")} {Number(given)} ({string.Join(", ", here.Select(term => $"'{term.Name}'"))}){(at is null ? "" : $" at {Elsewhere(problem, axis, at)}")}{Missing(problem, here, axis)}; {Remedy}";
        }

        // Of a system every output that changes with time has a beginning.
        var mentioned = here.SelectMany(term => ExprGraph.Order(term.Residual).OfType<Expr.Derivative>()).Select(derivative => derivative.Output).ToHashSet();
        var silent = Enumerable.Range(0, problem.Outputs.Length)
            .Where(output => isTime && !mentioned.Contains(output) && problem.Terms.Any(term => term.Role == TermRole.Residual && SystemOrder.Orders(term.Residual, axis).GetValueOrDefault(output) > 0))
            .Select(output => problem.Outputs[output]).ToList();
        return silent.Count == 0 || given > needed ? null : $"no condition on {where} says anything of {string.Join(" and ", silent)}, though the equations derive {(silent.Count == 1 ? "it" : "them")} by {name}; {Remedy}";
    }

    /// <summary>
    /// Whether all that is missing is missing where a condition speaks of an output such as a pressure, whose order is below that of others:
    /// flows leave a domain by p = 0 alone in many papers.
    /// </summary>
    private static bool IsOutlet(Problem problem, ImmutableArray<LossTerm> conditions, int axis, int needed)
    {
        ImmutableArray<int> orders =
        [
            .. problem.Outputs.Select((_, output) => problem.Terms.Where(term => term.Role == TermRole.Residual).Max(term => SystemOrder.Orders(term.Residual, axis).GetValueOrDefault(output))),
        ];
        bool IsLower(Expr part) => part is Expr.Derivative derivative && orders[derivative.Output] > 0 && orders[derivative.Output] < orders.Max();
        var lacking = new[] { false, true }.Select(upper => conditions.Where(term => term.Faces.Any(face => face.EndsAlong(axis) && face.Upper == upper)).ToList()).Where(there => there.Count < needed / 2).ToList();
        return axis != problem.TimeAxis && lacking.Count > 0 && lacking.TrueForAll(there => there.Exists(term => ExprGraph.Order(term.Residual).Any(IsLower)));
    }

    private static string Elsewhere(Problem problem, int axis, double[] point) => problem.Dimension == 1 ? "all points"
        : string.Join(", ", problem.Axes.Select((other, i) => (other, i)).Where(pair => pair.i != axis).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.other.Name} = {ShortNumber.Rounded(point[pair.i], 3)}")));

    /// <summary>At the start the lower derivatives are given one after another: the first that no condition speaks of is missing.</summary>
    private static string Missing(Problem problem, List<LossTerm> here, int axis)
    {
        if (axis != problem.TimeAxis)
        {
            return "";
        }

        var given = here.SelectMany(term => ExprGraph.Order(term.Residual).OfType<Expr.Derivative>()).Select(derivative => (derivative.Output, Order: derivative.Orders[axis])).ToHashSet();
        for (var output = 0; output < problem.Outputs.Length; output++)
        {
            var order = problem.Terms.Where(term => term.Role == TermRole.Residual).Max(term => SystemOrder.Orders(term.Residual, axis).GetValueOrDefault(output));
            for (var lower = 0; lower < order; lower++)
            {
                if (!given.Contains((output, lower)))
                {
                    var name = lower == 0 ? problem.Outputs[output] : $"{problem.Outputs[output]}_{string.Concat(Enumerable.Repeat(problem.Axes[axis].Name, lower))}";
                    return $"; {name} is not given there";
                }
            }
        }

        return "";
    }

    /// <summary>All that is given stands at the lower end, and it is enough: then the coordinate is time.</summary>
    private static string MaybeTime(Problem problem, ImmutableArray<LossTerm> conditions, int axis, int needed)
    {
        var lower = conditions.Count(term => term.Faces.Contains(new(axis, Upper: false)));
        return problem.TimeAxis is null && lower >= needed && !conditions.Any(term => term.Faces.Contains(new(axis, Upper: true)))
            ? $"; if {problem.Axes[axis].Name} is time, say time: {problem.Axes[axis].Name}"
            : "";
    }

    private static string NoneOn(IReadOnlyList<string> sides, string why) =>
        $"no condition on {string.Join(" and ", sides)}, though {(why.StartsWith("by ", StringComparison.Ordinal) ? $"the equations derive {why}" : why)}; {Remedy}";

    private static string Derived(string name, int order) => order == 1 ? $"by {name} once" : $"by {name} up to {Number(order)} times";

    private static string Count(int conditions) => conditions == 1 ? "one condition" : $"{Number(conditions)} conditions";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
