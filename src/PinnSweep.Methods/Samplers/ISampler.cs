using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Samplers;

/// <summary>
/// Where the collocation points of each loss term lie. Points come from named random streams of the trial's seed, so every method
/// begins with the same ones; later ones are a function of seed, draw and θ alone.
/// </summary>
public interface ISampler : IStateful
{
    /// <summary>Whether the points of a term stay the same for the whole training.</summary>
    bool IsFixed(int term);

    /// <summary>Goes to the points of a step.</summary>
    /// <param name="step">The step that is about to begin; steps come in order.</param>
    /// <param name="probe">Residuals at the current θ.</param>
    /// <returns>Whether points changed.</returns>
    bool MoveTo(int step, IResidualProbe probe);

    /// <summary>
    /// Whether the optimizer begins anew, with nothing of what it has kept, whenever <see cref="MoveTo"/> has changed the points.
    /// </summary>
    bool RestartsOptimizer => false;

    /// <summary>
    /// The points of a term, row-major n × dimension in problem units, valid until the next <see cref="MoveTo"/> or until its state is
    /// loaded.
    /// </summary>
    ReadOnlySpan<double> Points(int term);

    /// <summary>
    /// Weights of the points of a term that multiply r² beside those of the balancer, or empty for ones: the loss is (1/n) Σ s w r² with s
    /// of the sampler and w of the balancer. Unweighted losses, which balancers compare terms by, know neither.
    /// </summary>
    ReadOnlySpan<double> PointWeights(int term) => [];

    /// <summary>Whether <see cref="PointWeights"/> of a step follow from the residuals of the same step.</summary>
    bool NeedsResidualsFirst => false;

    /// <summary>
    /// Sees the residuals of a step at the current points, before the optimizer moves θ; where they are needed first, before the passes that
    /// use the weights.
    /// </summary>
    void Observe(ITermResiduals residuals)
    {
    }

    /// <summary>Sees the direction of a step, which the balancer has made of its gradients, before the optimizer moves θ.</summary>
    void ObserveDirection(ReadOnlySpan<double> direction)
    {
    }
}
