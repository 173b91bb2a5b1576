using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Formulation;

/// <summary>The circle of a hole.</summary>
internal sealed class HoleCircle(Hole hole) : IPlaneCurve
{
    /// <inheritdoc/>
    public double Length => 2 * Math.PI * hole.Radius;

    /// <inheritdoc/>
    public bool IsClosed => true;

    /// <inheritdoc/>
    public PlanePoint At(double share)
    {
        var angle = 2 * Math.PI * share;
        return new(hole.X + (hole.Radius * Math.Cos(angle)), hole.Y + (hole.Radius * Math.Sin(angle)));
    }
}
