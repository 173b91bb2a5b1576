using System.Numerics.Tensors;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Homoscedastic uncertainty (Kendall, Gal, Cipolla, arXiv 1705.07115; for PINNs "lbPINN", Xiang, Peng, Liu, Yao, doi
/// 10.1016/j.neucom.2022.05.015): Σ_k L_k / (2σ_k²) + log σ_k is minimized over θ and σ together. With s = log σ²: weight ½ e^{−s},
/// gradient ½ (1 − e^{−s} L) by s. The network moves with the σ of before; σ has an Adam of its own.
/// </summary>
/// <remarks>
/// <c>log-variance</c> trains s from 0 (physicsnemo-sym, LibMTL), held within ±60; <c>deviation</c> trains σ itself from 2 (lbPINN's code),
/// held above 1e-6. Stationary where σ_k² = L_k: weights follow 1/(2 L_k) without bound as a term converges, so they depend on a common
/// factor of the losses.
/// </remarks>
public sealed class Uncertainty : IBalancer
{
    private const double LargestLogVariance = 60;
    private const double SmallestDeviation = 1e-6;

    private static readonly Parameter<Trained> Variant = MethodParameters.Choice(
        "variant", "what is trained: log-variance or deviation (lbPINN)", Trained.LogVariance, Trained.Deviation);
    private static readonly Parameter<double?> LearningRate = MethodParameters.OptionalNumber(
        "lr", 0, double.MaxValue, "learning rate of σ's Adam; null is the network's base rate (lbPINN's code: 1e-3, the same)");
    private static readonly Parameter<double?> StartValue = MethodParameters.OptionalNumber(
        "init", -50, 50, "initial value; null is 0 for log-variance (physicsnemo-sym), 2 for deviation (lbPINN)");

    private readonly double[] _parameters;
    private readonly double[] _weights;
    [Scratch] private readonly double[] _gradient;
    private readonly AdamMoments _adam;
    private readonly EventCounts _events;
    private readonly bool _logVariance;
    private readonly double _learningRate;

    private Uncertainty(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _logVariance = Variant.Of(level) == Trained.LogVariance;
        _parameters = [.. Enumerable.Repeat(StartValue.Of(level) ?? (_logVariance ? 0 : 2), terms)];
        _weights = new double[terms];
        _gradient = new double[terms];
        _adam = new(terms, 0.9, 0.999, 1e-8);
        _events = context.Events;
        _learningRate = LearningRate.Of(level) ?? context.LearningRate;
        SetWeights();
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "uncertainty",
            "weights 1/(2σ²) with trained σ, after the likelihood of several outputs",
            "Kendall, Gal, Cipolla, CVPR 2018, arXiv 1705.07115; Xiang, Peng, Liu, Yao, Neurocomputing 496 (2022) 11, doi 10.1016/j.neucom.2022.05.015",
            [Variant, LearningRate, StartValue]),
        Granularity.Term,
        ScaleBehaviour.Dependent,
        (context, level) => new Uncertainty(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        for (var k = 0; k < _gradient.Length; k++)
        {
            var p = _parameters[k];
            _gradient[k] = _logVariance
                ? 0.5 * (1 - (Math.Exp(-p) * observation.Losses[k]))
                : (1 / p) - (observation.Losses[k] / (p * p * p));
        }

        if (!double.IsFinite(TensorPrimitives.SumOfSquares<double>(_gradient)))
        {
            _events.Count(BalancerEvents.NonFiniteLoss);
            return;
        }

        _adam.Step(_parameters, _gradient, _learningRate);
        SetWeights();
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("uncertainty.parameters", _parameters);
        _adam.State(archive);
        if (archive.IsLoading)
        {
            SetWeights();
        }
    }

    private void SetWeights()
    {
        for (var k = 0; k < _weights.Length; k++)
        {
            var held = _logVariance ? Math.Clamp(_parameters[k], -LargestLogVariance, LargestLogVariance) : Math.Max(_parameters[k], SmallestDeviation);
            if (held != _parameters[k])
            {
                _parameters[k] = held;
                _events.Count(BalancerEvents.Clamped);
            }

            _weights[k] = _logVariance ? 0.5 * Math.Exp(-held) : 0.5 / (held * held);
        }
    }

    private enum Trained
    {
        LogVariance,
        Deviation,
    }
}
