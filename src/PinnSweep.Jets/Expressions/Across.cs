namespace PinnSweep.Jets.Expressions;

/// <summary>
/// The second point of a residual that compares two: the first one with one coordinate at another value, as on the opposite side of a box.
/// Both points belong to one residual, so a pair has one loss, one weight and one row of the Jacobian.
/// </summary>
/// <param name="Coordinate">The coordinate that differs.</param>
/// <param name="Value">Its value at the second point, in the units of the problem.</param>
public sealed record Across(int Coordinate, double Value)
{
    /// <summary>The second points of row-major n × dimension first ones.</summary>
    public double[] Points(ReadOnlySpan<double> points, int dimension)
    {
        var moved = points.ToArray();
        for (var i = Coordinate; i < moved.Length; i += dimension)
        {
            moved[i] = Value;
        }

        return moved;
    }
}
