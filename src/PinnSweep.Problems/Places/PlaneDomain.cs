using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>
/// A domain in the plane of two coordinates that is no box: its area, its sides by name, and what is left of both within limits. Over any
/// other coordinate, such as time, it is a cylinder.
/// </summary>
public sealed class PlaneDomain
{
    private readonly PlaneShape _shape;
    private readonly double _size;
    private readonly double _near;
    private readonly SlabArea _area;

    private PlaneDomain(PlaneShape shape, int axisX, int axisY, bool hasBoxSides)
    {
        (_shape, AxisX, AxisY, HasBoxSides) = (shape, axisX, axisY, hasBoxSides);
        var extremes = shape.Figures.SelectMany(figure => figure.Sides).SelectMany(side => side.Piece.Extremes()).ToList();
        _size = Math.Max(extremes.Max(point => point.X) - extremes.Min(point => point.X), extremes.Max(point => point.Y) - extremes.Min(point => point.Y));
        _near = TracedBoundary.Near * _size;
        var figures = shape.Figures.ToList();
        var traced = TracedBoundary.Of(shape, _size);
        Sides =
        [
            .. traced.GroupBy(piece => (piece.Figure, piece.Side)).OrderBy(side => side.Key)
                .Where(side => !hasBoxSides || side.Key.Figure > 0)
                .Select(side => new PlaneSide(
                    figures[side.Key.Figure].Sides[side.Key.Side].Name, figures[side.Key.Figure].Group, figures[side.Key.Figure].IsHole, [.. side.Select(piece => piece.Piece)])),
        ];
        _area = SlabArea.Of(shape, [.. traced.Select(piece => piece.Piece)], _near);
        Boundary = [.. traced.Select(piece => piece.Piece)];
    }

    /// <summary>The first coordinate of the plane, the smaller index.</summary>
    public int AxisX { get; }

    /// <summary>The second one.</summary>
    public int AxisY { get; }

    /// <summary>Whether it is a box with holes that do not touch its sides, which then are those of the coordinates.</summary>
    public bool HasBoxSides { get; }

    /// <summary>The sides that are none of a box, numbered from 1 where problems name them.</summary>
    internal ImmutableArray<PlaneSide> Sides { get; }

    /// <summary>All pieces of the boundary.</summary>
    internal ImmutableArray<BoundaryPiece> Boundary { get; }

    /// <summary>What it was made of.</summary>
    internal PlaneShape Shape => _shape;

    /// <summary>Polygons and discs that it was made of.</summary>
    internal IEnumerable<PlaneFigure> Figures => _shape.Figures;

    /// <summary>Its area as a place for points.</summary>
    internal IPlaneArea Area => _area;

    /// <summary>Lengths below are none.</summary>
    internal double Near => _near;

    /// <summary>The area of every part that hangs together.</summary>
    internal IReadOnlyList<double> Parts => ConnectedParts.Of(_area.Slabs, _near);

    /// <summary>The range of the first coordinate.</summary>
    internal (double Lower, double Upper) RangeX => (Extremes.Min(point => point.X), Extremes.Max(point => point.X));

    /// <summary>The range of the second coordinate.</summary>
    internal (double Lower, double Upper) RangeY => (Extremes.Min(point => point.Y), Extremes.Max(point => point.Y));

    private IEnumerable<PlanePoint> Extremes => Boundary.SelectMany(piece => piece.Extremes());

    /// <summary>Whether a point lies in it or on its boundary.</summary>
    public bool Contains(ReadOnlySpan<double> point) => _area.Contains(point[AxisX], point[AxisY], _near);

    /// <summary>A domain of a shape.</summary>
    internal static PlaneDomain Of(PlaneShape shape, int axisX, int axisY, bool hasBoxSides = false) => new(shape, axisX, axisY, hasBoxSides);

