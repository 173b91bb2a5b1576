namespace PinnSweep.Problems.Places;

/// <summary>A piece of the boundary of a shape, with points in proportion to its length: a segment or an arc.</summary>
internal abstract record BoundaryPiece
{
    public abstract double Length { get; }

    /// <summary>The point at a share of the length, from 0 to 1.</summary>
    public abstract PlanePoint At(double share);

    /// <summary>The unit normal out of the domain there.</summary>
    public abstract PlanePoint Normal(double share);

    /// <summary>The part between two shares.</summary>
    public abstract BoundaryPiece Between(double from, double to);

    /// <summary>The same points with the domain on the other side.</summary>
    public abstract BoundaryPiece Turned();

    /// <summary>The share at which a point lies on it, to a tolerance; null where it does not.</summary>
    public abstract double? Find(PlanePoint point, double tolerance);

    /// <summary>The values of x or of y that it reaches: its ends, and the sides of a circle.</summary>
    public abstract IEnumerable<PlanePoint> Extremes();

    /// <summary>Where the whole line or circle that it lies on meets a vertical (or horizontal) line.</summary>
    public IEnumerable<double> Cuts(bool isVertical, double at, double tolerance)
    {
        // As near to the piece as can be: far ends cost digits.
        var start = At(0);
        var line = isVertical ? new Segment(new(at, start.Y - Length), new(at, start.Y + Length)) : new Segment(new(start.X - Length, at), new(start.X + Length, at));
        return Meetings.Of(this, line).Select(point => Find(point, tolerance)).OfType<double>();
    }
}
