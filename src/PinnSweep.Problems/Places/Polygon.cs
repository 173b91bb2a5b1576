using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>A polygon whose sides do not cross.</summary>
/// <param name="Group">A name for all of its sides together.</param>
/// <param name="Vertices">In either direction, three or more.</param>
/// <param name="Names">Of its sides; the first joins the first two vertices.</param>
/// <param name="IsHole">Whether it was cut out as a hole.</param>
internal sealed record Polygon(string Group, ImmutableArray<PlanePoint> Vertices, ImmutableArray<string> Names, bool IsHole = false) : PlaneFigure(Group, IsHole)
{
    public override ImmutableArray<(string Name, BoundaryPiece Piece)> Sides =>
        [.. Vertices.Select((vertex, i) => (Names[i], (BoundaryPiece)new Segment(vertex, Vertices[(i + 1) % Vertices.Length])))];

    /// <summary>A rectangle, whose sides have the names that are given: bottom, right, top, left.</summary>
    public static Polygon Rectangle(string group, (double Lower, double Upper) x, (double Lower, double Upper) y, ImmutableArray<string> names) =>
        new(group, [new(x.Lower, y.Lower), new(x.Upper, y.Lower), new(x.Upper, y.Upper), new(x.Lower, y.Upper)], names);

    /// <summary>Whether a ray to the right crosses its sides an odd number of times.</summary>
    public override bool Contains(PlanePoint point)
    {
        var isInside = false;
        for (var (i, k) = (0, Vertices.Length - 1); i < Vertices.Length; k = i++)
        {
            var (a, b) = (Vertices[i], Vertices[k]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < a.X + ((point.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
            {
                isInside = !isInside;
            }
        }

        return isInside;
    }
}
