using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// A place where points of a loss term lie (the domain, a side of it, a circle of a hole) as the image of a unit cube. The map keeps
/// measure, so uniform numbers become uniform points and every sampler that fills a cube fills every region with exactly the number of
/// points that it was asked for: nothing is rejected.
/// </summary>
public sealed class Region
{
    private readonly Problem _problem;
    private readonly Face? _face;
    private readonly Hole? _circle;
    private readonly ImmutableArray<int> _free;
    private readonly ImmutableArray<Hole> _holes;

    private Region(Problem problem, Face? face)
    {
        _problem = problem;
        _face = face;
        _circle = face is { Hole: > 0 } side ? problem.Holes[side.Hole - 1] : null;
        int[] bound = _circle is not null ? [_circle.AxisX, _circle.AxisY] : face is { } flat ? [flat.Axis] : [];
        _free = [.. Enumerable.Range(0, problem.Dimension).Except(bound)];

        // On a side across the plane of the holes, no hole is met: they lie inside the box.
        _holes = [.. problem.Holes.Where(hole => !bound.Contains(hole.AxisX) && !bound.Contains(hole.AxisY)).OrderBy(hole => hole.Y)];
    }

    /// <summary>The whole domain.</summary>
    public static Region Domain(Problem problem) => new(problem, null);

    /// <summary>A side of the box or the circle of a hole.</summary>
    public static Region Side(Problem problem, Face face) => new(problem, face);

    /// <summary>The places of a term, in its order: the domain, or its sides one after another.</summary>
    public static IEnumerable<Region> Of(Problem problem, LossTerm term) =>
        term.Faces.IsEmpty ? [Domain(problem)] : term.Faces.Select(face => Side(problem, face));

    /// <summary>The side; null for the domain.</summary>
    public Face? Face => _face;

    /// <summary>Numbers in [0, 1] that make a point: one for each coordinate, one less on a side.</summary>
    public int FreeDimensions => _problem.Dimension - (_face is null ? 0 : 1);

    /// <summary>What each of these numbers runs along.</summary>
    public ImmutableArray<CubeDirection> Directions =>
    [
        .. _circle is null ? ImmutableArray<CubeDirection>.Empty : [new(2 * Math.PI * _circle.Radius, IsTime: false, Closes: true)],
        .. _free.Select(axis => new CubeDirection(_problem.Axes[axis].Extent, axis == _problem.TimeAxis, Closes: false)),
    ];

    /// <summary>Whether it is the side at the first moment of time.</summary>
    public bool IsInitial => _face is { Hole: 0, Upper: false } side && side.Axis == _problem.TimeAxis;

    /// <summary>Volume, area or length.</summary>
    public double Measure
    {
        get
        {
            if (_circle is not null)
            {
                return 2 * Math.PI * _circle.Radius * Extent(_free);
            }

            return _holes.IsEmpty
                ? Extent(_free)
                : ((_problem.Axes[_holes[0].AxisX].Extent * _problem.Axes[_holes[0].AxisY].Extent) - _holes.Sum(hole => hole.Area))
                    * Extent(_free.Where(axis => axis != _holes[0].AxisX && axis != _holes[0].AxisY));
        }
    }

    /// <summary>The random stream of the region's points: <c>interior</c>, <c>boundary/x-lower</c>.</summary>
    public string StreamOf(string pointSet) => _face is { } side ? $"{pointSet}/{side.Name(_problem)}" : pointSet;

    /// <summary>The point of a point of the unit cube.</summary>
    /// <param name="unit"><see cref="FreeDimensions"/> numbers in [0, 1], in the order of the free coordinates; on a circle the angle comes
    /// first.</param>
    /// <param name="point">Takes one value for each coordinate, in problem units.</param>
    public void Place(ReadOnlySpan<double> unit, Span<double> point)
    {
        var used = 0;
        if (_circle is not null)
        {
            var angle = 2 * Math.PI * unit[used++];
            point[_circle.AxisX] = _circle.X + (_circle.Radius * Math.Cos(angle));
            point[_circle.AxisY] = _circle.Y + (_circle.Radius * Math.Sin(angle));
        }
        else if (_face is { } side)
        {
            point[side.Axis] = side.Upper ? _problem.Axes[side.Axis].Upper : _problem.Axes[side.Axis].Lower;
        }

        foreach (var index in _free)
        {
            var axis = _problem.Axes[index];
            var u = unit[used++];
            point[index] = _holes.IsEmpty || (index != _holes[0].AxisX && index != _holes[0].AxisY) ? At(axis, u)
                : index == _holes[0].AxisX ? Across(u)
                : Along(point[_holes[0].AxisX], u);
        }
    }

    /// <summary>The end itself at 1: Lower + (Upper − Lower) may lie beside it.</summary>
    private static double At(Axis axis, double u) => u == 1 ? axis.Upper : axis.Lower + (axis.Extent * u);

    private double Extent(IEnumerable<int> axes) => axes.Aggregate(1.0, (product, axis) => product * _problem.Axes[axis].Extent);

    /// <summary>
    /// The x left of which a share u of the free area lies: Newton's method on the exact area, bisection where it leaves the bracket.
    /// </summary>
    private double Across(double u)
    {
        var (axis, height) = (_problem.Axes[_holes[0].AxisX], _problem.Axes[_holes[0].AxisY].Extent);
        var wanted = u * ((axis.Extent * height) - _holes.Sum(hole => hole.Area));
        var (low, high) = (axis.Lower, axis.Upper);
        var x = axis.Lower + (axis.Extent * u);
        for (var i = 0; i < 100; i++)
        {
            var (area, length) = ((x - axis.Lower) * height, height);
            foreach (var hole in _holes)
            {
                area -= hole.AreaLeftOf(x);
                length -= 2 * hole.HalfChordAt(x);
            }

            (low, high) = area < wanted ? (x, high) : (low, x);
            var next = x - ((area - wanted) / length);
            next = next > low && next < high ? next : low + ((high - low) / 2);
            if (Math.Abs(next - x) <= 1e-15 * axis.Extent)
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    /// <summary>The y below which a share u of the free part of the line at x lies; each chord that it passes is added.</summary>
    private double Along(double x, double u)
    {
        var axis = _problem.Axes[_holes[0].AxisY];
        var free = axis.Extent;
        foreach (var hole in _holes)
        {
            free -= 2 * hole.HalfChordAt(x);
        }

        var y = axis.Lower + (free * u);
        foreach (var hole in _holes)
        {
            var half = hole.HalfChordAt(x);
            y += y >= hole.Y - half ? 2 * half : 0;
        }

        return Math.Min(y, axis.Upper);
    }
}
