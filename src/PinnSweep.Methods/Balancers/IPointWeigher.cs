namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer that gives weights to points.</summary>
internal interface IPointWeigher : IPointObserver
{
    /// <summary>Weights of the points of a term that multiply r², or empty for ones.</summary>
    ReadOnlySpan<double> PointWeights(int term);
}
