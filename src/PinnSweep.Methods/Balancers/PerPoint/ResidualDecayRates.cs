using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerPoint;

/// <summary>
/// Balanced residual decay rates, BRDR (Chen, Howard, Stinis, arXiv 2407.01613, eqs. 9–20), over the points of all terms together. In step
/// n, before the loss: E ← β_c E + (1 − β_c) r⁴, irdr = r² / (√(E / (1 − β_cⁿ)) + 1e-14), w ← β_w w + (1 − β_w) irdr / mean(irdr), so that
/// mean w = 1. L = s Σ_k α_k mean(w r²); the factor s ← (1 − lr) s + 2 s L / ‖∇L‖² moves towards the largest step that descends, and the
/// gradient takes the new s.
/// </summary>
/// <remarks>
/// With ∇L taken at the old s, 2 s L / ‖∇L‖² = 2 L′/‖g‖² where L′ and g are without s: the losses' common factor changes s, which Adam
/// hardly sees. With <c>adaptive_scale: false</c> s stays 1. Deviations: points not seen for some steps do not occur here (β^Δn of the
/// authors' mini-batches); points that a sampler adds to a term that carries its weights over begin with the term's mean E and with w = 1.
/// </remarks>
internal sealed class ResidualDecayRates : IBalancer, IResidualObserver, IPointWeigher, IGradientsOnDemand
{
    private const double Epsilon = 1e-14;

    private static readonly Parameter<ImmutableSortedDictionary<string, double>> Factors = MethodParameters.PerTerm(
        "factors", "constant factors α of terms, 1 where not listed (arXiv 2407.01613: 1)");
    private static readonly Parameter<double> BetaC = MethodParameters.Number(
        "beta_c", 0.999, 0, 0.9999999, "decay of the mean fourth power (arXiv 2407.01613: 0.999; DeepONets 0.9999)");
    private static readonly Parameter<double> BetaW = MethodParameters.Number(
        "beta_w", 0.999, 0, 0.9999999, "decay of the weights (arXiv 2407.01613: 0.999)");
    private static readonly Parameter<bool> AdaptiveScale = MethodParameters.Flag(
        "adaptive_scale", true, "whether the common factor s adapts (arXiv 2407.01613: true)");

    private readonly TermWeightVector _termWeights;
    private readonly double[] _alpha;
    private readonly double[][] _energy;
    private readonly double[][] _weights;
    [Scratch] private readonly double[][] _rates;
    private readonly long[] _age;
    private readonly PointSplit _split;
    private readonly PointResampling _resampling;
    private readonly EventCounts _events;
    private readonly double _keepEnergy;
    private readonly double _keepWeight;
    private readonly bool _adaptiveScale;
    private double _scale = 1;

    internal ResidualDecayRates(BalancerContext context, Level level, IEnumerable<double> alpha)
    {
        _alpha = [.. alpha];
        _termWeights = new(_alpha.Length, 1, context.Events);
        _termWeights.Set(_alpha);
        _energy = [.. context.Terms.Select(term => new double[term.Points])];
        _weights = [.. context.Terms.Select(term => Enumerable.Repeat(1.0, term.Points).ToArray())];
        _rates = [.. context.Terms.Select(term => new double[term.Points])];
        _age = new long[_alpha.Length];
        _split = new(context);
        _resampling = new(context, level);
        _events = context.Events;
        _keepEnergy = BetaC.Of(level);
        _keepWeight = BetaW.Of(level);
        _adaptiveScale = AdaptiveScale.Of(level);
        NeedsResidualsFirst = ResidualTiming.IsCurrent(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "brdr",
            "points whose residuals decay slowly gain weight",
            "Chen, Howard, Stinis, J. Comput. Phys. 542 (2025) 114226, doi 10.1016/j.jcp.2025.114226, arXiv 2407.01613",
            [.. Parameters, Factors]),
        Granularity.Point,
        ScaleBehaviour.Dependent,
        (context, level) => new ResidualDecayRates(context, level, context.Terms.Select(term => Factors.Of(level).GetValueOrDefault(term.Name, 1))))
    {
        KeyedByTerm = [Factors],
        WhyPointsMustStay = PointResampling.WhyPointsMustStay,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _termWeights.Values;

    /// <inheritdoc/>
    public bool NeedsResidualsFirst { get; }

    internal static Parameter[] Parameters =>
    [BetaC, BetaW, AdaptiveScale, ResidualTiming.Parameter, PointResampling.Parameter];

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _weights[term];

    /// <inheritdoc/>
    public void ObserveResiduals(in StepObservation observation) => Reweigh(observation);

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => false;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_adaptiveScale)
        {
            return 1;
        }

