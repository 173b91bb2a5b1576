namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer that gives weights to points.</summary>
public interface IPointWeigher
{
    /// <summary>Weights of the points of a term that multiply r², or empty for ones.</summary>
    ReadOnlySpan<double> PointWeights(int term);

    /// <summary>
    /// The sampler has drawn new points for a term (n may have changed); the probe already tells the new coordinates. Not called for the
    /// first points.
    /// </summary>
    void PointsChanged(int term, int points);
}
