using PinnSweep.Methods.Optimizers;

namespace PinnSweep.Pinns.Tests.Optimizers;

/// <summary>Steps of optimizers that ask their objective nothing.</summary>
internal static class OptimizerSteps
{
    public static void Step(this IOptimizer optimizer, Span<double> theta, ReadOnlySpan<double> gradient, double loss) =>
        optimizer.Step(theta, gradient, loss, NoObjective.Instance);
}
