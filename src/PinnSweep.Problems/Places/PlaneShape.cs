namespace PinnSweep.Problems.Places;

/// <summary>A set of points of the plane, made of polygons and discs.</summary>
internal abstract record PlaneShape
{
    /// <summary>Whether a point lies inside; on the boundary it may be either.</summary>
    public abstract bool Contains(PlanePoint point);

    /// <summary>Its polygons and discs.</summary>
    public abstract IEnumerable<PlaneFigure> Figures { get; }
}
