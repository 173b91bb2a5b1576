using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// Which equation stands for which node of a tensor grid: conditions at nodes on their sides, the differential equation at all others.
/// Where sides meet, the start comes before values and values before slopes. Of two conditions on one side the one with slopes stands for
/// the nodes beside it.
/// </summary>
/// <param name="lower">For each coordinate the conditions where it is smallest, values first.</param>
/// <param name="upper">Those where it is largest.</param>
/// <param name="time">The coordinate that is time; −1 where none is.</param>
internal sealed class BoxConditions(ImmutableArray<ImmutableArray<AffineForm>> lower, ImmutableArray<ImmutableArray<AffineForm>> upper, int time)
{
    /// <summary>
    /// The conditions of a problem; null where they are others than one for each order of the equation in each coordinate.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="orders">The highest order of the equation in each coordinate.</param>
    public static BoxConditions? Of(Problem problem, ImmutableArray<int> orders)
    {
        var sides = Enumerable.Range(0, 2 * problem.Dimension).Select(_ => new List<AffineForm>()).ToArray();
        foreach (var term in problem.Terms.Where(term => term.Role is TermRole.Initial or TermRole.Boundary))
        {
            if (term.PairsOn is not null || term.Faces.IsEmpty || term.Faces.Any(face => !face.IsOfBox || face.Within is not null) || AffineForm.Of(term.Residual) is not { } form || form.Leaves.IsEmpty ||
                form.Leaves.Any(leaf => leaf.Orders.Sum() > 1))
            {
                return null;
            }

            foreach (var face in term.Faces)
            {
                sides[(2 * face.Axis) + (face.Upper ? 1 : 0)].Add(form);
            }
        }

        ImmutableArray<ImmutableArray<AffineForm>> At(int end) => [.. orders.Select((_, axis) => sides[(2 * axis) + end].OrderBy(HasSlope).ToImmutableArray())];
        var (lower, upper, time) = (At(0), At(1), problem.TimeAxis ?? -1);
        return orders.Where((order, axis) => lower[axis].Length + upper[axis].Length != order).Any() || (time >= 0 && !upper[time].IsEmpty) ? null : new(lower, upper, time);
    }

    /// <summary>
    /// The condition that stands for a node, and the node at which it is taken; null where it is the differential equation.
    /// </summary>
    /// <param name="node">An index for each coordinate, from 0 at its upper end.</param>
    /// <param name="degrees">The index at the lower end.</param>
    /// <returns>With whether it is a condition on the start.</returns>
    public (AffineForm Form, int[] At, bool IsStart)? For(int[] node, int[] degrees)
    {
        (AffineForm Form, int[] At, bool IsStart)? best = null;
        var rank = int.MaxValue;
        for (var axis = 0; axis < node.Length; axis++)
        {
            // The node on a side, or the one beside it.
            var isLower = node[axis] >= degrees[axis] - 1;
            var side = isLower ? degrees[axis] : 0;
            var (conditions, distance) = (isLower ? lower[axis] : upper[axis], Math.Abs(node[axis] - side));
            if (distance > 1 || conditions.Length <= distance)
            {
                continue;
            }

            var form = conditions[distance];
            var own = distance > 0 ? 3 : axis == time ? 0 : HasSlope(form) ? 2 : 1;
            if (own < rank)
            {
                int[] at = [.. node];
                at[axis] = side;
                (best, rank) = ((form, at, axis == time), own);
            }
        }

        return best;
    }

    private static bool HasSlope(AffineForm form) => form.Leaves.Any(leaf => leaf.Orders.Sum() > 0);
}
