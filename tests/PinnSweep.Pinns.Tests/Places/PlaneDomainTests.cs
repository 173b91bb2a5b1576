using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Pinns.Tests.Places;

public sealed class PlaneDomainTests
{
    private const double Infinity = double.PositiveInfinity;

    // Two discs of radius 1 whose centres are 1 apart have a lens of 2π/3 − √3/2 in common.
    private static readonly double Lens = (2 * Math.PI / 3) - (Math.Sqrt(3) / 2);

    public static TheoryData<string, double, double> Sizes => new()
    {
        { "l-shape", 3, 8 },
        { "disc", Math.PI, 2 * Math.PI },
        { "two discs", (2 * Math.PI) - Lens, 4 * Math.PI * 2 / 3 },
        { "moon", Math.PI - Lens, 2 * Math.PI },
        { "annulus", 3 * Math.PI / 4, 3 * Math.PI },
        { "boxes with a common side", 2, 6 },
        { "corner cut off by a disc", 4 - (Math.PI / 4), 8 - 2 + (Math.PI / 2) },
        { "lens", Lens, 2 * Math.PI * 2 / 3 },
    };

    internal static PlaneShape Named(string name) => name switch
    {
        "l-shape" => PlaneShapes.LShape,
        "disc" => new Disc("d", default, 1),
        "two discs" => PlaneShapes.Union(new Disc("a", default, 1), new Disc("b", new(1, 0), 1)),
        "moon" => PlaneShapes.Difference(new Disc("a", default, 1), new Disc("b", new(1, 0), 1)),
        "annulus" => PlaneShapes.Difference(new Disc("a", default, 1), new Disc("b", default, 0.5)),
        "boxes with a common side" => PlaneShapes.Union(PlaneShapes.Box(0, 1, 0, 1), PlaneShapes.Box(1, 2, 0, 1)),
        "corner cut off by a disc" => PlaneShapes.Difference(PlaneShapes.Box(0, 2, 0, 2), new Disc("d", new(2, 2), 1)),
        "lens" => new CombinedShape(CombinedKind.Intersection, [new Disc("a", default, 1), new Disc("b", new(1, 0), 1)]),
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Area_and_length_are_those_of_geometry(string name, double area, double length)
    {
        var domain = PlaneDomain.Of(Named(name), 0, 1);

        Assert.Equal(area, domain.Area.Measure, 1e-12);
        Assert.Equal(length, domain.Sides.SelectMany(side => side.Pieces).Sum(piece => piece.Length), 1e-9);
        Assert.Single(domain.Parts);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Points_fill_the_area_evenly(string name, double area, double length)
    {
        Assert.True(length > 0);
        var problem = PlaneShapes.ProblemOn(Named(name));
        var shape = Named(name);
        const int cells = 6;
        const int count = 30_000;
        var (expected, found) = (new double[cells * cells], new double[cells * cells]);
        const int fine = 600;
        for (var i = 0; i < fine * fine; i++)
        {
            double[] point = [problem.Axes[0].Lower + (problem.Axes[0].Extent * ((i / fine) + 0.5) / fine), problem.Axes[1].Lower + (problem.Axes[1].Extent * ((i % fine) + 0.5) / fine)];
            expected[CellOf(point)] += shape.Contains(new(point[0], point[1])) ? 1 : 0;
        }

        foreach (var point in PlaneShapes.Points(Region.Domain(problem), problem, count))
        {
            Assert.True(problem.Contains(point));
            found[CellOf(point)]++;
        }

        Assert.Equal(area, expected.Sum() / fine / fine * problem.Axes[0].Extent * problem.Axes[1].Extent, 5e-3);
        var filled = expected.Zip(found).Where(pair => pair.First > 0).ToList();
        var chi2 = filled.Sum(pair => count * pair.First / expected.Sum() is var mean ? (pair.Second - mean) * (pair.Second - mean) / mean : 0);

        // At most 35 degrees of freedom: the 1e-4 quantile is 74.
        Assert.InRange(chi2, 1, 74);

        int CellOf(double[] point) => (Cell(point, 0) * cells) + Cell(point, 1);
        int Cell(double[] point, int axis) => Math.Clamp((int)((point[axis] - problem.Axes[axis].Lower) / problem.Axes[axis].Extent * cells), 0, cells - 1);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Boundary_points_lie_on_the_boundary_with_normals_of_length_one_that_point_out(string name, double area, double length)
    {
        Assert.True(area > 0 && length > 0);
        var (shape, domain) = (Named(name), PlaneDomain.Of(Named(name), 0, 1));
        foreach (var piece in domain.Sides.SelectMany(side => side.Pieces))
        {
            for (var share = 0.05; share < 1; share += 0.1)
            {
                var (point, normal) = (piece.At(share), piece.Normal(share));

                Assert.Equal(1, normal.Length, 1e-12);
                Assert.True(shape.Contains(point - (1e-6 * normal)));
                Assert.False(shape.Contains(point + (1e-6 * normal)));
                Assert.True(domain.Contains([point.X, point.Y]));
            }
        }
    }

    [Fact]
    public void Random_polygons_with_random_holes_keep_area_inside_and_normals()
    {
        var stream = new RandomStream(19, "stars");
        for (var round = 0; round < 60; round++)
        {
            var outer = PlaneShapes.Star(stream, 5 + (round % 8), 0, 0, 1, 2);
            var inner = PlaneShapes.Star(stream, 3 + (round % 5), 0.1, -0.05, 0.1, 0.25);
            var disc = new Disc("d", new(-0.4, 0.35), 0.1);
            var problem = PlaneShapes.ProblemOn(PlaneShapes.Difference(outer, inner, disc));

            var expected = PlaneShapes.AreaOf(outer) - PlaneShapes.AreaOf(inner) - (Math.PI * 0.01);
            Assert.Equal(expected, Region.Domain(problem).Measure, 1e-11);
            Assert.Equal(expected / 3, PartLeft(problem, expected / 3), 1e-9);
            foreach (var point in PlaneShapes.Points(Region.Domain(problem), problem, 200))
            {
                Assert.True(outer.Contains(new(point[0], point[1])) && !inner.Contains(new(point[0], point[1])) && !disc.Contains(new(point[0], point[1])));
            }

            // By Green's theorem the flux of (x, y) through the boundary is twice the area, if normals point out everywhere.
            var flux = problem.Plane!.Boundary.Sum(piece => Enumerable.Range(0, 400).Sum(i => PlanePoint.Dot(piece.At((i + 0.5) / 400), piece.Normal((i + 0.5) / 400))) * piece.Length / 400);
            Assert.Equal(2 * expected, flux, 1e-4);
        }

        // The part left of the x that a share of the area is carried to has that area.
        static double PartLeft(Problem problem, double area)
        {
            var point = new double[2];
            Region.Domain(problem).Place([area / Region.Domain(problem).Measure, 0.5], point);
            return Region.Domain(problem, PlaneShapes.Within(0, -Infinity, point[0])).Measure;
        }
    }

    [Fact]
    public void Limits_cut_areas_sides_and_lines_exactly()
    {
        var problem = PlaneShapes.ProblemOn(PlaneShapes.LShape);
        var disc = PlaneShapes.ProblemOn(new Disc("disc", default, 1));

        Assert.Equal(2, Region.Domain(problem, PlaneShapes.Within(0, -Infinity, 1)).Measure, 1e-12);
        Assert.Equal(0.5, Region.Domain(problem, PlaneShapes.Within(0, 1.5, Infinity)).Measure, 1e-12);
        Assert.Equal(Math.PI / 2, Region.Domain(disc, PlaneShapes.Within(1, 0, Infinity)).Measure, 1e-12);
        Assert.True(Region.Domain(disc, PlaneShapes.Within(1, 1.5, Infinity)).IsEmpty);
        Assert.Equal(0.25, Region.Side(problem, PlaneShapes.Side(problem, "edge-1") with { Within = PlaneShapes.Within(0, 1.75, 3) }).Measure, 1e-12);
        Assert.True(Region.Side(problem, PlaneShapes.Side(problem, "edge-1") with { Within = PlaneShapes.Within(1, 0.1, 3) }).IsEmpty);

        // The arcs of the circle with |x| < 0.5: two of 60 degrees.
        var arcs = Region.Side(disc, PlaneShapes.Side(disc, "disc") with { Within = PlaneShapes.Within(0, -0.5, 0.5) });
        Assert.Equal(2 * Math.PI / 3, arcs.Measure, 1e-9);
        Assert.All(PlaneShapes.Points(arcs, disc, 200), point => Assert.True(Math.Abs(point[0]) <= 0.5 + 1e-9 && Math.Abs((point[0] * point[0]) + (point[1] * point[1]) - 1) < 1e-12));

        var line = Region.Side(problem, Face.Inside(PlaneShapes.Within(0, 0.5, 0.5)));
        var across = Region.Side(problem, Face.Inside(PlaneShapes.Within(1, 1.5, 1.5)));
        Assert.Equal((2, 1, 1), (line.Measure, line.FreeDimensions, across.Measure));
        Assert.All(PlaneShapes.Points(across, problem, 50), point => Assert.True(point[1] == 1.5 && point[0] is >= 0 and <= 1));
    }

    [Fact]
    public void Sides_keep_their_names_and_lose_what_is_cut_away()
    {
        var problem = PlaneShapes.ProblemOn(PlaneShapes.Union(
            Polygon.Rectangle("a", (0, 1), (0, 1), ["a-bottom", "a-right", "a-top", "a-left"]), Polygon.Rectangle("b", (1, 2), (0, 1), ["b-bottom", "b-right", "b-top", "b-left"])));

        Assert.Equal(["a-bottom", "a-top", "a-left", "b-bottom", "b-right", "b-top"], PlaneShapes.Names(problem));
    }

    [Fact]
    public void What_touches_in_a_point_does_not_hang_together()
    {
        Assert.Equal(2, PlaneDomain.Of(PlaneShapes.Union(PlaneShapes.Box(0, 1, 0, 1), PlaneShapes.Box(1, 2, 1, 2)), 0, 1).Parts.Count);
        Assert.Equal(2, PlaneDomain.Of(PlaneShapes.Union(PlaneShapes.Box(0, 1, 0, 1), PlaneShapes.Box(2, 3, 0, 1)), 0, 1).Parts.Count);
    }

    [Fact]
    public void Offsets_and_units_change_nothing()
    {
        foreach (var (scale, offset) in new[] { (1e-9, 0.0), (1e6, 0.0), (1.0, 1e5) })
        {
            var moved = PlaneShapes.Of([.. PlaneShapes.LShape.Vertices.Select(vertex => ((vertex.X * scale) + offset, (vertex.Y * scale) + offset))]);
            var domain = PlaneDomain.Of(PlaneShapes.Difference(moved, new Disc("d", new((0.5 * scale) + offset, (0.5 * scale) + offset), 0.25 * scale)), 0, 1);

            Assert.Equal((3 - (Math.PI / 16)) * scale * scale, domain.Area.Measure, 1e-9 * scale * scale);
            Assert.Equal(7, domain.Sides.Length);
        }
    }
}
