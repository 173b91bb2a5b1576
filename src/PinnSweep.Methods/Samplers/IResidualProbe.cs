namespace PinnSweep.Methods.Samplers;

/// <summary>What the training loop can tell a sampler about points that are not in use.</summary>
public interface IResidualProbe
{
    /// <summary>
    /// How far the differential equations are from being met at points of the domain at the current θ: √Σ r², over the equations. Where
    /// that is not finite it is 0, so that no sampler follows it.
    /// </summary>
    /// <param name="points">Row-major n × dimension in problem units.</param>
    /// <param name="magnitudes">n.</param>
    void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes);
}
