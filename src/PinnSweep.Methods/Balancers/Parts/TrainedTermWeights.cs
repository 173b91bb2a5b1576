using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>How trained weights are kept on their scale.</summary>
internal enum WeightForm
{
    /// <summary>The weights are trained as they are, held non-negative and rescaled after each step to sum to K.</summary>
    Renormalized,

    /// <summary>K · softmax of the trained values.</summary>
    SoftmaxToTerms,

    /// <summary>softmax of the trained values, summing to 1.</summary>
    SoftmaxToOne,
}

/// <summary>
/// Weights trained by an Adam of their own on Σ_k |w_k n_k − target_k| with constant targets: what GradNorm does with norms of gradients
/// and ResNorm with losses. target_k = average · r_k^α, r_k = (L_k / L_k,ref) / mean_j (L_j / L_j,ref): terms that train slower than the
/// others are to have larger norms.
/// </summary>
internal sealed class TrainedTermWeights
{
    private static readonly Parameter<double> Alpha = MethodParameters.Number("alpha", 1, 0, 100, "");
    private static readonly Parameter<double?> LearningRate = MethodParameters.OptionalNumber("lr", 0, double.MaxValue, "");

    private readonly double[] _raw;
    private readonly double[] _weights;
    [Scratch] private readonly double[] _rates;
    [Scratch] private readonly double[] _gradient;
    private readonly AdamMoments _adam;
    private readonly WeightForm _form;
    private readonly double _alpha;
    private readonly double _learningRate;
    private readonly EventCounts _events;

    public TrainedTermWeights(BalancerContext context, Level level, WeightForm form)
    {
        var terms = context.Terms.Length;
        _raw = new double[terms];
        _weights = new double[terms];
        _rates = new double[terms];
        _gradient = new double[terms];
        _adam = new(terms, 0.9, 0.999, 1e-8);
        _form = form;
        _alpha = Alpha.Of(level);
        _learningRate = LearningRate.Of(level) ?? context.LearningRate;
        _events = context.Events;
        Array.Fill(_raw, 1);
        SetWeights();
    }

    public ReadOnlySpan<double> Values => _weights;

    /// <summary>The parameter α.</summary>
    public static Parameter AlphaOf(double standard, string source) => Alpha with
    {
        Default = new SpecValue.Number(standard),
        Summary = $"strength of the pull to equal training rates ({source})",
    };

    /// <summary>The parameter of the Adam's learning rate.</summary>
    public static Parameter LearningRateOf(string source) => LearningRate with
    {
        Summary = $"learning rate of the weights' Adam; null is the network's base rate ({source})",
    };

    /// <summary>One step of the weights.</summary>
    /// <param name="norms">n_k, without weights.</param>
    /// <param name="losses">L_k now.</param>
    /// <param name="reference">L_k that progress is measured from; zero entries count as no progress.</param>
    /// <param name="average">The common size that weighted norms are drawn to, before the rates.</param>
    public void Step(ReadOnlySpan<double> norms, ReadOnlySpan<double> losses, ReadOnlySpan<double> reference, double average)
    {
        var meanRate = 0.0;
        for (var k = 0; k < _rates.Length; k++)
        {
            _rates[k] = reference[k] > 0 ? losses[k] / reference[k] : 1;
            meanRate += _rates[k] / _rates.Length;
        }

        if (!double.IsFinite(meanRate) || !double.IsFinite(average))
        {
            _events.Count(BalancerEvents.NonFiniteLoss);
            return;
        }

        for (var k = 0; k < _rates.Length; k++)
        {
            var rate = meanRate > 0 ? _rates[k] / meanRate : 1;
            _gradient[k] = Math.Sign((_weights[k] * norms[k]) - (average * Math.Pow(rate, _alpha))) * norms[k];
        }

        if (_form != WeightForm.Renormalized)
        {
            ThroughSoftmax();
        }

        if (!double.IsFinite(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(_gradient)))
        {
            _events.Count(BalancerEvents.NonFiniteGradient);
            return;
        }

        _adam.Step(_raw, _gradient, _learningRate);
        SetWeights();
    }

    public void State(StateArchive archive)
    {
        archive.Vector("trained.raw", _raw);
        archive.Vector("trained.weights", _weights);
        _adam.State(archive);
    }

    /// <summary>The chain rule of w_k = c softmax_k: ∂/∂raw_j = w_j (g_j − Σ_k g_k w_k / c).</summary>
    private void ThroughSoftmax()
    {
        var total = _form == WeightForm.SoftmaxToOne ? 1 : _raw.Length;
        var mean = 0.0;
        for (var k = 0; k < _gradient.Length; k++)
        {
            mean += _gradient[k] * _weights[k] / total;
        }

        for (var k = 0; k < _gradient.Length; k++)
        {
            _gradient[k] = _weights[k] * (_gradient[k] - mean);
        }
    }

    private void SetWeights()
    {
        _raw.CopyTo(_weights, 0);
        if (_form != WeightForm.Renormalized)
        {
            Softmax.InPlace(_weights, _form == WeightForm.SoftmaxToOne ? 1 : _raw.Length);
            return;
        }

        var sum = 0.0;
        foreach (ref var weight in _raw.AsSpan())
        {
            if (weight < 0)
            {
                weight = 0;
                _events.Count(BalancerEvents.Clamped);
            }

            sum += weight;
        }

        if (sum > 0)
        {
            for (var k = 0; k < _raw.Length; k++)
            {
                _raw[k] *= _raw.Length / sum;
            }
        }
        else
        {
            Array.Fill(_raw, 1);
        }

        _raw.CopyTo(_weights, 0);
    }
}
