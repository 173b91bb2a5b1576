using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerPoint;

/// <summary>
/// Self-adaptive weights (McClenny and Braga-Neto, arXiv 2009.04544, eqs. 9–16): min over θ, max over λ of Σ_k (1/n) Σ_i m(λ_ki) r_ki²,
/// with an increasing mask m. λ ascends by an Adam of its own on m′(λ_i) r_i² / n from the same backward pass as the network's step.
/// Granularity <c>term</c>: one λ a term (TensorDiffEq allows it by a one-element tensor), ascending on m′(λ_k) L_k.
/// </summary>
/// <remarks>
/// Masks: <c>power</c> λ^q (q = 2 is the authors' code), <c>sigmoid</c>, <c>linear</c>. Deviations: the paper writes ½ Σ without the mean,
/// which Adam does not see; ε stands as in PyTorch (Keras adds it to the uncorrected root). A step whose residuals are not finite leaves
/// the term's λ unchanged.
/// </remarks>
internal sealed class SelfAdaptive : IBalancer, IPointWeigher, IGradientsOnDemand
{
    private static readonly Parameter<Granularity> Weighed = MethodParameters.Choice(
        "granularity", "one weight a point or a term (arXiv 2009.04544: point)", Granularity.Point, Granularity.Term);
    private static readonly Parameter<MaskForm> Mask = MethodParameters.Choice(
        "mask",
        "m(λ): power (λ to the exponent), sigmoid or linear (authors' code: power with exponent 2)",
        MaskForm.Power, MaskForm.Sigmoid, MaskForm.Linear);
    private static readonly Parameter<double> Exponent = MethodParameters.Positive("exponent", 2, "q of the power mask (authors' code: 2)");
    private static readonly Parameter<double> LearningRate = MethodParameters.Positive(
        "lr", 5e-3, "learning rate of the weights' Adam (authors' Allen–Cahn code: 5e-3)");
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.99, 0, 0.999999, "of the weights' Adam (authors' code: 0.99)");
    private static readonly Parameter<double> Beta2 = MethodParameters.Number(
        "beta2", 0.999, 0, 0.9999999, "of the weights' Adam (Keras default: 0.999)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Positive(
        "epsilon", 1e-7, "of the weights' Adam (Keras default: 1e-7)");
    private static readonly Parameter<First> StartForm = MethodParameters.Choice(
        "init", "uniform on (0, init_value) or constant (arXiv 2009.04544: uniform)", First.Uniform, First.Constant);
    private static readonly Parameter<double> StartValue = MethodParameters.Positive(
        "init_value", 1, "bound of uniform, or the constant (arXiv 2009.04544: 1)");
    private static readonly Parameter<ImmutableSortedDictionary<string, double>> StartValues = MethodParameters.PerTerm(
        "init_values",
        "init_value of single terms (arXiv 2009.04544: 100 for the initial condition of Allen–Cahn)",
        minimum: double.Epsilon);
    private static readonly Parameter<ImmutableSortedDictionary<string, double>> FixedWeights = MethodParameters.PerTerm(
        "fixed", "terms that keep a constant weight instead (arXiv 2009.04544: 1 for the boundary of Allen–Cahn)");

    private readonly double[][] _lambda;
    private readonly double[][] _mask;
    [Scratch] private readonly double[][] _ascent;
    private readonly AdamMoments?[] _adam;
    private readonly double[] _termWeights;
    private readonly int[] _points;
    private readonly double[] _starts;
    private readonly PointResampling _resampling;
    private readonly RandomStream _stream;
    private readonly EventCounts _events;
    private readonly bool _perPoint;
    private readonly bool _uniform;
    private readonly MaskForm _form;
    private readonly double _exponent;
    private readonly double _learningRate;

    private SelfAdaptive(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        var fixedWeights = FixedWeights.Of(level);
        var starts = StartValues.Of(level);
        (_lambda, _mask, _ascent, _adam) = (new double[terms][], new double[terms][], new double[terms][], new AdamMoments?[terms]);
        _points = [.. context.Terms.Select(term => term.Points)];
        _starts = [.. context.Terms.Select(term => starts.GetValueOrDefault(term.Name, StartValue.Of(level)))];
        _termWeights = [.. context.Terms.Select(term => fixedWeights.GetValueOrDefault(term.Name, 1))];
        _resampling = new(context, level);
        (_stream, _events) = (context.Stream, context.Events);
        _perPoint = Weighed.Of(level) == Granularity.Point;
        _uniform = StartForm.Of(level) == First.Uniform;
        _form = Mask.Of(level);
        _exponent = Exponent.Of(level);
        _learningRate = LearningRate.Of(level);
        for (var k = 0; k < terms; k++)
        {
            var count = fixedWeights.ContainsKey(context.Terms[k].Name) ? 0 : _perPoint ? _points[k] : 1;
            (_lambda[k], _mask[k], _ascent[k]) = (new double[count], new double[count], new double[count]);
            _adam[k] = count == 0 ? null : new(count, Beta1.Of(level), Beta2.Of(level), Epsilon.Of(level));
            foreach (ref var lambda in _lambda[k].AsSpan())
            {
                lambda = Start(k);
            }

            SetMask(k);
        }
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "self-adaptive",
            "weights of points (or terms) that ascend the loss while the network descends it",
            "McClenny, Braga-Neto, J. Comput. Phys. 474 (2023) 111722, doi 10.1016/j.jcp.2022.111722, arXiv 2009.04544",
            [
                Weighed,
                Mask,
                Exponent,
                LearningRate,
                Beta1,
                Beta2,
                Epsilon,
                StartForm,
                StartValue,
                StartValues,
                FixedWeights,
                PointResampling.Parameter,
            ]),
        Granularity.Point,
        ScaleBehaviour.Invariant,
        (context, level) => new SelfAdaptive(context, level))
    {
        KeyedByTerm = [StartValues, FixedWeights],
        WeighedBy = Weighed.Of,
        WhyPointsMustStay = level => Weighed.Of(level) == Granularity.Point ? PointResampling.WhyPointsMustStay(level) : null,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _termWeights;

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _perPoint ? _mask[term] : [];

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => false;

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        var begin = 0;
        for (var k = 0; k < _lambda.Length; begin += _points[k++])
        {
            if (_adam[k] is not { } adam)
            {
                continue;
            }

            var ascent = _ascent[k].AsSpan();
            if (_perPoint)
            {
                var residuals = observation.Residuals.Slice(begin, _points[k]);
                TensorPrimitives.Multiply(residuals, residuals, ascent);
                TensorPrimitives.Divide(ascent, _points[k], ascent);
            }
            else
            {
                ascent[0] = observation.Losses[k];
            }

            for (var i = 0; i < ascent.Length; i++)
            {
                ascent[i] *= Slope(_lambda[k][i], _mask[k][i]);
            }

            // The squares must stay finite too: an infinite second moment would hold λ forever.
            if (Observed.ResidualsAreFinite(ascent, _events))
            {
                adam.Step(_lambda[k], ascent, -_learningRate);
                SetMask(k);
            }
        }
    }

    /// <inheritdoc/>
    public void PointsChanged(int term, int points)
    {
        var oldPoints = _points[term];
        _points[term] = points;
        if (!_perPoint || _adam[term] is not { } adam)
        {
            return;
        }

        var sources = _resampling.Sources(term, oldPoints, points);
        _lambda[term] = Flat.Rearranged(_lambda[term], sources);
        for (var i = 0; i < points; i++)
        {
            if (sources[i] < 0)
            {
                _lambda[term][i] = Start(term);
            }
        }

        adam.Rearrange(sources);
        (_mask[term], _ascent[term]) = (new double[points], new double[points]);
        SetMask(term);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Stream("self-adaptive.stream", _stream);
        _resampling.State(archive);
        for (var k = 0; k < _lambda.Length; k++)
        {
            archive.Count("self-adaptive.points", ref _points[k]);
            archive.Vector("self-adaptive.lambda", ref _lambda[k]);
            _adam[k]?.State(archive);
            if (archive.IsLoading)
            {
                (_mask[k], _ascent[k]) = (new double[_lambda[k].Length], new double[_lambda[k].Length]);
                SetMask(k);
            }
        }
    }

    private double Start(int term) => _uniform ? _starts[term] * _stream.NextDouble() : _starts[term];

    private double Slope(double lambda, double mask) => _form switch
    {
        MaskForm.Power => _exponent == 2 ? 2 * lambda : _exponent * Math.Pow(lambda, _exponent - 1),
        MaskForm.Sigmoid => mask * (1 - mask),
        _ => 1,
    };

    private void SetMask(int term)
    {
        var lambda = _lambda[term];
        var mask = _mask[term].AsSpan();
        switch (_form)
        {
            case MaskForm.Power when _exponent == 2:
                TensorPrimitives.Multiply(lambda, lambda, mask);
                break;
            case MaskForm.Power:
                for (var i = 0; i < lambda.Length; i++)
                {
                    mask[i] = Math.Pow(lambda[i], _exponent);
                }

                break;
            case MaskForm.Sigmoid:
                // One at a time: the vectorized function changes its last digit when the runtime recompiles it.
                for (var i = 0; i < lambda.Length; i++)
                {
                    mask[i] = 1 / (1 + Math.Exp(-lambda[i]));
                }

                break;
            default:
                lambda.CopyTo(mask);
                break;
        }

        if (!_perPoint && !mask.IsEmpty)
        {
            _termWeights[term] = mask[0];
        }
    }

    private enum MaskForm
    {
        Power,
        Sigmoid,
        Linear,
    }

    private enum First
    {
        Uniform,
        Constant,
    }
}
