using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// A problem that is periodic in all coordinates but time as u_t = L u + N(t, x, u, u_x, …): each output has a start, and L is what stands in
/// its own equation with constant factors; its own highest derivatives by space have to, because steps in time could not follow them
/// otherwise. Not thread-safe.
/// </summary>
internal sealed class EvolutionForm
{
    private const int StatesTried = 5;

    private readonly PointFormula[] _starts;

    private EvolutionForm(Problem problem, ExplicitForm form, PointFormula[] starts, double[][] factors)
    {
        (Slopes, _starts, Factors, Time) = (form, starts, factors, problem.TimeAxis!.Value);
    }

    /// <summary>The equations, solved for the derivatives by time.</summary>
    public ExplicitForm Slopes { get; }

    /// <summary>By output and leaf of <see cref="Slopes"/>: the factor of L, 0 where L has none.</summary>
    public double[][] Factors { get; }

    /// <summary>The coordinate that is time.</summary>
    public int Time { get; }

    /// <summary>Outputs.</summary>
    public int Outputs => Factors.Length;

    /// <summary>The form, or null where the problem has none.</summary>
    public static EvolutionForm? Of(Problem problem)
    {
        if (problem is not { TimeAxis: { } time, IsWholeBox: true } || Enumerable.Range(0, problem.Dimension).Any(axis => axis != time && !problem.Axes[axis].Periodic) ||
            ExplicitForm.Of(problem, time) is not { } form || form.Orders.Any(order => order != 1) || form.Leaves.Any(leaf => leaf.Orders[time] > 0))
        {
            return null;
        }

        LossTerm[] conditions = [.. problem.Terms.Where(term => term.Role is TermRole.Initial or TermRole.Boundary)];
        var starts = new PointFormula?[problem.Outputs.Length];
        foreach (var condition in conditions)
        {
            Expr.Derivative[] leaves = [.. ExprGraph.Order(condition.Residual).OfType<Expr.Derivative>().Distinct()];
            if (condition is not { Role: TermRole.Initial, Faces: [var face] } || face != new Face(time, Upper: false) || leaves is not [var leaf] || leaf.Orders.Sum() > 0 || starts[leaf.Output] is not null)
            {
                return null;
            }

            starts[leaf.Output] = new(condition.Residual);
        }

        if (starts.Contains(null))
        {
            return null;
        }

        var factors = ConstantFactors(problem, form);
        for (var output = 0; output < factors.Length; output++)
        {
            var own = form.Leaves.Where(leaf => leaf.Output == output).ToList();
            var highest = own.Select(leaf => leaf.Orders.Sum()).DefaultIfEmpty(0).Max();
            if (highest > 1 && form.Leaves.Where((leaf, i) => leaf.Output == output && leaf.Orders.Sum() == highest && double.IsNaN(factors[output][i])).Any())
            {
                return null;
            }

            for (var i = 0; i < form.Leaves.Length; i++)
            {
                factors[output][i] = form.Leaves[i].Output == output && !double.IsNaN(factors[output][i]) ? factors[output][i] : 0;
            }
        }

        return new(problem, form, starts!, factors);
    }

    /// <summary>What an output begins with; not a number where its condition is not linear in it.</summary>
    public double Start(int output, ReadOnlySpan<double> point)
    {
        var start = _starts[output];
        var (without, with) = (start.At(point, _ => 0)!.Value, start.At(point, _ => 1)!.Value);
        var value = -without / (with - without);
        return Math.Abs(start.At(point, _ => value)!.Value) <= 1e-9 * (1 + Math.Abs(without)) ? value : double.NaN;
    }

    /// <summary>How each slope grows with each leaf; not a number where that is not the same everywhere.</summary>
    private static double[][] ConstantFactors(Problem problem, ExplicitForm form)
    {
        var found = problem.Outputs.Select(_ => new double[form.Leaves.Length]).ToArray();
        var highest = new double[found.Length];
        for (var leaf = 0; leaf < form.Leaves.Length; leaf++)
        {
            var slopes = found.Select(_ => new List<double>()).ToArray();
            for (var state = 0; state < StatesTried; state++)
            {
                double[] point = [.. problem.Axes.Select(axis => axis.Lower + (axis.Extent * (0.17 + (0.15 * state))))];
                double[] values = [.. Enumerable.Range(0, form.Leaves.Length).Select(i => Math.Sin(1 + (3 * i) + (5 * state)))];
                double[] At(double moved)
                {
                    double[] there = [.. values];
                    there[leaf] += moved;
                    form.Solve(point, there, highest);
                    return [.. highest];
                }

                var (here, one, two) = (At(0), At(1), At(-2));
                for (var output = 0; output < found.Length; output++)
                {
                    slopes[output].AddRange([one[output] - here[output], (two[output] - here[output]) / -2]);
                }
            }

            for (var output = 0; output < found.Length; output++)
            {
                var (least, most) = (slopes[output].Min(), slopes[output].Max());
                found[output][leaf] = most - least <= 1e-10 * Math.Max(1, Math.Abs(most)) ? slopes[output][0] : double.NaN;
            }
        }

        return found;
    }
}
