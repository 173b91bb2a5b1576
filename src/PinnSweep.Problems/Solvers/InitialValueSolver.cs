using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Integration;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// Ordinary differential equations of any order whose conditions all stand at the lower end: <see cref="GaussSix"/> at steps that are
/// halved until halving changes nothing more; the last change is the floor.
/// </summary>
internal static class InitialValueSolver
{
    private const int MostSteps = 200_000;
    private const double Enough = 1e-12;

    // What a step takes beside evaluating expressions, an unknown, in parts of expressions.
    private const long LinearAlgebra = 1000;

    // Below this, more steps may do nothing but add rounding errors.
    private const double Rounding = 1e-8;

    /// <summary>Whether it applies.</summary>
    public static bool Applies(Problem problem) =>
        problem.Dimension == 1 && ExplicitForm.Of(problem, 0) is { } form && Conditions(problem) is { } conditions && conditions.Length == form.Orders.Sum();

    /// <summary>The solution at equally spaced values of the coordinate.</summary>
    public static ReferenceGrid Solve(Problem problem, ImmutableArray<double> nodes)
    {
        var form = ExplicitForm.Of(problem, 0)!;
        var slots = form.Orders.SelectMany((order, output) => Enumerable.Range(0, order).Select(k => new Expr.Derivative(output, [k]))).ToList();
        var start = Start(problem, slots);
        double[]? before = null;
        var distance = double.NaN;
        // Three stages of about four Newton steps, and a Jacobian.
        var most = Math.Min(MostSteps, OwnSolvers.MostWork / ((form.Work * (12 + slots.Count)) + (LinearAlgebra * slots.Count)));
        for (var steps = 1; (long)steps * (nodes.Length - 1) <= most; steps *= 2)
        {
            var values = Trajectory(form, slots, problem.Outputs.Length, start, nodes, steps);
            var change = before is null || values is null ? double.NaN : ReferenceGrid.Distance(values, before);
            if (distance <= Rounding && !(change < distance))
            {
                break;
            }

            (before, distance) = (values, change);
            if (distance <= Enough)
            {
                break;
            }
        }

        return new([nodes], problem.Outputs.Length, [.. before ?? new double[nodes.Length * problem.Outputs.Length]], ImmutableSortedDictionary<string, double>.Empty
            .WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, distance));
    }

    private static ImmutableArray<LossTerm>? Conditions(Problem problem)
    {
        ImmutableArray<LossTerm> conditions = [.. problem.Terms.Where(term => term.Role is TermRole.Initial or TermRole.Boundary)];
        return conditions.All(term => term.PairsOn is null && term.Faces is [var face] && face == new Face(0, Upper: false)) ? conditions : null;
    }

    /// <summary>The state that keeps the conditions, by Newton's method from zero; one step where they are linear.</summary>
    private static double[] Start(Problem problem, List<Expr.Derivative> slots)
    {
        var conditions = Conditions(problem)!.Value.Select(term => new PointFormula(term.Residual)).ToList();
        double[] point = [problem.Axes[0].Lower];
        var state = new double[slots.Count];
        double[] Residuals(double[] at) => [.. conditions.Select(condition => condition.At(point, leaf => slots.IndexOf((Expr.Derivative)leaf) is >= 0 and var slot ? at[slot] : double.NaN)!.Value)];
        for (var iteration = 0; iteration < 30; iteration++)
        {
            var rest = Residuals(state);
            if (rest.All(value => Math.Abs(value) <= 1e-14))
            {
                break;
            }

            var rows = rest.Select(_ => new double[state.Length]).ToArray();
            for (var column = 0; column < state.Length; column++)
            {
                double[] moved = [.. state];
                var small = 1e-6 * Math.Max(1, Math.Abs(state[column]));
                moved[column] += small;
                var there = Residuals(moved);
                for (var row = 0; row < rest.Length; row++)
                {
                    rows[row][column] = (there[row] - rest[row]) / small;
                }
            }

            var change = DenseSystem.Solve(rows, rest);
            state = [.. state.Select((value, i) => value - change[i])];
        }

        return state;
    }

    private static double[]? Trajectory(ExplicitForm form, List<Expr.Derivative> slots, int outputs, double[] start, ImmutableArray<double> nodes, int steps)
    {
        int[] leaves = [.. form.Leaves.Select(slots.IndexOf)];
        int[] first = [.. form.Orders.Select((_, output) => form.Orders.Take(output).Sum())];
        var (known, highest) = (new double[leaves.Length], new double[outputs]);
        void Slope(double time, ReadOnlySpan<double> state, Span<double> result)
        {
            for (var i = 0; i < leaves.Length; i++)
            {
                known[i] = state[leaves[i]];
            }

            form.Solve([time], known, highest);
            for (var output = 0; output < outputs; output++)
            {
                for (var k = 0; k < form.Orders[output]; k++)
                {
                    result[first[output] + k] = k == form.Orders[output] - 1 ? highest[output] : state[first[output] + k + 1];
                }
            }
        }

        var (method, y) = (new GaussSix(Slope, slots.Count), (double[])[.. start]);
        var values = new double[nodes.Length * outputs];
        for (var node = 0; node < nodes.Length; node++)
        {
            for (var step = 0; node > 0 && step < steps; step++)
            {
                var length = (nodes[node] - nodes[node - 1]) / steps;
                if (!method.Step(nodes[node - 1] + (step * length), length, y))
                {
                    return null;
                }
            }

            for (var output = 0; output < outputs; output++)
            {
                values[(node * outputs) + output] = y[first[output]];
            }
        }

        return values;
    }
}
