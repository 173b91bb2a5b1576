using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// Weights that give all terms gradients of equal norm (Wang, Sankaran, Wang, Perdikaris, arXiv 2308.08468, algorithm 1): w_k = Σ_j ‖g_j‖ / ‖g_k‖ over all
/// parameters and unweighted losses, w_k averaged with keep_old = 0.9 every 1000 steps, the first time after step 0.
/// </summary>
/// <remarks>
/// Variant <c>mean</c> has (1/K) Σ_j in the numerator, as the authors' code (jaxpi); <c>sum</c> is the paper's formula, K times larger. <c>gradients: after</c> takes those at the θ that the step has left,
/// as jaxpi does; the next step evaluates them anyway and is the first to use the weights, so the update is made there, at its points. <c>before</c>, all there was at first, takes those of the step itself.
/// </remarks>
public sealed class GradNormRatio : IBalancer, IGradientsOnDemand
{
    private const string Before = "before";

    private readonly TermWeightVector _weights;
    private readonly GradientSelection _selection;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _norms;
    private readonly double _factor;
    private readonly int _interval;
    private readonly double _keepOld;
    private readonly bool _looksBefore;

    private GradNormRatio(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _selection = GradientSelection.Of(context, level);
        _events = context.Events;
        _norms = new double[context.Terms.Length];
        _factor = level.Text("variant") == "mean" ? 1.0 / _norms.Length : 1;
        _interval = level.Integer("interval");
        _keepOld = level.Number("keep_old");
        _looksBefore = level.TextOr("gradients", Before) == Before;
    }

    /// <summary>The catalogue's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "grad-norm-ratio",
            "all terms are brought to gradients of equal L2 norm",
            "Wang, Sankaran, Wang, Perdikaris, arXiv 2308.08468",
            [
                MethodParameters.Word("variant", "mean (authors' code) or sum (paper, K times larger) of norms over the term's norm", "mean", "sum"),
                MethodParameters.Interval(1000, "arXiv 2308.08468: 1000"),
                MethodParameters.KeepOld(0.9, "arXiv 2308.08468: 0.9"),
                GradientSelection.Parameter("authors' code: all", "all", "weights"),
                MethodParameters.Word("gradients", "those after (authors' code) or before the optimizer's step; the weights count from the next step on", "after", Before) with
                {
                    Absent = new SpecValue.Text(Before),
                },
            ]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new GradNormRatio(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => _looksBefore ? step % _interval == 0 : step > 0 && (step - 1) % _interval == 0;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_looksBefore)
        {
            Balance(observation);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        if (_looksBefore)
        {
            Balance(observation);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    private void Balance(in StepObservation observation)
    {
        if (!NeedsTermGradients(observation.Step))
        {
            return;
        }

        var sum = 0.0;
        for (var k = 0; k < _norms.Length; k++)
        {
            _norms[k] = _selection.Norm(observation.Gradient(k));
            sum += _norms[k];
        }

        if (Observed.GradientIsFinite(sum, _events))
        {
            for (var k = 0; k < _norms.Length; k++)
            {
                _weights.Average(k, _factor * sum / _norms[k], _keepOld);
            }
        }
    }
}
