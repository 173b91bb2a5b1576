using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>What a problem file must keep beyond its grammar: conditions on every side that needs one.</summary>
internal static class ProblemChecks
{
    /// <summary>
    /// Sides without a condition. An equation with first derivatives by a coordinate needs one on one side of it at least, with higher ones
    /// on both; time needs one at its start; a hole always.
    /// </summary>
    public static void Sides(Problem problem, ImmutableArray<string> free, Place place, MistakeList mistakes)
    {
        var covered = problem.Terms.SelectMany(term => term.Sides).Select(face => face.Name(problem)).Concat(free).ToHashSet();
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

    private static int Order(Expr expression, int axis) => ExprGraph.Order(expression).OfType<Expr.Derivative>().Select(derivative => derivative.Orders[axis]).DefaultIfEmpty().Max();
}
