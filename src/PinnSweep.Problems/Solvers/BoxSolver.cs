using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// Linear equations of second order for one output on a box, with a condition on each side: Chebyshev collocation in all coordinates, time
/// among them, slab after slab of time. Equations of second order in time are solved on all of it at once: from slab to slab their fast
/// waves would grow. Coefficients may depend on all coordinates; where they do not on time, one factored matrix serves all slabs. Degrees
/// rise until that changes nothing more; the last change is the floor.
/// </summary>
internal sealed class BoxSolver
{
    private const double Enough = 1e-10;

    // A dense matrix of more rows takes longer to factor than a reader of a file should wait.
    private const int MostUnknowns = 1100;
    private const double MostWork = 4e9;
    private static readonly int[] Ladder = [8, 10, 12, 16, 24, 32, 40, 48, 64, 96, 128, 192, 256];

    private readonly Problem _problem;
    private readonly AffineForm _equation;
    private readonly BoxConditions _conditions;

    private BoxSolver(Problem problem, AffineForm equation, BoxConditions conditions) => (_problem, _equation, _conditions) = (problem, equation, conditions);

    /// <summary>The solver, or null where it does not apply.</summary>
    public static BoxSolver? Of(Problem problem)
    {
        var space = problem.Dimension - (problem.TimeAxis is null ? 0 : 1);
        LossTerm[] equations = [.. problem.Terms.Where(term => term.Role == TermRole.Residual)];
        if (problem is not { Outputs.Length: 1, IsWholeBox: true } || space is < 1 or > 2 || problem.Axes.Any(axis => axis.Periodic) || !problem.OutputParts.IsEmpty ||
            equations is not [{ Within: null, PairsOn: null } equation] || AffineForm.Of(equation.Residual) is not { } form || form.Leaves.Any(leaf => leaf.Orders.Sum() > 2))
        {
            return null;
        }

        ImmutableArray<int> orders = [.. problem.Axes.Select((_, axis) => form.Leaves.Select(leaf => leaf.Orders[axis]).DefaultIfEmpty(0).Max())];
        return orders.Contains(0) || BoxConditions.Of(problem, orders) is not { } conditions ? null : new(problem, form, conditions);
    }

    /// <summary>The solution at equally spaced values of the coordinates.</summary>
    public ReferenceGrid Solve(ImmutableArray<ImmutableArray<double>> nodes)
    {
        double[]? before = null;
        var distance = double.NaN;
        foreach (var degree in Ladder)
        {
            var isMarched = _problem.TimeAxis is { } time && _equation.Leaves.All(leaf => leaf.Orders[time] < 2);
            int[] degrees = [.. _problem.Axes.Select((_, axis) => axis != _problem.TimeAxis || !isMarched ? degree : _problem.Dimension == 3 ? 4 : 8)];
            var slabs = !isMarched ? 1 : _problem.Dimension == 3 ? 2 * degree : degree / 4;
            var unknowns = degrees.Aggregate(1L, (product, each) => product * (each + 1));
            if (unknowns > MostUnknowns || Math.Pow(unknowns, 3) * (DependsOnTime() ? slabs : 1) > MostWork)
            {
                break;
            }

            var values = Values(nodes, degrees, slabs);
            distance = before is null ? double.NaN : ReferenceGrid.Distance(values, before);
            before = values;
            if (distance <= Enough)
            {
                break;
            }
        }

        var count = nodes.Aggregate(1, (product, axis) => product * axis.Length);
        return new(nodes, 1, [.. before ?? new double[count]], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, distance));
    }

    /// <summary>The solution on a grid, all slabs one after another.</summary>
    private double[] Values(ImmutableArray<ImmutableArray<double>> nodes, int[] degrees, int slabs)
    {
        var (time, values) = (_problem.TimeAxis, new double[nodes.Aggregate(1, (product, axis) => product * axis.Length)]);
        var (slab, shown) = (new BoxSlab(_problem, _equation, _conditions, degrees, slabs), 0);
        for (var s = 0; s < slabs; s++)
        {
            slab.Advance();
            if (time is not { } axis)
            {
                return slab.On(nodes);
            }

            // Moments up to the slab's end, but for those of the slabs before; the last one ends at the last.
            var to = s == slabs - 1 ? nodes[axis].Length : nodes[axis].Count(moment => moment <= slab.End);
            var part = nodes.SetItem(axis, nodes[axis][shown..to]);
            var here = slab.On(part);
            for (var k = 0; k < here.Length; k++)
            {
                values[Index(k, part, nodes, axis, shown)] = here[k];
            }

            shown = to;
        }

        return values;
    }

    /// <summary>Where the value k of a part stands among all, whose moments begin later.</summary>
    private static int Index(int k, ImmutableArray<ImmutableArray<double>> part, ImmutableArray<ImmutableArray<double>> all, int time, int first)
    {
        var (index, stride) = (0, 1);
        for (var axis = all.Length - 1; axis >= 0; axis--)
        {
            index += stride * ((k % part[axis].Length) + (axis == time ? first : 0));
            k /= part[axis].Length;
            stride *= all[axis].Length;
        }

        return index;
    }

    private bool DependsOnTime() => _problem.TimeAxis is { } time && ExprGraph.Order([.. _problem.Terms.Select(term => LinearPart.Of(term.Residual)).OfType<Expr>()])
        .Any(part => part is Expr.CoordinateOf coordinate && coordinate.Index == time);
}
