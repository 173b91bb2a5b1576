using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Places;

/// <summary>Shapes and points of tests.</summary>
internal static class PlaneShapes
{
    public static Polygon Of(params (double X, double Y)[] vertices) => new("p", [.. vertices.Select(vertex => new PlanePoint(vertex.X, vertex.Y))], [.. vertices.Select((_, i) => $"edge-{i + 1}")]);

    public static Polygon LShape { get; } = Of((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2));

    public static Polygon Box(double left, double right, double bottom, double top) => Of((left, bottom), (right, bottom), (right, top), (left, top));

    public static CombinedShape Union(params PlaneShape[] parts) => new(CombinedKind.Union, [.. parts]);

    public static CombinedShape Difference(params PlaneShape[] parts) => new(CombinedKind.Difference, [.. parts]);

    /// <summary>A star-shaped polygon around a point, with vertices at random distances.</summary>
    public static Polygon Star(RandomStream stream, int vertices, double x, double y, double least, double most) => Of(
        [.. Enumerable.Range(0, vertices).Select(i =>
        {
            var (angle, radius) = (2 * Math.PI * (i + (0.8 * stream.NextDouble())) / vertices, least + ((most - least) * stream.NextDouble()));
            return (x + (radius * Math.Cos(angle)), y + (radius * Math.Sin(angle)));
        })]);

    /// <summary>The shoelace formula.</summary>
    public static double AreaOf(Polygon polygon) => Math.Abs(polygon.Vertices.Zip([.. polygon.Vertices.Skip(1), polygon.Vertices[0]], PlanePoint.Cross).Sum()) / 2;

    /// <summary>A problem on a shape, over its bounding box.</summary>
    public static Problem ProblemOn(PlaneShape shape)
    {
        var plane = PlaneDomain.Of(shape, 0, 1);
        return new([new("x", plane.RangeX.Lower, plane.RangeX.Upper), new("y", plane.RangeY.Lower, plane.RangeY.Upper)], ["u"], [], (_, _) => { }) { Plane = plane };
    }

    public static IEnumerable<double[]> Points(Region region, Problem problem, int count, string stream = "places")
    {
        var uniforms = new double[count * region.FreeDimensions];
        new RandomStream(1, stream).FillUniform(uniforms);
        foreach (var unit in uniforms.Chunk(region.FreeDimensions))
        {
            var point = new double[problem.Dimension];
            region.Place(unit, point);
            yield return point;
        }
    }

    public static Face Side(Problem problem, string name) => new(0, Upper: false) { Piece = problem.Plane!.Sides.ToList().FindIndex(side => side.Name == name) + 1 };

    public static Limits Within(int axis, double lower, double upper) => Limits.None.With(axis, lower, upper);

    public static ImmutableArray<string> Names(Problem problem) => [.. problem.Plane!.Sides.Select(side => side.Name)];
}