    /// <summary>The part of the area within limits.</summary>
    internal IPlaneArea AreaWithin(Limits limits)
    {
        var (x, y) = (limits.Of(AxisX), limits.Of(AxisY));
        if (double.IsInfinity(x.Lower) && double.IsInfinity(x.Upper) && double.IsInfinity(y.Lower) && double.IsInfinity(y.Upper))
        {
            return _area;
        }

        // What is far off must not blow tolerances up.
        var (left, right, bottom, top) = (RangeX.Lower - _size, RangeX.Upper + _size, RangeY.Lower - _size, RangeY.Upper + _size);
        x = (Math.Clamp(x.Lower, left, right), Math.Clamp(x.Upper, left, right));
        y = (Math.Clamp(y.Lower, bottom, top), Math.Clamp(y.Upper, bottom, top));
        if (x.Upper - x.Lower <= _near || y.Upper - y.Lower <= _near)
        {
            return SlabArea.Of(_shape, [], _near);
        }

        var part = new CombinedShape(CombinedKind.Intersection, [_shape, Polygon.Rectangle("", x, y, ["", "", "", ""])]);
        return SlabArea.Of(part, [.. TracedBoundary.Of(part, _size).Select(piece => piece.Piece)], _near);
    }

    /// <summary>The pieces of a side within limits.</summary>
    internal ImmutableArray<BoundaryPiece> Within(PlaneSide side, Limits limits) =>
        [.. side.Pieces.SelectMany(piece => Kept(piece, limits, _ => true))];

    /// <summary>The pieces of a vertical or horizontal line within the domain and limits.</summary>
    internal ImmutableArray<BoundaryPiece> Line(Limits limits)
    {
        var (x, y) = (limits.Of(AxisX), limits.Of(AxisY));
        BoundaryPiece line = x.Lower == x.Upper
            ? new Segment(new(x.Lower, RangeY.Lower), new(x.Lower, RangeY.Upper))
            : new Segment(new(RangeX.Lower, y.Lower), new(RangeX.Upper, y.Lower));
        return Kept(line, limits, point => _area.Contains(point.X, point.Y, 0));
    }

    private ImmutableArray<BoundaryPiece> Kept(BoundaryPiece piece, Limits limits, Func<PlanePoint, bool> isWanted)
    {
        var (x, y) = (limits.Of(AxisX), limits.Of(AxisY));
        List<double> cuts =
        [
            0, 1,
            .. new[] { x.Lower, x.Upper }.Where(double.IsFinite).SelectMany(at => piece.Cuts(isVertical: true, at, _near)),
            .. new[] { y.Lower, y.Upper }.Where(double.IsFinite).SelectMany(at => piece.Cuts(isVertical: false, at, _near)),
            .. piece is Segment ? Boundary.SelectMany(other => TracedBoundary.Cuts(piece, other, _near)) : [],
        ];
        cuts.Sort();
        var kept = ImmutableArray.CreateBuilder<BoundaryPiece>();
        for (var (i, from) = (1, 0.0); i < cuts.Count; i++)
        {
            var isHere = (cuts[i] - cuts[i - 1]) * piece.Length > _near && piece.At((cuts[i - 1] + cuts[i]) / 2) is var middle && IsIn(middle.X, x) && IsIn(middle.Y, y) && isWanted(middle);
            if (isHere && kept.Count > 0 && from == cuts[i - 1])
            {
                // Goes on where the piece before it ended.
                kept[^1] = Joined(kept[^1], piece, cuts[i]);
                from = cuts[i];
            }
            else if (isHere)
            {
                kept.Add(piece.Between(cuts[i - 1], cuts[i]));
                from = cuts[i];
            }
        }

        return kept.ToImmutable();

        bool IsIn(double value, (double Lower, double Upper) range) => value >= range.Lower - _near && value <= range.Upper + _near;
    }

    private static BoundaryPiece Joined(BoundaryPiece before, BoundaryPiece whole, double until) => (before, whole) switch
    {
        (Segment segment, _) => segment with { To = whole.At(until) },
        (Arc arc, Arc circle) => arc with { Sweep = circle.From + (until * circle.Sweep) - arc.From },
        _ => before,
    };
}
