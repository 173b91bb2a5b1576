using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Balancers;

/// <summary>
/// A method that weighs the loss terms. What only some do has an interface of its own, which a balancer implements beside this one:
/// <see cref="IResidualObserver"/>, <see cref="IPointWeigher"/>, <see cref="IGradientsOnDemand"/>, <see cref="IGradientCombiner"/>. In each
/// step the training loop calls: <see cref="IResidualObserver.ObserveResiduals"/>, the passes with
/// <see cref="IPointWeigher.PointWeights"/>, <see cref="Update"/>, <see cref="IGradientCombiner.Combine"/>, the optimizer,
/// <see cref="AfterStep"/>.
/// </summary>
public interface IBalancer : IStateful
{
    /// <summary>One weight per term, as the direction of the current step takes it.</summary>
    ReadOnlySpan<double> TermWeights { get; }

    /// <summary>Whether the weights are the same in every step, and nothing is kept of what is observed.</summary>
    bool IsConstant => false;

    /// <summary>
    /// Sets the weights of the current step from what was evaluated at the current θ. A balancer whose weights change only after a step, or
    /// never, has none.
    /// </summary>
    /// <returns>
    /// The factor by which it has multiplied all term weights in a step without gradients of terms (<see cref="IGradientsOnDemand"/>),
    /// which the direction follows; 1 in every other step, where the direction is made with the weights as they are now.
    /// </returns>
    double Update(in StepObservation observation) => 1;

    /// <summary>Sees the same observation after the optimizer has moved θ.</summary>
    void AfterStep(in StepObservation observation)
    {
    }
}
