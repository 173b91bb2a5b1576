using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// M-ConFIG (Liu, Chu, Thuerey, arXiv 2408.11104, algorithm 1): one term's gradient a step, in turn. Its first moment m_k ← β₁ m_k + (1 −
/// β₁) g_k; ConFIG of the bias-corrected moments gives m̂; the gradient that would have made it, g_c = (m̂ (1 − β₁ᵗ) − β₁ m_c) / (1 − β₁),
/// m_c ← m̂ (1 − β₁ᵗ), feeds the second moment s ← β₂ s + (1 − β₂) g_c². Direction: m̂ / (√(s / (1 − β₂ᵗ)) + ε), zero until every term was
/// visited.
/// </summary>
/// <remarks>
/// It is an optimizer in itself: the outer one must be <c>sgd</c>, whose learning rate is M-ConFIG's. t counts the steps since every term
/// was visited. The engine has all gradients at no cost, so visiting one term a step saves nothing here; it is kept because it is the
/// method.
/// </remarks>
internal sealed class MomentumConflictFreeGradient : IBalancer, IGradientCombiner
{
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.9, 0, 0.999999, "decay of the terms' first moments (arXiv 2408.11104: 0.9)");
    private static readonly Parameter<double> Beta2 = MethodParameters.Number(
        "beta2", 0.999, 0, 0.9999999, "decay of the second moment (arXiv 2408.11104: 0.999)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Positive(
        "epsilon", 1e-8, "added to the root (arXiv 2408.11104: 1e-8)");

    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly ConflictFreeDirection _direction;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _coefficients;
    private readonly double[] _moments;
    [Scratch] private readonly double[] _corrected;
    private readonly long[] _visits;
    private readonly double[] _joint;
    [Scratch] private readonly double[] _pseudo;
    private readonly double[] _square;
    private readonly double[] _result;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private long _turn;
    private long _steps;

    private MomentumConflictFreeGradient(BalancerContext context, Level level)
    {
        var (terms, parameters) = (context.Terms.Length, context.ParameterCount);
        _weights = new(terms, 1, context.Events);
        _gram = new(terms, context.Events);
        _direction = new(terms, context.Events);
        _events = context.Events;
        _coefficients = new double[terms];
        _moments = new double[terms * parameters];
        _corrected = new double[terms * parameters];
        _visits = new long[terms];
        _joint = new double[parameters];
        _pseudo = new double[parameters];
        _square = new double[parameters];
        _result = new double[parameters];
        _beta1 = Beta1.Of(level);
        _beta2 = Beta2.Of(level);
        _epsilon = Epsilon.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "m-config",
            "config on momenta, one term's gradient a step, with Adam's scaling inside",
            "Liu, Chu, Thuerey, ICLR 2025, arXiv 2408.11104",
            [Beta1, Beta2, Epsilon]),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, level) => new MomentumConflictFreeGradient(context, level))
    {
        WhyNotApplicable = (cell, _) => cell.Optimizer.Kind == "sgd" ? null : "m-config scales its direction itself; use it with the optimizer sgd",
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        var term = (int)(_turn++ % _visits.Length);
        var gradient = observation.Gradient(term);
        if (!Observed.GradientIsFinite(TensorPrimitives.SumOfSquares(gradient), _events))
        {
            return 1;
        }

        var moment = _moments.AsSpan(term * gradient.Length, gradient.Length);
        TensorPrimitives.Multiply(moment, _beta1, moment);
        TensorPrimitives.MultiplyAdd(gradient, 1 - _beta1, moment, moment);
        _visits[term]++;
        if (Array.TrueForAll(_visits, visits => visits > 0))
        {
            Move(gradient.Length);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void Combine(in StepObservation observation, Span<double> gradient) => _result.CopyTo(gradient);

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Vector("m-config.moments", _moments);
        archive.Vector("m-config.joint", _joint);
        archive.Vector("m-config.square", _square);
        archive.Vector("m-config.result", _result);
        archive.Count("m-config.turn", ref _turn);
        archive.Count("m-config.steps", ref _steps);
        foreach (ref var visits in _visits.AsSpan())
        {
            archive.Count("m-config.visits", ref visits);
        }
    }

    private void Move(int length)
    {
        for (var k = 0; k < _visits.Length; k++)
        {
            TensorPrimitives.Divide(_moments.AsSpan(k * length, length), 1 - Math.Pow(_beta1, _visits[k]), _corrected.AsSpan(k * length, length));
        }

        if (!_gram.Take(_corrected))
        {
            return;
        }

        _direction.Coefficients(_gram, _coefficients);
        _weights.Set(_coefficients);
        Flat.WeightedSum(_weights.Values, _corrected, _result);

        _steps++;
        // The joint moment before its bias correction, and the gradient that leads to it from the last one.
        TensorPrimitives.Multiply(_joint, -_beta1, _pseudo);
        TensorPrimitives.Multiply(_result, 1 - Math.Pow(_beta1, _steps), _joint);
        TensorPrimitives.Add(_pseudo, _joint, _pseudo);
        TensorPrimitives.Divide(_pseudo, 1 - _beta1, _pseudo);
        var correction = 1 - Math.Pow(_beta2, _steps);
        for (var i = 0; i < _square.Length; i++)
        {
            _square[i] = (_beta2 * _square[i]) + ((1 - _beta2) * _pseudo[i] * _pseudo[i]);
            _result[i] /= Math.Sqrt(_square[i] / correction) + _epsilon;
        }
    }
}
