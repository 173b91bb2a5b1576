namespace PinnSweep.Problems.Places;

/// <summary>A curve of the plane into which a number from 0 to 1 is carried evenly.</summary>
internal interface IPlaneCurve
{
    double Length { get; }

    /// <summary>Whether it ends where it begins.</summary>
    bool IsClosed { get; }

    PlanePoint At(double share);
}
