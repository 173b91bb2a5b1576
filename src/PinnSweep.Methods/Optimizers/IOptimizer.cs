using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Optimizers;

/// <summary>What moves the flat vector θ, once a step.</summary>
public interface IOptimizer : IStateful
{
    /// <summary>The rate at which balancers train weights of their own where the optimizer has none (Adam's default).</summary>
    const double UsualLearningRate = 1e-3;

    /// <summary>
    /// The learning rate that <see cref="Step"/> will use next; <see cref="UsualLearningRate"/> where the step finds its length itself.
    /// </summary>
    double LearningRate { get; }

    /// <summary>The learning rate without schedules.</summary>
    double BaseLearningRate { get; }

    /// <summary>
    /// Whether a <see cref="Step"/> from the same loss and gradient as the last moves nothing: a tolerance was met, or nothing descends.
    /// </summary>
    bool IsAtRest => false;

    /// <summary>Moves θ against the gradient.</summary>
    /// <param name="theta">θ, changed in place.</param>
    /// <param name="gradient">The direction that the balancer made.</param>
    /// <param name="loss">The weighted total loss at θ.</param>
    /// <param name="objective">The same loss at any other θ, for whoever needs it.</param>
    void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective);
}
