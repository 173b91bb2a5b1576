namespace PinnSweep.Problems.Formulation;

/// <summary>
/// A disc cut out of the box in the plane of two coordinates; over any other coordinate, such as time, it is a cylinder. Discs lie inside
/// the box and apart from each other.
/// </summary>
/// <param name="AxisX">The first coordinate of the plane, the smaller index.</param>
/// <param name="AxisY">The second one; the same plane for all holes of a problem.</param>
/// <param name="X">The centre.</param>
/// <param name="Y">The centre.</param>
/// <param name="Radius">Above 0.</param>
public sealed record Hole(int AxisX, int AxisY, double X, double Y, double Radius)
{
    /// <summary>Area of the disc.</summary>
    public double Area => Math.PI * Radius * Radius;

    /// <summary>Whether a point lies strictly inside.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        var (x, y) = (point[AxisX] - X, point[AxisY] - Y);
        return (x * x) + (y * y) < Radius * Radius;
    }

    /// <summary>Area of the part of the disc left of x.</summary>
    public double AreaLeftOf(double x)
    {
        var d = Math.Clamp((x - X) / Radius, -1, 1);
        return Radius * Radius * ((Math.PI / 2) + Math.Asin(d) + (d * Math.Sqrt(1 - (d * d))));
    }

    /// <summary>Half the length of the chord at x; zero beside the disc.</summary>
    public double HalfChordAt(double x)
    {
        var d = x - X;
        return Math.Sqrt(Math.Max(0, (Radius * Radius) - (d * d)));
    }
}
