using PinnSweep.Numerics.Arrays;

namespace PinnSweep.Methods.Balancers;

/// <summary>
/// What a training asks of every balancer: the answers of the interfaces that it implements, and what holds where it implements none.
/// </summary>
public static class BalancerRoles
{
    extension(IBalancer balancer)
    {
        /// <summary>Whether residuals must be seen before the passes.</summary>
        public bool NeedsResidualsFirst => balancer is IResidualObserver { NeedsResidualsFirst: true };

        /// <summary><see cref="IResidualObserver.ObserveResiduals"/>.</summary>
        public void ObserveResiduals(in StepObservation observation) => (balancer as IResidualObserver)?.ObserveResiduals(observation);

        /// <summary><see cref="IPointWeigher.PointWeights"/>, empty for ones.</summary>
        public ReadOnlySpan<double> PointWeights(int term) => balancer is IPointWeigher weigher ? weigher.PointWeights(term) : [];

        /// <summary><see cref="IPointWeigher.PointsChanged"/>.</summary>
        public void PointsChanged(int term, int points) => (balancer as IPointWeigher)?.PointsChanged(term, points);

        /// <summary><see cref="IGradientsOnDemand.NeedsTermGradients"/>, true where gradients are not on demand.</summary>
        public bool NeedsTermGradients(int step) => balancer is not IGradientsOnDemand gradients || gradients.NeedsTermGradients(step);

        /// <summary><see cref="IGradientCombiner.Combine"/>, else Σ λ_k g_k.</summary>
        public void Combine(in StepObservation observation, Span<double> gradient)
        {
            if (balancer is IGradientCombiner combiner)
            {
                combiner.Combine(observation, gradient);
            }
            else
            {
                Flat.WeightedSum(balancer.TermWeights, observation.Gradients, gradient);
            }
        }
    }
}
