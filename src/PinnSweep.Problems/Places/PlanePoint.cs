namespace PinnSweep.Problems.Places;

/// <summary>A point of the plane of two coordinates, or a vector there.</summary>
internal readonly record struct PlanePoint(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public static PlanePoint operator +(PlanePoint a, PlanePoint b) => new(a.X + b.X, a.Y + b.Y);

    public static PlanePoint operator -(PlanePoint a, PlanePoint b) => new(a.X - b.X, a.Y - b.Y);

    public static PlanePoint operator *(double factor, PlanePoint a) => new(factor * a.X, factor * a.Y);

    public static double Dot(PlanePoint a, PlanePoint b) => (a.X * b.X) + (a.Y * b.Y);

    /// <summary>The area that two vectors span, positive where the second lies to the left of the first.</summary>
    public static double Cross(PlanePoint a, PlanePoint b) => (a.X * b.Y) - (a.Y * b.X);
}
