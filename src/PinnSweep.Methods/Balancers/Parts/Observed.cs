using System.Numerics.Tensors;
using PinnSweep.Methods.Events;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>Checks of what a balancer is shown.</summary>
internal static class Observed
{
    /// <summary>Whether every loss is finite; counts the step where not.</summary>
    public static bool LossesAreFinite(in StepObservation observation, EventCounts events) =>
        Check(AllFinite(observation.Losses), events, BalancerEvents.NonFiniteLoss);

    /// <summary>Whether a statistic of gradients is finite, which it is not when one of them was not; counts where not.</summary>
    public static bool GradientIsFinite(double statistic, EventCounts events) =>
        Check(double.IsFinite(statistic), events, BalancerEvents.NonFiniteGradient);

    /// <summary>Whether the squares of all residuals of a term are finite; counts where not.</summary>
    public static bool ResidualsAreFinite(ReadOnlySpan<double> residuals, EventCounts events) =>
        Check(double.IsFinite(TensorPrimitives.SumOfSquares(residuals)), events, BalancerEvents.NonFiniteResidual);

    public static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Check(bool good, EventCounts events, string name)
    {
        if (!good)
        {
            events.Count(name);
        }

        return good;
    }
}
