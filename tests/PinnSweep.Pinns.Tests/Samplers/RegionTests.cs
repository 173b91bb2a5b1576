using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Samplers;

public sealed class RegionTests
{
    /// <summary>The square of the Poisson–Boltzmann benchmark, with its four discs.</summary>
    private static readonly Problem Square = new([new("x", -1, 1), new("y", -1, 1)], ["u"], [], (_, _) => { })
    {
        Holes = [new(0, 1, 0.5, 0.5, 0.2), new(0, 1, 0.4, -0.4, 0.4), new(0, 1, -0.2, -0.7, 0.1), new(0, 1, -0.6, 0.5, 0.3)],
    };

    private static readonly Problem Evolving = Square with { Axes = [.. Square.Axes, new("t", 0, 2)], TimeAxis = 2 };

    [Fact]
    public void Place_in_a_domain_with_holes_meets_no_hole_and_leaves_no_box()
    {
        foreach (var point in Points(Region.Domain(Square), Square, 20_000))
        {
            Assert.All(point, x => Assert.InRange(x, -1, 1));
            Assert.All(Square.Holes, hole => Assert.True(Distance(hole, point) >= hole.Radius - 1e-12));
        }
    }

    [Fact]
    public void Place_fills_the_free_area_evenly()
    {
        // Shares of 8 × 8 cells by counting a fine grid, against the shares of points: χ² with 63 degrees of freedom, 1e-4 quantile 112.
        const int Cells = 8;
        const int Count = 50_000;
        var expected = new double[Cells * Cells];
        for (var i = 0; i < 1600; i++)
        {
            for (var j = 0; j < 1600; j++)
            {
                double[] point = [-1 + ((i + 0.5) / 800), -1 + ((j + 0.5) / 800)];
                expected[CellOf(point)] += Square.Holes.Any(hole => hole.Contains(point)) ? 0 : 1;
            }
        }

        var found = new double[Cells * Cells];
        foreach (var point in Points(Region.Domain(Square), Square, Count))
        {
            found[CellOf(point)]++;
        }

        var total = expected.Sum();
        var chi2 = expected.Zip(found, (cells, hits) => Count * cells / total is > 0 and var mean ? (hits - mean) * (hits - mean) / mean : hits).Sum();
        Assert.InRange(chi2, 20, 112);

        static int CellOf(double[] point) => (Math.Min(Cells - 1, (int)((point[0] + 1) / 2 * Cells)) * Cells) + Math.Min(Cells - 1, (int)((point[1] + 1) / 2 * Cells));
    }

    [Fact]
    public void Place_on_a_hole_lies_on_its_circle_and_spreads_over_time()
    {
        var region = Region.Side(Evolving, new(0, Upper: false, Hole: 2));

        var points = Points(region, Evolving, 1000).ToList();

        Assert.Equal(2, region.FreeDimensions);
        Assert.All(points, point => Assert.Equal(0.4, Distance(Evolving.Holes[1], point), 1e-14));
        Assert.InRange(points.Average(point => point[2]), 0.9, 1.1);
        Assert.InRange(points.Average(point => point[0]), 0.35, 0.45);
    }

    [Fact]
    public void Place_at_the_first_moment_leaves_the_holes_out()
    {
        var points = Points(Region.Side(Evolving, new(2, Upper: false)), Evolving, 1000);

        Assert.All(points, point =>
        {
            Assert.Equal(0, point[2]);
            Assert.All(Evolving.Holes, hole => Assert.True(Distance(hole, point) >= hole.Radius - 1e-12));
        });
    }

    [Fact]
    public void Measure_is_the_free_volume_and_the_circumference()
    {
        var discs = Math.PI * ((0.2 * 0.2) + (0.4 * 0.4) + (0.1 * 0.1) + (0.3 * 0.3));

        Assert.Equal(4 - discs, Region.Domain(Square).Measure, 1e-14);
        Assert.Equal(2 * (4 - discs), Region.Domain(Evolving).Measure, 1e-14);
        Assert.Equal(4 - discs, Region.Side(Evolving, new(2, Upper: false)).Measure, 1e-14);
        Assert.Equal(2 * Math.PI * 0.4 * 2, Region.Side(Evolving, new(0, Upper: false, Hole: 2)).Measure, 1e-14);
        Assert.Equal(4, Region.Side(Evolving, new(0, Upper: true)).Measure, 1e-14);
    }

    [Fact]
    public void The_test_grid_has_no_point_inside_a_hole()
    {
        var points = Square.TestGrid().Chunk(2).ToList();

        Assert.DoesNotContain(points, point => Square.Holes.Any(hole => Distance(hole, point) < hole.Radius - 1e-12));
        Assert.InRange(points.Count / (101.0 * 101), 0.74, 0.79);
    }

    private static double Distance(Hole hole, double[] point) => Math.Sqrt(Math.Pow(point[0] - hole.X, 2) + Math.Pow(point[1] - hole.Y, 2));

    private static IEnumerable<double[]> Points(Region region, Problem problem, int count)
    {
        var uniforms = new double[count * region.FreeDimensions];
        new RandomStream(1, "region").FillUniform(uniforms);
        foreach (var unit in uniforms.Chunk(region.FreeDimensions))
        {
            var point = new double[problem.Dimension];
            region.Place(unit, point);
            yield return point;
        }
    }
}
