namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer that makes the direction of a step in a way of its own; that of any other is Σ λ_k g_k.</summary>
internal interface IGradientCombiner
{
    /// <summary>The direction that the optimizer takes as gradient. Called only in steps with the gradients of terms.</summary>
    void Combine(in StepObservation observation, Span<double> gradient);
}
