using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What a problem file must keep beyond its grammar: values at every point, and conditions on every side that needs one.</summary>
internal static class ProblemChecks
{
    private const int MostPoints = 20_000;

    /// <summary>Parts of expressions that have no finite value at a point of the term's place, edges and middle included.</summary>
    public static void Values(Problem problem, IEnumerable<(FileScope.Parsed Expression, Region Region, string Key)> expressions, MistakeList mistakes)
    {
        foreach (var (expression, region, key) in expressions.Where(item => !item.Expression.Partial.IsEmpty))
        {
            var points = Points(problem, region);
            foreach (var (part, place) in expression.Partial)
            {
                if (points.FirstOrDefault(point => IsUndefined(part, point)) is { } point)
                {
                    mistakes.Add(place, key, $"{What(part)} at {Words(problem, point)}");
                    break;
                }

                if (part is Expr.Binary quotient && Crossing(quotient.Right, points) is var (before, after))
                {
                    mistakes.Add(place, key, $"divides by zero somewhere between {Words(problem, before)} and {Words(problem, after)}, where the divisor changes its sign");
                    break;
                }
            }
        }
    }

    /// <summary>
    /// Sides without a condition. An equation with first derivatives by a coordinate needs one on one side of it at least, with higher ones on
    /// both; time needs one at its start; a hole always.
    /// </summary>
    public static void Sides(Problem problem, ImmutableArray<string> free, Place place, MistakeList mistakes)
    {
        var covered = problem.Terms.SelectMany(term => term.Faces).Select(face => face.Name(problem)).Concat(free).ToHashSet();
        var equations = problem.Terms.Where(term => term.Faces.IsEmpty).ToList();
        for (var axis = 0; axis < problem.Dimension; axis++)
        {
            var order = equations.Max(term => Order(term.Residual, axis));
            if (problem.Axes[axis].Periodic || order == 0)
            {
                continue;
            }

            var name = problem.Axes[axis].Name;
            string[] sides = axis == problem.TimeAxis ? [$"{name}-lower"] : [$"{name}-lower", $"{name}-upper"];
            var missing = sides.Where(side => !covered.Contains(side)).ToList();
            if (missing.Count > 0 && (order > 1 || missing.Count == sides.Length))
            {
                Tell(missing, $"the equations derive by {name} {(order == 1 ? "once" : FormattableString.Invariant($"up to {order} times"))}");
            }
        }

        foreach (var hole in SideNames.Expand("holes", [], problem.Holes.Length).Where(name => !problem.Holes.IsEmpty && !covered.Contains(name)))
        {
            Tell([hole], "the domain ends there");
        }

        void Tell(IReadOnlyList<string> sides, string why) => mistakes.Add(
            place, "conditions", $"no condition on {string.Join(" and ", sides)}, though {why}; add one, or list the side under 'free' if the problem leaves it open");
    }

    private static int Order(Expr expression, int axis) => expression switch
    {
        Expr.Derivative derivative => derivative.Orders[axis],
        Expr.Unary unary => Order(unary.Operand, axis),
        Expr.Binary binary => Math.Max(Order(binary.Left, axis), Order(binary.Right, axis)),
        _ => 0,
    };

    /// <summary>Two points between which a function has a zero, since it is continuous wherever it is defined; null where none was seen.</summary>
    private static (double[] Before, double[] After)? Crossing(Expr divisor, List<double[]> points)
    {
        var first = points[0];
        if (PointValue.Of(divisor, first) is not { } sign)
        {
            return null;
        }

        foreach (var point in points)
        {
            if (PointValue.Of(divisor, point) * sign < 0)
            {
                return (first, point);
            }

            first = point;
        }

        return null;
    }

    private static string Words(Problem problem, double[] point) =>
        string.Join(", ", problem.Axes.Select((axis, i) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {point[i]:G6}")));

    private static bool IsUndefined(Expr part, double[] point) => part is Expr.Binary { Operation: BinaryOperation.Divide } quotient
        ? PointValue.Of(quotient.Right, point) is 0 || PointValue.Of(quotient, point) is { } value && !double.IsFinite(value)
        : PointValue.Of(part, point) is { } result && !double.IsFinite(result);

    private static string What(Expr part) => part switch
    {
        Expr.Binary { Operation: BinaryOperation.Divide } => "divides by zero",
        Expr.Unary { Function: UnaryFunction.Log } => "the logarithm has no finite value",
        Expr.Unary { Function: UnaryFunction.Sqrt } => "the square root has no real value",
        Expr.Unary { Function: UnaryFunction.Power } => "the power has no finite value",
        _ => "has no finite value",
    };

    private static List<double[]> Points(Problem problem, Region region)
    {
        // An odd number, so that the middle is among them.
        var n = 21;
        while (n > 3 && Math.Pow(n, region.FreeDimensions) > MostPoints)
        {
            n -= 2;
        }

        var points = new List<double[]>();
        var count = (int)Math.Pow(n, region.FreeDimensions);
        var unit = new double[region.FreeDimensions];
        for (var i = 0; i < count; i++)
        {
            var rest = i;
            for (var d = 0; d < unit.Length; d++)
            {
                unit[d] = rest % n / (double)(n - 1);
                rest /= n;
            }

            var point = new double[problem.Dimension];
            region.Place(unit, point);
            points.Add(point);
        }

        return points;
    }
}
