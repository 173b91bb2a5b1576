using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.Problems;

/// <summary>The catalog's problems on boxes with holes.</summary>
public sealed class HolesProblemTests
{
    public static TheoryData<string, int> Kinds => new() { { "poisson-boltzmann-2d", 6 }, { "heat-2d-holes", 4 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_solver_answers_at_each_point_of_the_test_grid_and_keeps_the_conditions(string kind, int degree)
    {
        var problem = ProblemTests.Create(kind);
        var grid = problem.TestGrid();

        var values = problem.Solver!.Solve(degree);

        Assert.Equal(grid.Length / problem.Dimension, values.Length);
        Assert.All(grid.Chunk(problem.Dimension), point => Assert.True(problem.Contains(point)));

        // What is known of the solution: 1 on the circles and 0.2 on the edge; or 0 at first, warmer later and nowhere hotter than the surroundings.
        Assert.All(grid.Chunk(problem.Dimension).Zip(values), pair => Assert.True(
            kind == "heat-2d-holes"
                ? (pair.First[2] == 0 ? pair.Second == 0 : pair.Second is > 0 and < 5)
                : (Math.Abs(pair.First[0]) < 1 && Math.Abs(pair.First[1]) < 1) || Math.Abs(pair.Second - 0.2) < 1e-12,
            $"{string.Join(", ", pair.First)}: {pair.Second}"));
    }

    [Fact]
    public void A_coarser_resolution_lies_farther_from_the_finest()
    {
        var solver = ProblemTests.Create("poisson-boltzmann-2d").Solver!;
        var fine = solver.Solve(10);

        double[] distances = [.. new[] { 4, 6, 8 }.Select(degree => ReferenceGrid.Distance(solver.Solve(degree), fine))];

        Assert.True(distances[0] > 5 * distances[1] && distances[1] > 5 * distances[2], string.Join(", ", distances));
    }

    [Theory]
    [InlineData("large-circles", -4, -3, 1, 5)]
    [InlineData("small-circles", 3.2, 0, 0.4, 1)]
    public void Heat_flows_through_circles_along_the_normal_out_of_the_domain(string term, double x, double y, double radius, double outside)
    {
        // u = x + 2y + t: its derivative along the normal, which points to the centre, is that of a plane.
        var problem = ProblemTests.Create("heat-2d-holes");
        static void Plane(ReadOnlySpan<double> point, Span<double> values) => values[0] = point[0] + (2 * point[1]) + point[2];

        foreach (var angle in new[] { 0.3, 1.9, 4.4 })
        {
            double[] point = [x + (radius * Math.Cos(angle)), y + (radius * Math.Sin(angle)), 0.7];
            var expected = -Math.Cos(angle) - (2 * Math.Sin(angle)) + point[0] + (2 * point[1]) + 0.7 - outside;

            Assert.Equal(expected, ExactJets.Evaluate(problem.Terms.Single(t => t.Name == term), Plane, problem, point), 1e-9);
        }
    }

    [Theory]
    [InlineData(8, 3, 1)]
    [InlineData(-8, 3, -1)]
    [InlineData(2, 12, 2)]
    [InlineData(2, -12, -2)]
    [InlineData(8, 12, 1)]
    public void Heat_flows_through_the_edge_along_its_normal(double x, double y, double flux)
    {
        var problem = ProblemTests.Create("heat-2d-holes");
        static void Plane(ReadOnlySpan<double> point, Span<double> values) => values[0] = point[0] + (2 * point[1]) + point[2];

        Assert.Equal(flux + x + (2 * y) + 0.7 - 0.1, ExactJets.Evaluate(problem.Terms.Single(t => t.Name == "edge"), Plane, problem, [x, y, 0.7]), 1e-9);
    }
}
