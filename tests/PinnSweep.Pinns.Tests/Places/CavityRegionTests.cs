using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Places;

/// <summary>Where points of a cube lie that balls are cut out of.</summary>
public sealed class CavityRegionTests
{
    private const int Side = 24;

    [Fact]
    public void Points_of_the_domain_lie_in_no_ball_and_fill_equal_volumes_equally()
    {
        var problem = ProblemTests.Create("poisson-3d-holes");
        var region = Region.Domain(problem);

        var points = Midpoints(3).Select(unit => Placed(region, unit, 3)).ToList();

        Assert.Equal(1 - (4 * Math.PI / 3 * ((2 * 0.008) + (2 * 0.001))), region.Measure, 1e-12);
        Assert.All(points, point => Assert.True(problem.Contains(point) && point.All(x => x is >= 0 and <= 1)));

        // A slab that meets two balls, and a corner that meets none: the share of points is that of the volume.
        Assert.Equal(0.064 / region.Measure, points.Average(point => point[0] < 0.4 && point[1] < 0.4 && point[2] < 0.4 ? 1.0 : 0), 0.015);
        Assert.Equal((0.3 - problem.Cavities.Sum(ball => ball.VolumeLeftOf(0.6) - ball.VolumeLeftOf(0.3))) / region.Measure, points.Average(point => point[0] is > 0.3 and < 0.6 ? 1.0 : 0), 0.03);
    }

    [Fact]
    public void Points_of_a_sphere_lie_on_it_evenly()
    {
        var problem = ProblemTests.Create("poisson-3d-holes");
        var region = Region.Side(problem, new(0, Upper: false) { Cavity = 2 });

        var points = Midpoints(2).Select(unit => Placed(region, unit, 3)).ToList();

        Assert.Equal(2, region.FreeDimensions);
        Assert.All(points, point => Assert.True(region.IsOn(point)));
        Assert.Equal(0.6, points.Average(point => point[0]), 1e-9);
        Assert.Equal(0.7, points.Average(point => point[1]), 1e-9);
        Assert.Equal(0.04 / 3, points.Average(point => (point[2] - 0.6) * (point[2] - 0.6)), 1e-4);
    }

    [Theory]
    [InlineData(0.8, 0.7, 0.6, -1)]
    [InlineData(0.6, 0.9, 0.6, -2)]
    [InlineData(0, 0.5, 0.5, -1)]
    [InlineData(0.5, 0.5, 1, 3)]
    public void The_boundary_term_is_the_derivative_along_the_normal_out_of_the_domain(double x, double y, double z, double expected)
    {
        var problem = ProblemTests.Create("poisson-3d-holes");
        static void Plane(ReadOnlySpan<double> point, Span<double> values) => values[0] = point[0] + (2 * point[1]) + (3 * point[2]);

        Assert.Equal(expected, ExactJets.Evaluate(problem.Terms[1], Plane, problem, [x, y, z]), 1e-9);
    }

    private static double[] Placed(Region region, double[] unit, int dimension)
    {
        var point = new double[dimension];
        region.Place(unit, point);
        return point;
    }

    private static IEnumerable<double[]> Midpoints(int dimension) => Enumerable.Range(0, (int)Math.Pow(Side, dimension))
        .Select(i => Enumerable.Range(0, dimension).Select(d => ((i / (int)Math.Pow(Side, d) % Side) + 0.5) / Side).ToArray());
}
