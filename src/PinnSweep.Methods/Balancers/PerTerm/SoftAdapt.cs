using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// SoftAdapt (Heydari, Thompson, Mehmood, arXiv 1912.12355): weights from the slopes s_k of the losses over a short window.
/// <c>original</c>: softmax(β s). <c>normalized</c>: softmax(β s_k / Σ_j s_j). <c>loss-weighted</c>: proportional to (mean loss of the
/// window) · e^{β s_k}.
/// </summary>
/// <remarks>
/// As in the authors' code the slope is a forward difference at the oldest point of the window (order 1 to 5), the sum in <c>normalized</c>
/// is signed (a negative sum turns the order of the terms round), and weights sum to 1, which divides the learning rate by about K under
/// plain gradient descent; <c>sum: terms</c> lets them sum to K. <c>keep_old</c> averages over steps: with <c>sum: terms</c> and accuracy 1
/// that is K softmax(β ΔL) of the program of arXiv 2110.09813 (rbischof/relative_balancing). Until the window is full the weights are 1.
/// The forms <c>original</c> and <c>loss-weighted</c> depend on a common factor of the losses.
/// </remarks>
internal sealed class SoftAdapt : IBalancer
{
    private const double Epsilon = 1e-8;

    private static readonly Parameter<Weighting> Form = MethodParameters.Choice(
        "form",
        "original, normalized (signed sum of slopes) or loss-weighted",
        Weighting.Original, Weighting.Normalized, Weighting.LossWeighted);
    private static readonly Parameter<double> Beta = MethodParameters.Number(
        "beta", 0.1, -1e6, 1e6, "sharpness; positive favours the terms that fall least (arXiv 1912.12355: 0.1)");
    private static readonly Parameter<int> Accuracy = MethodParameters.Count(
        "accuracy", 1, "order of the forward difference; the window has one loss more (authors' code: 1, 3 or 5)", 1, 5);
    private static readonly Parameter<int> Interval = MethodParameters.Interval(1, "arXiv 1912.12355: every step");
    private static readonly Parameter<WeightSum> Sum = MethodParameters.Choice(
        "sum", "what the weights sum to: one (authors' code) or terms", WeightSum.One, WeightSum.Terms);
    private static readonly Parameter<double> KeepOld = MethodParameters.KeepOld(
        0, "authors' code: 0; rbischof/relative_balancing: 0.999") with { Absent = new SpecValue.Number(0) };

    private static readonly double[][] ForwardDifferences =
    [
        [-1, 1],
        [-3.0 / 2, 2, -1.0 / 2],
        [-11.0 / 6, 3, -3.0 / 2, 1.0 / 3],
        [-25.0 / 12, 4, -3, 4.0 / 3, -1.0 / 4],
        [-137.0 / 60, 5, -5, 10.0 / 3, -5.0 / 4, 1.0 / 5],
    ];

    private readonly TermWeightVector _weights;
    private readonly double[] _stencil;
    private readonly double[] _history;
    [Scratch] private readonly double[] _slopes;
    private readonly EventCounts _events;
    private readonly Weighting _form;
    private readonly double _beta;
    private readonly int _interval;
    private readonly double _total;
    private readonly double _keepOld;
    private long _seen;

    private SoftAdapt(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1, context.Events);
        _stencil = ForwardDifferences[Accuracy.Of(level) - 1];
        _history = new double[_stencil.Length * terms];
        _slopes = new double[terms];
        _events = context.Events;
        _form = Form.Of(level);
        _beta = Beta.Of(level);
        _interval = Interval.Of(level);
        _total = Sum.Of(level) == WeightSum.One ? 1 : terms;
        _keepOld = KeepOld.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "softadapt",
            "softmax of the losses' recent slopes",
            "Heydari, Thompson, Mehmood, arXiv 1912.12355",
            [Form, Beta, Accuracy, Interval, Sum, KeepOld]),
        Granularity.Term,
        ScaleBehaviour.Dependent,
        (context, level) => new SoftAdapt(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!Observed.LossesAreFinite(observation, _events))
        {
            return 1;
        }

        var terms = _slopes.Length;
        _history.AsSpan(terms).CopyTo(_history);
        observation.Losses.CopyTo(_history.AsSpan(_history.Length - terms));
        _seen++;
        if (_seen < _stencil.Length || observation.Step % _interval != 0)
        {
            return 1;
        }

        Flat.WeightedSum(_stencil, _history, _slopes);
        if (_form == Weighting.Normalized)
        {
            TensorPrimitives.Divide(_slopes, TensorPrimitives.Sum<double>(_slopes) + Epsilon, _slopes);
        }

        TensorPrimitives.Multiply(_slopes, _beta, _slopes);
        Softmax.InPlace(_slopes, _total);
        if (_form == Weighting.LossWeighted)
        {
            WeighByLoss();
        }

        if (_keepOld > 0)
        {
            for (var k = 0; k < terms; k++)
            {
                _weights.Average(k, _slopes[k], _keepOld);
            }
        }
        else
        {
            _weights.Set(_slopes);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Vector("softadapt.history", _history);
        archive.Count("softadapt.seen", ref _seen);
    }

    private void WeighByLoss()
    {
        for (var k = 0; k < _slopes.Length; k++)
        {
            var mean = 0.0;
            for (var i = k; i < _history.Length; i += _slopes.Length)
            {
                mean += _history[i] / _stencil.Length;
            }

            _slopes[k] *= mean;
        }

        TensorPrimitives.Multiply(_slopes, _total / TensorPrimitives.Sum<double>(_slopes), _slopes);
    }

    private enum Weighting
    {
        Original,
        Normalized,
        LossWeighted,
    }
}
