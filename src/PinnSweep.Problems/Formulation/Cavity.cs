namespace PinnSweep.Problems.Formulation;

/// <summary>A ball cut out of the box of the first three coordinates. Balls lie inside the box and apart from each other.</summary>
/// <param name="X">The centre.</param>
/// <param name="Y">The centre.</param>
/// <param name="Z">The centre.</param>
/// <param name="Radius">Above 0.</param>
public sealed record Cavity(double X, double Y, double Z, double Radius)
{
    /// <summary>The volume.</summary>
    public double Volume => 4 * Math.PI * Radius * Radius * Radius / 3;

    /// <summary>The area of the sphere.</summary>
    public double Sphere => 4 * Math.PI * Radius * Radius;

    /// <summary>Whether a point lies strictly inside.</summary>
    public bool Contains(ReadOnlySpan<double> point) => DistanceTo(point) < Radius;

    /// <summary>The distance of a point from the centre.</summary>
    public double DistanceTo(ReadOnlySpan<double> point)
    {
        var (x, y, z) = (point[0] - X, point[1] - Y, point[2] - Z);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <summary>Volume of the part with a smaller first coordinate than x.</summary>
    public double VolumeLeftOf(double x)
    {
        var d = Math.Clamp((x - X) / Radius, -1, 1);
        return Math.PI * Radius * Radius * Radius * ((2.0 / 3) + d - (d * d * d / 3));
    }

    /// <summary>The radius of the disc in the plane at x; 0 beside the ball.</summary>
    public double RadiusAt(double x) => Math.Sqrt(Math.Max(0, (Radius * Radius) - ((x - X) * (x - X))));

    /// <summary>Sets the coordinates of a point of the sphere: equal parts of the unit square have equal area (Archimedes).</summary>
    public void Place(ReadOnlySpan<double> unit, Span<double> point)
    {
        var height = 1 - (2 * unit[0]);
        var (sin, cos) = Math.SinCos(2 * Math.PI * unit[1]);
        var ring = Radius * Math.Sqrt(Math.Max(0, 1 - (height * height)));
        (point[0], point[1], point[2]) = (X + (ring * cos), Y + (ring * sin), Z + (Radius * height));
    }
}
