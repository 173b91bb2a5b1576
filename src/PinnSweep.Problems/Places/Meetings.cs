namespace PinnSweep.Problems.Places;

/// <summary>Where the lines and circles that pieces of boundaries lie on meet; nothing where two are the same or parallel.</summary>
internal static class Meetings
{
    /// <summary>The points, which need not lie on the pieces themselves.</summary>
    public static IEnumerable<PlanePoint> Of(BoundaryPiece a, BoundaryPiece b) => (a, b) switch
    {
        (Segment first, Segment second) => Lines(first, second),
        (Segment line, Arc circle) => LineAndCircle(line, circle),
        (Arc circle, Segment line) => LineAndCircle(line, circle),
        (Arc first, Arc second) => Circles(first, second),
        _ => throw new ArgumentException("segments and arcs", nameof(b)),
    };

    private static IEnumerable<PlanePoint> Lines(Segment a, Segment b)
    {
        var (u, v) = (a.To - a.From, b.To - b.From);
        var area = PlanePoint.Cross(u, v);
        return Math.Abs(area) <= 1e-12 * u.Length * v.Length ? [] : [a.From + (PlanePoint.Cross(b.From - a.From, v) / area * u)];
    }

    private static IEnumerable<PlanePoint> LineAndCircle(Segment line, Arc circle)
    {
        var along = 1 / line.Length * (line.To - line.From);
        var foot = line.From + (PlanePoint.Dot(circle.Centre - line.From, along) * along);
        var apart = (circle.Centre - foot).Length;
        return Chord(foot, along, circle.Radius, apart);
    }

    private static IEnumerable<PlanePoint> Circles(Arc a, Arc b)
    {
        var between = b.Centre - a.Centre;
        var distance = between.Length;
        if (distance <= 1e-12 * (a.Radius + b.Radius))
        {
            return [];
        }

        var along = 1 / distance * between;
        var foot = ((distance * distance) + (a.Radius * a.Radius) - (b.Radius * b.Radius)) / (2 * distance);
        return Chord(a.Centre + (foot * along), new(-along.Y, along.X), a.Radius, Math.Abs(foot));
    }

    // Circles that touch are taken as touching though rounding says that they do not.
    private static IEnumerable<PlanePoint> Chord(PlanePoint foot, PlanePoint along, double radius, double apart)
    {
        if (apart > radius * (1 + 1e-9))
        {
            return [];
        }

        var half = Math.Sqrt(Math.Max(0, (radius - apart) * (radius + apart)));
        return [foot + (half * along), foot - (half * along)];
    }
}
