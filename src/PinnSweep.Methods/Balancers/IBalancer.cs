using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Balancers;

/// <summary>
/// A method that weighs the loss terms. In each step the training loop calls: <see cref="ObserveResiduals"/> (only where
/// <see cref="NeedsResidualsFirst"/>), the passes with <see cref="PointWeights"/>, <see cref="Update"/>, <see cref="Combine"/>, the optimizer, <see cref="AfterStep"/>.
/// </summary>
public interface IBalancer : IStateful
{
    /// <summary>One weight per term, as used by <see cref="Combine"/> in the current step.</summary>
    ReadOnlySpan<double> TermWeights { get; }

    /// <summary>Weights of the points of a term that multiply r², or empty for ones.</summary>
    ReadOnlySpan<double> PointWeights(int term) => [];

    /// <summary>Whether weights of this step depend on this step's residuals; what their forward pass computed serves the rest of the step.</summary>
    bool NeedsResidualsFirst => false;

    /// <summary>
    /// Whether this step needs the gradient of every term: a method that reads them, combines them in a way of its own, or changes the ratios of its term
    /// weights between the passes and <see cref="Combine"/>. Where it does not, terms that share points share one reverse pass, by the term weights as they are
    /// before the passes; <see cref="StepObservation.Gradients"/> is then empty, <see cref="StepObservation.Direction"/> is given, <see cref="Combine"/> is not called, and
    /// <see cref="Update"/> may multiply all term weights by one factor, which the direction follows.
    /// </summary>
    bool NeedsTermGradients(int step) => true;

    /// <summary>Sees losses and residuals at the current θ before the passes that use the weights.</summary>
    void ObserveResiduals(in StepObservation observation)
    {
    }

    /// <summary>Sets the weights of the current step from what was evaluated at the current θ.</summary>
    void Update(in StepObservation observation);

    /// <summary>The direction that the optimizer takes as gradient. By default Σ λ_k g_k.</summary>
    void Combine(in StepObservation observation, Span<double> gradient) => Flat.WeightedSum(TermWeights, observation.Gradients, gradient);

    /// <summary>Sees the same observation after the optimizer has moved θ.</summary>
    void AfterStep(in StepObservation observation)
    {
    }

    /// <summary>The sampler has drawn new points for a term (n may have changed); the probe already tells the new coordinates. Not called for the first points.</summary>
    void PointsChanged(int term, int points)
    {
    }
}
