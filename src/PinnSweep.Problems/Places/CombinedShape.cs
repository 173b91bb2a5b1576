using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>Several shapes as one.</summary>
/// <param name="Kind">How.</param>
/// <param name="Parts">Of a difference, the first is the whole and the others are taken away.</param>
internal sealed record CombinedShape(CombinedKind Kind, ImmutableArray<PlaneShape> Parts) : PlaneShape
{
    public override IEnumerable<PlaneFigure> Figures => Parts.SelectMany(part => part.Figures);

    public override bool Contains(PlanePoint point) => Kind switch
    {
        CombinedKind.Union => Parts.Any(part => part.Contains(point)),
        CombinedKind.Intersection => Parts.All(part => part.Contains(point)),
        _ => Parts[0].Contains(point) && !Parts.Skip(1).Any(part => part.Contains(point)),
    };
}
