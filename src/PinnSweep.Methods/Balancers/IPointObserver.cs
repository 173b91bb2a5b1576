namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer that keeps something for each point of a term.</summary>
internal interface IPointObserver
{
    /// <summary>The sampler has drawn new points for a term (n may have changed); the probe already tells the new coordinates. Not called for the first points.</summary>
    void PointsChanged(int term, int points);
}
