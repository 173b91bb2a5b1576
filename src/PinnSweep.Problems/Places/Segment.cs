namespace PinnSweep.Problems.Places;

/// <summary>A straight piece of a boundary; the domain lies on its left, or on its right where it is turned.</summary>
internal sealed record Segment(PlanePoint From, PlanePoint To, bool IsTurned = false) : BoundaryPiece
{
    public override double Length => (To - From).Length;

    // The end itself at 1, so that pieces close.
    public override PlanePoint At(double share) => share == 1 ? To : From + (share * (To - From));

    public override PlanePoint Normal(double share)
    {
        var along = (IsTurned ? -1 : 1) / Length * (To - From);
        return new(along.Y, -along.X);
    }

    public override BoundaryPiece Between(double from, double to) => this with { From = At(from), To = At(to) };

    public override BoundaryPiece Turned() => this with { IsTurned = !IsTurned };

    public override double? Find(PlanePoint point, double tolerance)
    {
        var (along, length) = (To - From, Length);
        var share = PlanePoint.Dot(point - From, along) / (length * length);
        return Math.Abs(PlanePoint.Cross(along, point - From)) <= tolerance * length && share * length >= -tolerance && (share - 1) * length <= tolerance
            ? Math.Clamp(share, 0, 1)
            : null;
    }

    public override IEnumerable<PlanePoint> Extremes() => [From, To];
}
