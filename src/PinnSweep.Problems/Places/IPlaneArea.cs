namespace PinnSweep.Problems.Places;

/// <summary>A part of the plane into which two numbers from 0 to 1 are carried evenly: first across to x, then along the line at x.</summary>
internal interface IPlaneArea
{
    /// <summary>Its area.</summary>
    double Measure { get; }

    /// <summary>The x left of which that share of the area lies.</summary>
    double Across(double share);

    /// <summary>The y below which that share of the line at x lies.</summary>
    double Along(double x, double share);
}
