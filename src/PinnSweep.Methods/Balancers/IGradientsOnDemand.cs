namespace PinnSweep.Methods.Balancers;

/// <summary>
/// A balancer that can do without the gradients of single terms: in such a step it reads none, and leaves the ratios of its term weights as
/// they are before the passes. Terms that share points then share one reverse pass; <see cref="StepObservation.Gradients"/> is empty,
/// <see cref="StepObservation.Direction"/> is given, and the direction follows the factor that <see cref="IBalancer.Update"/> returns. Any
/// other balancer gets the gradient of every term in every step.
/// </summary>
internal interface IGradientsOnDemand
{
    /// <summary>Whether a step needs the gradient of every term nevertheless.</summary>
    bool NeedsTermGradients(int step);
}