        var loss = TensorPrimitives.Dot(_alpha, observation.WeightedLosses);
        var square = TensorPrimitives.SumOfSquares(observation.Direction) / (_scale * _scale);
        var scale = ((1 - observation.LearningRate) * _scale) + (2 * loss / square);
        if (!double.IsFinite(scale) || scale <= 0)
        {
            _events.Count(BalancerEvents.NonFiniteWeight);
            return 1;
        }

        // The factor is that of the weights as they are rounded, taken where their rounding is the smallest.
        var largest = TensorPrimitives.IndexOfMaxMagnitude(_termWeights.Values);
        var before = _termWeights[largest];
        for (var k = 0; k < _alpha.Length; k++)
        {
            _termWeights.Set(k, scale * _alpha[k]);
        }

        _scale = scale;
        return before == 0 ? 1 : _termWeights[largest] / before;
    }

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        if (!NeedsResidualsFirst)
        {
            Reweigh(observation);
        }
    }

    /// <inheritdoc/>
    public void PointsChanged(int term, int points)
    {
        var sources = _resampling.Sources(term, _split.Points(term), points);
        _split.Change(term, points);
        var mean = _energy[term].Length > 0 ? TensorPrimitives.Average<double>(_energy[term]) : 0;
        _energy[term] = Flat.Rearranged(_energy[term], sources);
        _weights[term] = Flat.Rearranged(_weights[term], sources);
        _rates[term] = new double[points];
        if (Array.TrueForAll(sources, source => source < 0))
        {
            _age[term] = 0;
            mean = 0;
        }

        for (var i = 0; i < points; i++)
        {
            if (sources[i] < 0)
            {
                (_energy[term][i], _weights[term][i]) = (mean, 1);
            }
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Number("brdr.scale", ref _scale);
        _termWeights.State(archive);
        _split.State(archive);
        _resampling.State(archive);
        for (var k = 0; k < _alpha.Length; k++)
        {
            archive.Count("brdr.age", ref _age[k]);
            archive.Vector("brdr.energy", ref _energy[k]);
            archive.Vector("brdr.weights", ref _weights[k]);
            if (archive.IsLoading)
            {
                _rates[k] = new double[_weights[k].Length];
            }
        }
    }

    private void Reweigh(in StepObservation observation)
    {
        for (var k = 0; k < _rates.Length; k++)
        {
            TensorPrimitives.Multiply(_split.Of(observation.Residuals, k), _split.Of(observation.Residuals, k), _rates[k]);
            if (!Observed.ResidualsAreFinite(_rates[k], _events))
            {
                return;
            }
        }

        var sum = 0.0;
        var count = 0;
        for (var k = 0; k < _rates.Length; k++)
        {
            DecayRates(k);
            sum += TensorPrimitives.Sum<double>(_rates[k]);
            count += _rates[k].Length;
        }

        if (sum <= 0)
        {
            return;
        }

        for (var k = 0; k < _rates.Length; k++)
        {
            TensorPrimitives.Multiply(_weights[k], _keepWeight, _weights[k]);
            TensorPrimitives.MultiplyAdd(_rates[k], (1 - _keepWeight) * count / sum, _weights[k], _weights[k]);
        }
    }

    /// <summary>Squares of residuals become inverse residual decay rates, in place.</summary>
    private void DecayRates(int term)
    {
        var (squares, energy) = (_rates[term], _energy[term]);
        var correction = 1 / (1 - Math.Pow(_keepEnergy, ++_age[term]));
        for (var i = 0; i < squares.Length; i++)
        {
            energy[i] = (_keepEnergy * energy[i]) + ((1 - _keepEnergy) * squares[i] * squares[i]);
            squares[i] /= Math.Sqrt(energy[i] * correction) + Epsilon;
        }
    }
}
