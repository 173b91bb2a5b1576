using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>A polygon or a disc.</summary>
/// <param name="Group">A name for all of its sides together.</param>
/// <param name="IsHole">Whether it was cut out as a hole.</param>
internal abstract record PlaneFigure(string Group, bool IsHole) : PlaneShape
{
    /// <summary>Its sides with their names, in order.</summary>
    public abstract ImmutableArray<(string Name, BoundaryPiece Piece)> Sides { get; }

    public override IEnumerable<PlaneFigure> Figures => [this];
}
