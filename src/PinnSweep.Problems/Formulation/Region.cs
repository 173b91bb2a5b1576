using System.Collections.Immutable;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// A place where points of a loss term lie (the domain, a side of it, a circle of a hole, a sphere, a part of these, a line inside) as the
/// image of a unit cube. The map keeps measure, so uniform numbers become uniform points and every sampler that fills a cube fills every
/// region with exactly the number of points that it was asked for: nothing is rejected.
/// </summary>
public sealed class Region
{
    private readonly Problem _problem;
    private readonly Face? _face;
    private readonly (double Lower, double Upper)[] _ranges;

    // The coordinates of the plane where they are placed together: by an area, in their order among the others, or by a curve, first.
    private readonly (int X, int Y) _plane;
    private readonly IPlaneArea? _area;
    private readonly IPlaneCurve? _curve;
    private readonly ImmutableArray<int> _free;

    // The coordinates of a ball come first, and their numbers in the cube too.
    private Ball? Round => _problem.Ball;

    private bool IsSphere => _face is { IsSphere: true };

    private int RoundDimensions => Round is null ? 0 : Round.Dimension - (IsSphere ? 1 : 0);

    private Region(Problem problem, Face? face, Limits? within)
    {
        (_problem, _face) = (problem, face);
        var limits = (face?.Within ?? Limits.None).And(within);
        _ranges = [.. problem.Axes.Select((axis, index) => (Math.Max(axis.Lower, limits.Of(index).Lower), Math.Min(axis.Upper, limits.Of(index).Upper)))];
        if (face is { IsOfBox: true } side)
        {
            var end = side.Upper ? problem.Axes[side.Axis].Upper : problem.Axes[side.Axis].Lower;
            _ranges[side.Axis] = (end, end);
        }

        if (PlanePlaces.Of(problem) is { } plane)
        {
            _plane = plane;
            var isSide = face is { Hole: > 0 } or { Piece: > 0 };
            var isFixed = (X: IsFixed(plane.X), Y: IsFixed(plane.Y));

            // A side of the box across the plane meets no hole, since they lie inside; nor does a point.
            _curve = isSide || (face is { IsInside: true } && isFixed.X != isFixed.Y) ? PlanePlaces.Curve(problem, face!.Value, limits) : null;
            _area = !isSide && !isFixed.X && !isFixed.Y ? PlanePlaces.Area(problem, limits) : null;
            IsEmpty = (isSide || (face is { IsInside: true } && isFixed.X != isFixed.Y)) && _curve is null;
        }

        IsEmpty |= Array.Exists(_ranges, range => range.Lower > range.Upper) || _area is { Measure: <= 0 };
        _free = [.. Enumerable.Range(0, problem.Dimension).Skip(problem.Ball?.Dimension ?? 0).Where(axis => !IsFixed(axis) && (_curve is null || (axis != _plane.X && axis != _plane.Y)))];
    }

    /// <summary>The whole domain.</summary>
    public static Region Domain(Problem problem) => new(problem, null, null);

    /// <summary>A part of the domain.</summary>
    public static Region Domain(Problem problem, Limits? within) => new(problem, null, within);

    /// <summary>A side of the box, the circle of a hole, or any other place of a condition.</summary>
    public static Region Side(Problem problem, Face face) => new(problem, face, null);

    /// <summary>The places of a term, in its order: the domain, or its sides one after another.</summary>
    public static IEnumerable<Region> Of(Problem problem, LossTerm term) =>
        term.Faces.IsEmpty ? [Domain(problem)] : term.Faces.Select(face => Side(problem, face));

    /// <summary>The side; null for the domain.</summary>
    public Face? Face => _face;

    /// <summary>Whether no point is left of it.</summary>
    public bool IsEmpty { get; }

    /// <summary>Numbers in [0, 1] that make a point: one for each coordinate, one less on a side, none of a point.</summary>
    public int FreeDimensions => RoundDimensions + _free.Length + (_curve is null ? 0 : 1);

