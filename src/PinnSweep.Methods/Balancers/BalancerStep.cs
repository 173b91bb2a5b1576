using System.Numerics.Tensors;

namespace PinnSweep.Methods.Balancers;

/// <summary>The part of a step that is the same for every balancer that asks for no term's own gradient.</summary>
public static class BalancerStep
{
    /// <summary>
    /// Shows the observation with the direction, and multiplies the direction by the factor that the balancer has multiplied its term
    /// weights by.
    /// </summary>
    /// <param name="balancer">Needs no term's gradient in this step.</param>
    /// <param name="observation">Without gradients.</param>
    /// <param name="direction">The gradient of Σ λ_k · weighted loss k at the term weights as they are.</param>
    public static void Update(IBalancer balancer, in StepObservation observation, Span<double> direction)
    {
        var factor = balancer.Update(observation with { Direction = direction });
        if (factor != 1)
        {
            TensorPrimitives.Multiply(direction, factor, direction);
        }
    }
}
