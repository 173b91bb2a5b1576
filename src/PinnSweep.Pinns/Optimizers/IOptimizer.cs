namespace PinnSweep.Pinns;

/// <summary>A first-order optimizer on the flat vector θ.</summary>
public interface IOptimizer : IStateful
{
    /// <summary>The learning rate that <see cref="Step"/> will use next.</summary>
    double LearningRate { get; }

    /// <summary>Moves θ against the gradient.</summary>
    /// <param name="theta">θ, changed in place.</param>
    /// <param name="gradient">The direction that the balancer made.</param>
    /// <param name="loss">The weighted total loss at θ (schedules that watch progress read it).</param>
    void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss);
}
