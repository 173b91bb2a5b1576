namespace PinnSweep.Methods.Networks;

/// <summary>A term of the loss that depends on θ alone: no residual and no points, so no balancer weighs it.</summary>
public interface IParameterPenalty
{
    /// <summary>The value at θ.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="gradient">The gradient is added to it; empty where it is not wanted.</param>
    double Add(ReadOnlySpan<double> theta, Span<double> gradient);
}
