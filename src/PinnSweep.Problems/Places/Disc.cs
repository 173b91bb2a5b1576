using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>A disc.</summary>
internal sealed record Disc(string Group, PlanePoint Centre, double Radius, bool IsHole = false) : PlaneFigure(Group, IsHole)
{
    public override ImmutableArray<(string Name, BoundaryPiece Piece)> Sides => [(Group, new Arc(Centre, Radius))];

    public override bool Contains(PlanePoint point) => (point - Centre).Length < Radius;
}
