using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Geometric loss strategy (Chennupati, Sistu, Yogamani, Rawashdeh, arXiv 1904.08325): L = (Π_k L_k)^{1/K}. Its gradient is Σ_k w_k g_k
/// with w_k = L / (K L_k), recomputed in every step; equal relative decreases of all terms count the same.
/// </summary>
/// <remarks>A term without loss leaves all weights as they are: the geometric mean has no gradient there.</remarks>
internal sealed class GeometricLoss : IBalancer
{
    [Scratch] private readonly double[] _instant;
    private readonly TermWeightVector _weights;
    private readonly EventCounts _events;

    private GeometricLoss(BalancerContext context)
    {
        _instant = new double[context.Terms.Length];
        _weights = new(_instant.Length, 1.0 / _instant.Length, context.Events);
        _events = context.Events;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "geometric-loss",
            "the geometric mean of the losses",
            "Chennupati, Sistu, Yogamani, Rawashdeh, CVPR Workshops 2019, arXiv 1904.08325",
            []),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, _) => new GeometricLoss(context));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!Observed.LossesAreFinite(observation, _events))
        {
            return 1;
        }

        var logarithm = 0.0;
        foreach (var loss in observation.Losses)
        {
            logarithm += Math.Log(loss) / _instant.Length;
        }

        for (var k = 0; k < _instant.Length; k++)
        {
            _instant[k] = Math.Exp(logarithm - Math.Log(observation.Losses[k])) / _instant.Length;
        }

        _weights.Set(_instant);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);
}
