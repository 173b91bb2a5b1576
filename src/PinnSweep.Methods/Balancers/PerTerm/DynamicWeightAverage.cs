using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Dynamic weight average (Liu, Johns, Davison, arXiv 1803.10704, eq. 7): w_k(t) = K softmax_k(r_k / T), r_k = L_k(t − 1) / L_k(t − 2);
/// weights are 1 in the first two steps.
/// </summary>
/// <remarks>The paper averages losses over an epoch; here an epoch is a step. A zero loss two steps back counts as r = 1.</remarks>
internal sealed class DynamicWeightAverage : IBalancer
{
    private static readonly Parameter<double> Temperature = MethodParameters.Positive(
        "temperature", 2, "flatter weights where larger (arXiv 1803.10704: 2)");

    private readonly double[] _weights;
    private readonly double[] _last;
    private readonly double[] _beforeLast;
    private readonly EventCounts _events;
    private readonly double _temperature;
    private long _seen;

    private DynamicWeightAverage(BalancerContext context, Level level)
    {
        _weights = [.. context.Terms.Select(_ => 1.0)];
        _last = new double[_weights.Length];
        _beforeLast = new double[_weights.Length];
        _events = context.Events;
        _temperature = Temperature.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "dwa",
            "softmax of the losses' last ratios",
            "Liu, Johns, Davison, CVPR 2019, arXiv 1803.10704",
            [Temperature]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new DynamicWeightAverage(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!Observed.LossesAreFinite(observation, _events))
        {
            return 1;
        }

        if (_seen >= 2)
        {
            for (var k = 0; k < _weights.Length; k++)
            {
                _weights[k] = (_beforeLast[k] > 0 ? _last[k] / _beforeLast[k] : 1) / _temperature;
            }

            Softmax.InPlace(_weights, _weights.Length);
        }

        _last.CopyTo(_beforeLast, 0);
        observation.Losses.CopyTo(_last);
        _seen++;
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("dwa.weights", _weights);
        archive.Vector("dwa.last", _last);
        archive.Vector("dwa.before-last", _beforeLast);
        archive.Count("dwa.seen", ref _seen);
    }
}
