using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// ResNorm (physicsnemo-sym): GradNorm with losses in place of gradient norms. Weights w = K softmax are trained by an Adam of their own on
/// Σ_k |w_k L_k − L̄ r_k^α|, L̄ the mean of the unweighted losses, r_k the relative training rate since the first step.
/// </summary>
/// <remarks>Deviation: there the weights are trained by the main optimizer, whose schedule they share; here the rate is constant.</remarks>
internal sealed class ResNorm : IBalancer
{
    private readonly TrainedTermWeights _weights;
    private readonly EventCounts _events;
    private readonly double[] _first;
    private bool _started;

    private ResNorm(BalancerContext context, Level level)
    {
        _weights = new(context, level, WeightForm.SoftmaxToTerms);
        _events = context.Events;
        _first = new double[context.Terms.Length];
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "resnorm",
            "weights trained so that weighted losses follow the terms' training rates",
            "physicsnemo-sym (loss/aggregator), after Chen, Badrinarayanan, Lee, Rabinovich, arXiv 1711.02257",
            [TrainedTermWeights.AlphaOf(1, "physicsnemo-sym: 1"), TrainedTermWeights.LearningRateOf("physicsnemo-sym")]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new ResNorm(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        if (!Observed.LossesAreFinite(observation, _events))
        {
            return;
        }

        if (!_started)
        {
            observation.Losses.CopyTo(_first);
            _started = true;
        }

        var average = TensorPrimitives.Sum(observation.Losses) / _first.Length;
        _weights.Step(observation.Losses, observation.Losses, _first, average);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Flag("resnorm.started", ref _started);
        archive.Vector("resnorm.first", _first);
        _weights.State(archive);
    }
}
