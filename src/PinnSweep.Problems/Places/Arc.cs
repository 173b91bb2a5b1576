namespace PinnSweep.Problems.Places;

/// <summary>A part of a circle, counted counterclockwise; the domain lies inside of it, or outside where it is turned.</summary>
/// <param name="Centre">Of the circle.</param>
/// <param name="Radius">Above 0.</param>
/// <param name="From">The angle at which it begins.</param>
/// <param name="Sweep">How far it goes, above 0 and at most 2π.</param>
/// <param name="IsTurned">Whether the domain lies outside.</param>
internal sealed record Arc(PlanePoint Centre, double Radius, double From = 0, double Sweep = 2 * Math.PI, bool IsTurned = false) : BoundaryPiece
{
    public override double Length => Radius * Sweep;

    /// <summary>Whether it is the whole circle.</summary>
    public bool IsClosed => Sweep >= 2 * Math.PI * (1 - 1e-12);

    public override PlanePoint At(double share) => Centre + (Radius * Outside(share));

    public override PlanePoint Normal(double share) => (IsTurned ? -1 : 1) * Outside(share);

    public override BoundaryPiece Between(double from, double to) => this with { From = From + (from * Sweep), Sweep = (to - from) * Sweep };

    public override BoundaryPiece Turned() => this with { IsTurned = !IsTurned };

    public override double? Find(PlanePoint point, double tolerance)
    {
        var from = point - Centre;
        if (Math.Abs(from.Length - Radius) > tolerance)
        {
            return null;
        }

        // A point just before the beginning is at the beginning, or nearly once around.
        var angle = Math.Atan2(from.Y, from.X) - From;
        angle -= 2 * Math.PI * Math.Floor(angle / (2 * Math.PI));
        var near = tolerance / Radius;
        return angle <= Sweep + near ? Math.Min(angle / Sweep, 1) : angle >= (2 * Math.PI) - near ? 0 : null;
    }

    public override IEnumerable<PlanePoint> Extremes()
    {
        PlanePoint[] sides = [new(1, 0), new(0, 1), new(-1, 0), new(0, -1)];
        return sides.Select(side => Centre + (Radius * side)).Where(point => Find(point, 1e-12 * Radius) is not null).Append(At(0)).Append(At(1));
    }

    private PlanePoint Outside(double share)
    {
        var angle = From + (share * Sweep);
        return new(Math.Cos(angle), Math.Sin(angle));
    }
}
