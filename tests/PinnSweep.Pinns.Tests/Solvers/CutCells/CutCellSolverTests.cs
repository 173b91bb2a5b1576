using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Solvers.CutCells;

namespace PinnSweep.Pinns.Tests.Solvers.CutCells;

/// <summary>Finite volumes on parts of cubes against a made solution, and the areas that they are made of.</summary>
public sealed class CutCellSolverTests
{
    private const int Cubes = 10;
    private static readonly ImmutableArray<Cavity> Balls = [new(0.4, 0.45, 0.55, 0.2), new(0.7, 0.75, 0.7, 0.15)];

    [Fact]
    public void A_manufactured_solution_has_order_two_and_extrapolation_gains_a_digit()
    {
        // No flux through the cube's sides; through the spheres that of the solution. c jumps at z = ½.
        static double C(double z) => z < 0.5 ? 5 : 9;
        var solver = new CutCellSolver(Balls, (_, _, z) => C(z), (x, y, z) => ((6 * Math.PI * Math.PI) + C(z)) * U(x, y, z), Flux);

        double[] errors = [.. new[] { 1, 3 }.Select(parts => Error(CutCellSolver.Centres(solver.Solve(Cubes * parts), Cubes, parts)))];

        Assert.InRange(Math.Log(errors[0] / errors[1], 3), 1.9, 2.2);
        Assert.InRange(Error(solver.Extrapolated(Cubes, 1, 3)), 0, errors[1] / 5);
    }

    [Theory]
    [InlineData(-2, 2, -2, 2, Math.PI)]
    [InlineData(0, 2, -3, 0, Math.PI / 4)]
    [InlineData(-0.1, 0.1, -0.1, 0.1, 0.04)]
    [InlineData(0.8, 0.9, 0.8, 0.9, 0)]
    public void The_area_in_a_rectangle_is_that_of_elementary_geometry(double left, double right, double bottom, double top, double area) =>
        Assert.Equal(area, DiscArea.Within(1, left, right, bottom, top), 1e-14);

    [Fact]
    public void The_area_in_a_rectangle_is_that_of_many_strips()
    {
        var (left, right, bottom, top) = (-0.7, 0.95, -0.9, 0.35);
        const int Strips = 20_000;
        var sum = Enumerable.Range(0, Strips).Sum(i =>
        {
            var x = left + ((i + 0.5) * (right - left) / Strips);
            var half = Math.Sqrt(1 - (x * x));
            return Math.Max(0, Math.Min(top, half) - Math.Max(bottom, -half)) * (right - left) / Strips;
        });

        Assert.Equal(sum, DiscArea.Within(1, left, right, bottom, top), 1e-6);
    }

    private static double U(double x, double y, double z) => Math.Cos(Math.PI * x) * Math.Cos(Math.PI * y) * Math.Cos(2 * Math.PI * z);

    private static double Flux(double x, double y, double z)
    {
        var ball = Balls.MinBy(ball => Math.Abs(ball.DistanceTo([x, y, z]) - ball.Radius))!;
        var (sinX, cosX) = Math.SinCos(Math.PI * x);
        var (sinY, cosY) = Math.SinCos(Math.PI * y);
        var (sinZ, cosZ) = Math.SinCos(2 * Math.PI * z);
        return Math.PI / ball.Radius * ((sinX * cosY * cosZ * (x - ball.X)) + (cosX * sinY * cosZ * (y - ball.Y)) + (2 * cosX * cosY * sinZ * (z - ball.Z)));
    }

    /// <summary>The root mean square at the centres outside of the balls.</summary>
    private static double Error(IEnumerable<double> values)
    {
        var squares = values.Index().Select(entry =>
        {
            double[] at = [.. new[] { entry.Index / (Cubes * Cubes), entry.Index / Cubes % Cubes, entry.Index % Cubes }.Select(i => (i + 0.5) / Cubes)];
            return Balls.Any(ball => ball.Contains(at)) ? double.NaN : Math.Pow(entry.Item - U(at[0], at[1], at[2]), 2);
        });
        return Math.Sqrt(squares.Where(square => !double.IsNaN(square)).Average());
    }
}
