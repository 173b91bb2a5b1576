namespace PinnSweep.Problems.Places;

/// <summary>y as a function of x along a piece of a boundary: a line, or half a circle.</summary>
internal readonly record struct PlaneGraph
{
    private readonly double _x;
    private readonly double _y;
    private readonly double _slope;
    private readonly double _radius;

    private PlaneGraph(double x, double y, double slope, double radius) => (_x, _y, _slope, _radius) = (x, y, slope, radius);

    public static PlaneGraph Line(PlanePoint from, PlanePoint to) => new(from.X, from.Y, (to.Y - from.Y) / (to.X - from.X), 0);

    // A radius below 0 is the lower half.
    public static PlaneGraph Circle(PlanePoint centre, double radius, bool isUpper) => new(centre.X, centre.Y, 0, isUpper ? radius : -radius);

    /// <summary>y at x.</summary>
    public double At(double x)
    {
        var d = x - _x;
        return _radius == 0 ? _y + (_slope * d) : _y + (Math.Sign(_radius) * Math.Sqrt(Math.Max(0, (_radius * _radius) - (d * d))));
    }

    /// <summary>The area below it between two values of x, in closed form.</summary>
    public double Integral(double from, double to) => _radius == 0
        ? (to - from) * (_y + (_slope * (((from + to) / 2) - _x)))
        : (_y * (to - from)) + (Math.Sign(_radius) * (HalfDisc(to) - HalfDisc(from)));

    private double HalfDisc(double x)
    {
        var r = Math.Abs(_radius);
        var d = Math.Clamp((x - _x) / r, -1, 1);
        return r * r / 2 * (Math.Asin(d) + (d * Math.Sqrt(1 - (d * d))));
    }
}
