using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// GradNorm (Chen, Badrinarayanan, Lee, Rabinovich, ICML 2018, eqs. 1–2 and algorithm 1): weights trained so that G_k = w_k ‖∇_W L_k‖ on
/// one layer W approach Ḡ r_k^α. L_grad = Σ_k |G_k − Ḡ r_k^α| with constant targets has the exact gradient sign(G_k − target_k) ‖∇_W L_k‖
/// by w_k, so no second differentiation is needed. The network moves with w(t); Adam of the weights then makes w(t + 1), rescaled to Σ w_k
/// = K.
/// </summary>
/// <remarks>
/// Variants: <c>paper</c>; <c>softmax</c> (LibMTL, physicsnemo-sym: w = K softmax, progress from L(0)); <c>softmax-unit</c>
/// (rbischof/relative_balancing: w = softmax, sum 1, progress from L(t − 1), no rates in the first step). Deviation: weights that Adam
/// would carry below 0 are held at 0 and counted.
/// </remarks>
internal sealed class GradNorm : IBalancer
{
    private static readonly Parameter<Form> Variant = MethodParameters.Choice(
        "variant",
        "paper (sum K by rescaling), softmax (K softmax), softmax-unit (sum 1, progress from the last step)",
        Form.Paper, Form.Softmax, Form.SoftmaxUnit);
    private static readonly Parameter<Matrix> Layer = MethodParameters.Choice(
        "layer", "the weight matrix W: last-hidden or output (arXiv 1711.02257: the last shared layer)", Matrix.LastHidden, Matrix.Output);

    private readonly TrainedTermWeights _weights;
    private readonly GradientSelection _layer;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _norms;
    private readonly double[] _reference;
    private readonly bool _fromPrevious;
    private bool _started;

    private GradNorm(BalancerContext context, Level level)
    {
        var variant = Variant.Of(level);
        var form = variant switch { Form.Paper => WeightForm.Renormalized, Form.Softmax => WeightForm.SoftmaxToTerms, _ => WeightForm.SoftmaxToOne };
        _weights = new(context, level, form);
        _layer = GradientSelection.LayerFromOutput(context, Layer.Of(level) == Matrix.Output ? 0 : 1);
        _events = context.Events;
        _norms = new double[context.Terms.Length];
        _reference = new double[context.Terms.Length];
        _fromPrevious = variant == Form.SoftmaxUnit;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "gradnorm",
            "weights trained so that weighted gradient norms on one layer follow the terms' training rates",
            "Chen, Badrinarayanan, Lee, Rabinovich, ICML 2018, PMLR 80:794, arXiv 1711.02257",
            [
                Variant,
                TrainedTermWeights.AlphaOf(1.5, "arXiv 1711.02257: 1.5 on NYUv2, 0.12 on its toy problem"),
                TrainedTermWeights.LearningRateOf("rbischof/relative_balancing"),
                Layer,
            ]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new GradNorm(context, level));

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
            observation.Losses.CopyTo(_reference);
            _started = true;
        }

        var average = 0.0;
        for (var k = 0; k < _norms.Length; k++)
        {
            _norms[k] = _layer.Norm(observation.Gradient(k));
            average += _weights.Values[k] * _norms[k] / _norms.Length;
        }

        if (Observed.GradientIsFinite(average, _events))
        {
            _weights.Step(_norms, observation.Losses, _reference, average);
        }

        if (_fromPrevious)
        {
            observation.Losses.CopyTo(_reference);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Flag("gradnorm.started", ref _started);
        archive.Vector("gradnorm.reference", _reference);
        _weights.State(archive);
    }

    private enum Form
    {
        Paper,
        Softmax,
        SoftmaxUnit,
    }

    private enum Matrix
    {
        LastHidden,
        Output,
    }
}
