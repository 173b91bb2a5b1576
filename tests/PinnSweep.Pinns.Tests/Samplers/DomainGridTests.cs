using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Samplers;

/// <summary>
/// The grid of the source's code (Wu et al. 2023), whose counts and places are worked by hand from the rule of DeepXDE's
/// <c>GeometryXTime.uniform_points(n, boundary=False)</c>.
/// </summary>
public sealed class DomainGridTests
{
    /// <summary>√(30 · 2 / 1) = 7.75 → 8 points over space, 30 / 8 → 4 moments: the 32 points of the published row.</summary>
    [Fact]
    public void Thirty_points_of_the_diffusion_problem_are_eight_by_four_with_the_last_moment()
    {
        var problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));

        var points = Points(problem, 0, 30);

        var expected = Enumerable.Range(1, 8).SelectMany(i => new[] { 0.25, 0.5, 0.75, 1 }.Select(t => new[] { -1 + (2 * i / 9.0), t }));
        Assert.Equal(expected.SelectMany(point => point), points.SelectMany(point => point), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    /// <summary>Both edges: 41 points make 21 and 20, at k/21 and k/20 of the time. The initial side: 15 points with both ends.</summary>
    [Fact]
    public void Edges_have_the_last_moment_and_the_initial_side_both_of_its_ends()
    {
        var problem = Diffusion.Entry.Create(MethodLevels.Of(Diffusion.Entry.Method));

        var edges = Points(problem, 1, 30);
        var initial = Points(problem, 2, 30);

        Assert.Equal(Enumerable.Range(1, 21).Select(k => k / 21.0), edges.Where(point => point[0] == -1).Select(point => point[1]));
        Assert.Equal(Enumerable.Range(1, 20).Select(k => k / 20.0), edges.Where(point => point[0] == 1).Select(point => point[1]));
        Assert.Equal(Enumerable.Range(0, 15).Select(k => -1 + (2 * (k / 14.0))), initial.Select(point => point[0]));
        Assert.All(initial, point => Assert.Equal(0, point[1]));
    }

    /// <summary>
    /// Without time: spacing √(8 / 50) = 0.4 on 4 × 2 gives 10 × 5 without excess. With time over the same plane for T = 2: √(100 · 8 / 2)
    /// = 20 points asked of the plane, at 5 moments; spacing √(8 / 20) = 0.632 makes 7 × 4 of the 20. In three directions 1 × 2 × 4:
    /// spacing 1 for 8 points. One point; more time than points; a thin strip, where no direction has more than is asked for.
    /// </summary>
    [Theory]
    [InlineData(new[] { 4.0, 2 }, null, 50, new[] { 10, 5 })]
    [InlineData(new[] { 4.0, 2, 2 }, 2, 100, new[] { 7, 4, 5 })]
    [InlineData(new[] { 2.0, 4, 2 }, 0, 100, new[] { 5, 7, 4 })]
    [InlineData(new[] { 1.0, 2, 4 }, null, 8, new[] { 1, 2, 4 })]
    [InlineData(new[] { 1.0, 1 }, null, 36, new[] { 6, 6 })]
    [InlineData(new[] { 3.0, 0.5 }, 1, 1, new[] { 1, 1 })]
    [InlineData(new[] { 1.0, 400 }, 1, 20, new[] { 1, 20 })]
    [InlineData(new[] { 1000.0, 1 }, 1, 5, new[] { 5, 1 })]
    [InlineData(new[] { 1000.0, 1 }, null, 5, new[] { 5, 1 })]
    [InlineData(new[] { 3.0 }, null, 7, new[] { 7 })]
    public void Counts_follow_the_extents(double[] extents, int? time, int wanted, int[] counts)
    {
        var points = Points(Box(extents, time), 0, wanted);

        Assert.Equal(counts, Enumerable.Range(0, extents.Length).Select(d => points.Select(point => point[d]).Distinct().Count()));
        Assert.Equal(counts.Aggregate(1, (product, n) => product * n), points.Count);
    }

    [Fact]
    public void A_circle_is_divided_into_equal_arcs_and_no_point_lies_in_a_hole()
    {
        var problem = Box([4, 2], null) with { Holes = [new(0, 1, 2, 1, 0.5)] };
        var hole = problem.Holes[0];
        problem = problem with { Terms = [problem.Terms[0], LossTerm.Boundary("hole", [new(0, Upper: false, Hole: 1)], Expr.OutputOf(0, 2), 1)] };

        var inside = Points(problem, 0, 60);
        var circle = Points(problem, 1, 60);

        Assert.Equal(66, inside.Count);
        Assert.DoesNotContain(inside, point => hole.Contains(point));
        Assert.Equal(
            Enumerable.Range(0, 41).Select(k => 2 * Math.PI * k / 41),
            circle.Select(point => Math.Atan2(point[1] - 1, point[0] - 2)).Select(angle => angle < -1e-12 ? angle + (2 * Math.PI) : Math.Abs(angle)),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>0.2 + (0.9 − 0.2) is not 0.9 in binary.</summary>
    [Fact]
    public void The_last_moment_is_the_end_of_the_interval_to_the_last_bit()
    {
        var problem = Box([1, 1], 1);
        problem = problem with { Axes = [problem.Axes[0], new("t", 0.2, 0.9)] };

        var (lower, upper) = (problem.Axes[1].Lower, problem.Axes[1].Upper);
        Assert.NotEqual(upper, lower + (upper - lower));
        Assert.Equal(0.9, Points(problem, 0, 12).Max(point => point[1]));
    }

    private static List<double[]> Points(Problem problem, int term, int interior)
    {
        var sampler = SamplerConformanceTests.Create("grid", $$"""{"interior": {{interior}}}""", problem);
        return [.. sampler.Points(term).ToArray().Chunk(problem.Dimension)];
    }

    private static Problem Box(double[] extents, int? time) =>
        new([.. extents.Select((extent, d) => new Axis($"x{d}", 0, extent))], ["u"], [LossTerm.Equation(Expr.OutputOf(0, extents.Length), 1)], (_, _) => { }) { TimeAxis = time };
}
