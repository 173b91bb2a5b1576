using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// u_t = L u + N(t, x, y, u, u_x, …) for outputs that are periodic in two coordinates, by <see cref="TorusEvolution"/>. The factors of the
/// derivatives by time have to be constant, so that N is one program for a whole row of points. Modes and time steps are doubled together
/// until that changes nothing more; the last change is the floor.
/// </summary>
internal sealed class TorusSolver
{
    private const int FewestModes = 16;
    private const int MostModes = 256;
    private const int FewestSteps = 50;
    private const double Enough = 1e-10;

    // Operations on numbers at one resolution: some seconds on one core. A transform is some thirty a point.
    private const long MostWork = 8_000_000_000;
    private const long Transform = 30;

    private readonly TorusEvolution _evolution;
    private readonly int _time;
    private readonly long _workAtPoint;

    private TorusSolver(TorusEvolution evolution, int time, long workAtPoint) => (_evolution, _time, _workAtPoint) = (evolution, time, workAtPoint);

    /// <summary>The solver, or null where it does not apply.</summary>
    public static TorusSolver? Of(Problem problem)
    {
        if (problem.Dimension != 3 || EvolutionForm.Of(problem) is not { } form || Slopes(problem, form) is not { } slopes)
        {
            return null;
        }

        // The coordinates of the program: both of space, time, then the derivatives.
        int[] spaces = [.. Enumerable.Range(0, 3).Where(axis => axis != form.Time)];
        var leaves = form.Slopes.Leaves;
        Expr[] programs =
        [
            .. slopes.Select(slope => ExprGraph.Replace(slope, leaf => leaf switch
            {
                Expr.Derivative derivative => Expr.Coordinate(3 + leaves.IndexOf(derivative)),
                Expr.CoordinateOf coordinate => Expr.Coordinate(coordinate.Index == form.Time ? 2 : Array.IndexOf(spaces, coordinate.Index)),
                _ => leaf,
            })),
        ];
        Func<double, double, Complex> Multiplier(Expr.Derivative leaf) => (first, second) =>
            Complex.Pow(new Complex(0, first), leaf.Orders[spaces[0]]) * Complex.Pow(new Complex(0, second), leaf.Orders[spaces[1]]);
        var (lower, first) = (problem.Axes[form.Time].Lower, problem.Axes[spaces[0]]);
        var second = problem.Axes[spaces[1]];
        var evolution = new TorusEvolution(
            (first.Lower, second.Lower),
            (first.Upper, second.Upper),
            [
                .. Enumerable.Range(0, form.Outputs).Select(output => (Func<double, double, double>)((x, y) =>
                {
                    Span<double> point = stackalloc double[3];
                    (point[spaces[0]], point[spaces[1]], point[form.Time]) = (x, y, lower);
                    return form.Start(output, point);
                })),
            ],
            [
                .. form.Factors.Select(factors => (Func<double, double, Complex>)((k, l) => leaves
                    .Select((leaf, i) => factors[i] == 0 ? Complex.Zero : factors[i] * Multiplier(leaf)(k, l))
                    .Aggregate(Complex.Zero, (sum, part) => sum + part))),
            ],
            [.. leaves.Select(leaf => new TorusField(leaf.Output, leaf.Orders.Sum() == 0 ? null : Multiplier(leaf)))],
            null,
            form.Outputs,
            [.. Enumerable.Range(0, form.Outputs).Select(output => new TorusPart(output, output, TorusEvolution.Times(1)))])
        {
            Rows = () => new ColumnEvaluator(programs, 3 + leaves.Length).Evaluate,
        };
        return new(evolution, form.Time, ExprGraph.Order(programs).Count + (Transform * (leaves.Length + form.Outputs)));
    }

    /// <summary>The solution at equally spaced values of the three coordinates.</summary>
    public ReferenceGrid Solve(ImmutableArray<ImmutableArray<double>> nodes)
    {
        var times = nodes[_time];
        ImmutableArray<ImmutableArray<double>> timeLast = [.. nodes.RemoveAt(_time), times];
        double[]? before = null;
        var distance = double.NaN;
        var steps = Math.Max(1, FewestSteps / (times.Length - 1));
        for (var modes = FewestModes; modes <= MostModes && 4L * modes * modes * steps * times.Length * _workAtPoint <= MostWork; (modes, steps) = (2 * modes, 2 * steps))
        {
            var values = _evolution.Trajectory(modes, steps, timeLast);
            distance = before is null ? double.NaN : ReferenceGrid.Distance(values, before);
            before = values;
            if (distance <= Enough)
            {
                break;
            }
        }

        before ??= new double[nodes.Aggregate(_evolution.Outputs, (product, axis) => product * axis.Length)];
        return new(nodes, _evolution.Outputs, [.. InOrder(before, timeLast)], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, distance));
    }

    /// <summary>N of each output: its slope without L; null where a factor of a derivative by time is not constant.</summary>
    private static Expr[]? Slopes(Problem problem, EvolutionForm form)
    {
        if (form.Slopes.InverseOfFactors(problem) is not { } inverse)
        {
            return null;
        }

        Expr[] rest =
        [
            .. problem.Terms.Where(term => term.Role == TermRole.Residual).Select(term => ExprGraph.Replace(
                term.Residual, leaf => leaf is Expr.Derivative derivative && derivative.Orders[form.Time] == 1 ? new Expr.Number(0) : leaf)),
        ];
        return
        [
            .. Enumerable.Range(0, form.Outputs).Select(output =>
            {
                var slope = rest.Select((residual, equation) => -inverse[output, equation] * residual).Aggregate((sum, part) => sum + part);
                return form.Slopes.Leaves.Where((_, i) => form.Factors[output][i] != 0)
                    .Aggregate(slope, (sum, leaf) => sum - (form.Factors[output][form.Slopes.Leaves.IndexOf(leaf)] * leaf));
            }),
        ];
    }

    /// <summary>Values whose time runs fastest in the problem's order of coordinates.</summary>
    private double[] InOrder(double[] values, ImmutableArray<ImmutableArray<double>> timeLast)
    {
        if (_time == 2)
        {
            return values;
        }

        var (first, second, times, outputs) = (timeLast[0].Length, timeLast[1].Length, timeLast[2].Length, _evolution.Outputs);
        var ordered = new double[values.Length];
        for (var i = 0; i < values.Length / outputs; i++)
        {
            var (a, b, t) = (i / times / second, i / times % second, i % times);
            var to = _time == 0 ? (((t * first) + a) * second) + b : (((a * times) + t) * second) + b;
            values.AsSpan(i * outputs, outputs).CopyTo(ordered.AsSpan(to * outputs));
        }

        return ordered;
    }
}