    /// <summary>What each of these numbers runs along.</summary>
    public ImmutableArray<CubeDirection> Directions =>
    [
        .. Round?.Directions(IsSphere) ?? [],
        .. _curve is null ? ImmutableArray<CubeDirection>.Empty : [new(_curve.Length, IsTime: false, _curve.IsClosed)],
        .. _free.Select(axis => new CubeDirection(Extent(axis), axis == _problem.TimeAxis, Closes: false)),
    ];

    /// <summary>Whether it is the side at the first moment of time.</summary>
    public bool IsInitial => _face is { IsOfBox: true, Upper: false } side && side.Axis == _problem.TimeAxis;

    /// <summary>Volume, area or length; 1 of a point.</summary>
    public double Measure => Round is not null ? (IsSphere ? Round.Sphere : Round.Volume) * Extents(_free)
        : _curve is not null ? _curve.Length * Extents(_free)
        : _area is not null ? _area.Measure * Extents(_free.Where(axis => axis != _plane.X && axis != _plane.Y))
        : Extents(_free);

    /// <summary>The random stream of the region's points: <c>interior</c>, <c>boundary/x-lower</c>.</summary>
    public string StreamOf(string pointSet) => _face is { } side ? $"{pointSet}/{side.Name(_problem)}" : pointSet;

    /// <summary>The point of a point of the unit cube.</summary>
    /// <param name="unit"><see cref="FreeDimensions"/> numbers in [0, 1], in the order of the free coordinates; on a curve the place along it
    /// comes first.</param>
    /// <param name="point">Takes one value for each coordinate, in problem units.</param>
    public void Place(ReadOnlySpan<double> unit, Span<double> point)
    {
        var used = RoundDimensions;
        for (var axis = 0; axis < _ranges.Length; axis++)
        {
            point[axis] = _ranges[axis].Lower;
        }

        Round?.Place(unit[..used], IsSphere, point);
        if (_curve is not null)
        {
            var at = _curve.At(unit[used++]);
            (point[_plane.X], point[_plane.Y]) = (at.X, at.Y);
        }

        foreach (var axis in _free)
        {
            var u = unit[used++];
            point[axis] = _area is null || (axis != _plane.X && axis != _plane.Y) ? At(_ranges[axis], u)
                : axis == _plane.X ? _area.Across(u)
                : _area.Along(point[_plane.X], u);
        }
    }

    /// <summary>Whether a point of the domain lies there, but for rounding.</summary>
    public bool IsOn(ReadOnlySpan<double> point)
    {
        const double near = 1e-9;
        for (var axis = 0; axis < _ranges.Length; axis++)
        {
            var tolerance = near * _problem.Axes[axis].Extent;
            if (point[axis] < _ranges[axis].Lower - tolerance || point[axis] > _ranges[axis].Upper + tolerance)
            {
                return false;
            }
        }

        return _face switch
        {
            { Hole: > 0 and var number } => _problem.Holes[number - 1] is var hole &&
                Math.Abs(new PlanePoint(point[_plane.X] - hole.X, point[_plane.Y] - hole.Y).Length - hole.Radius) <= near * hole.Radius,
            { IsSphere: true } => Math.Abs(Round!.Length(point) - Round.Radius) <= near * Round.Radius,
            { Piece: > 0 and var piece } => _problem.Plane!.Sides[piece - 1].Contains(new(point[_plane.X], point[_plane.Y]), _problem.Plane.Near),
            _ => true,
        };
    }

    private bool IsFixed(int axis) => _ranges[axis].Lower == _ranges[axis].Upper;

    /// <summary>The end itself at 1: Lower + (Upper − Lower) may lie beside it.</summary>
    private static double At((double Lower, double Upper) range, double u) => u == 1 ? range.Upper : range.Lower + ((range.Upper - range.Lower) * u);

    private double Extent(int axis) => _ranges[axis].Upper - _ranges[axis].Lower;

    private double Extents(IEnumerable<int> axes) => axes.Aggregate(1.0, (product, axis) => product * Extent(axis));
}
