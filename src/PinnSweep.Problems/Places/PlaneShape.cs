using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>A set of points of the plane, made of polygons and discs.</summary>
internal abstract record PlaneShape
{
    /// <summary>Whether a point lies inside; on the boundary it may be either.</summary>
    public abstract bool Contains(PlanePoint point);

    /// <summary>Its polygons and discs.</summary>
    public abstract IEnumerable<PlaneFigure> Figures { get; }
}

/// <summary>A polygon or a disc.</summary>
/// <param name="Group">A name for all of its sides together.</param>
/// <param name="IsHole">Whether it was cut out as a hole.</param>
internal abstract record PlaneFigure(string Group, bool IsHole) : PlaneShape
{
    /// <summary>Its sides with their names, in order.</summary>
    public abstract ImmutableArray<(string Name, BoundaryPiece Piece)> Sides { get; }

    public override IEnumerable<PlaneFigure> Figures => [this];
}

/// <summary>A disc.</summary>
internal sealed record Disc(string Group, PlanePoint Centre, double Radius, bool IsHole = false) : PlaneFigure(Group, IsHole)
{
    public override ImmutableArray<(string Name, BoundaryPiece Piece)> Sides => [(Group, new Arc(Centre, Radius))];

    public override bool Contains(PlanePoint point) => (point - Centre).Length < Radius;
}

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

/// <summary>Several shapes as one.</summary>
/// <param name="Kind">How.</param>
/// <param name="Parts">Of a difference, the first is the whole and the others are taken away.</param>
internal sealed record CombinedShape(CombinedKind Kind, ImmutableArray<PlaneShape> Parts) : PlaneShape
{
    public override IEnumerable<PlaneFigure> Figures => Parts.SelectMany(part => part.Figures);

    public override bool Contains(PlanePoint point) => Kind switch
    {
        CombinedKind.Union => Parts.Any(part => part.Contains(point)),
        CombinedKind.Intersection => Parts.All(part => part.Contains(point)),
        _ => Parts[0].Contains(point) && !Parts.Skip(1).Any(part => part.Contains(point)),
    };
}

/// <summary>How shapes become one.</summary>
internal enum CombinedKind
{
    /// <summary>What lies in any.</summary>
    Union,

    /// <summary>What lies in the first alone.</summary>
    Difference,

    /// <summary>What lies in all.</summary>
    Intersection,
}
