using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

public sealed class SineEvolutionTests
{
    private const double Width = 0.125;
    private const double Diffusion = 0.01;

    [Fact]
    public void The_error_falls_with_the_fourth_power_of_the_step()
    {
        var errors = new[] { 10, 20, 40 }.Select(steps => Error(12, 24, steps)).ToArray();

        Assert.All(errors[..2].Zip(errors[1..]), pair => Assert.InRange(pair.First / pair.Second, 12, 20));
    }

    [Fact]
    public void The_error_falls_faster_than_any_power_of_the_nodes()
    {
        var errors = new[] { 4, 8, 16 }.Select(nodes => Error(nodes, 2 * nodes, 400)).ToArray();

        Assert.True(errors[0] / errors[1] > 10 && errors[1] / errors[2] > 100, string.Join(", ", errors));
        Assert.InRange(errors[2], 0, 1e-8);
    }

    [Fact]
    public void The_reference_over_a_long_time_converges()
    {
        var problem = Heat2DLongTime.Entry.Create(MethodLevels.Of(Heat2DLongTime.Entry.Method));
        var (coarse, fine) = (problem.Solver!.Solve(2), problem.Solver.Solve(4));
        var grid = problem.TestGrid();
        var (wrongStart, onEdge) = (0.0, 0.0);
        for (var i = 0; i < fine.Length; i++)
        {
            var (x, y, t) = (grid[3 * i], grid[(3 * i) + 1], grid[(3 * i) + 2]);
            wrongStart = t == 0 ? Math.Max(wrongStart, Math.Abs(fine[i] - (Math.Sin(4 * Math.PI * x) * Math.Sin(3 * Math.PI * y)))) : wrongStart;
            onEdge = x is 0 or 1 || y is 0 or 1 ? Math.Max(onEdge, Math.Abs(fine[i])) : onEdge;
        }

        Assert.InRange(ReferenceGrid.Distance(fine, coarse), 1e-4, 2e-2);
        Assert.InRange(wrongStart, 0, 1e-14);
        Assert.Equal(0, onEdge);

        // The source drives u to √π, where sin u² is zero, and no further.
        Assert.InRange(fine.Max(), 1.7, 1.78);
    }

    /// <summary>The largest error at time 1 for a made solution whose sines have no end, with u³ and what is missing as N.</summary>
    private static double Error(int nx, int ny, int steps)
    {
        var (x, y, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));
        var (across, along) = (Math.PI / 2 / Width * x, Math.PI * y);
        var solution = Expr.Sin(across) / (1.5 - Expr.Cos(2 * across)) * Expr.Sin(along) / (1.5 + Expr.Cos(2 * along)) * Expr.Cos(3 * t);
        var made = new ClosedForm([solution]);
        var missing = new PointFormula(made.Insert(u.D(2) - (Diffusion * (u.D(0, 0) + u.D(1, 1))) - Expr.Power(u.Value, 3), []));
        double[][] nodes = [.. from i in Enumerable.Range(1, nx) from j in Enumerable.Range(1, ny - 1) select new[] { Width * i / nx, (double)j / ny }];
        var evolution = new SineEvolution(nx, ny, Width, Diffusion, 1.0 / steps, (values, time, result) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                result[i] = (values[i] * values[i] * values[i]) + missing.At([.. nodes[i], time])!.Value;
            }
        });
        double[] At(double time) => [.. nodes.Select(node => ClosedForm.Evaluate(solution, [.. node, time]))];
        At(0).CopyTo(evolution.Values, 0);
        for (var s = 0; s < steps; s++)
        {
            evolution.Step((double)s / steps);
        }

        return evolution.Values.Zip(At(1), (a, b) => Math.Abs(a - b)).Max();
    }
}
