using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Weights that give all terms gradients of equal norm (Wang, Sankaran, Wang, Perdikaris, arXiv 2308.08468, algorithm 1): w_k = Σ_j ‖g_j‖ /
/// ‖g_k‖ over all parameters and unweighted losses, w_k averaged with keep_old = 0.9 every 1000 steps, the first time after step 0.
/// </summary>
/// <remarks>
/// Variant <c>mean</c> has (1/K) Σ_j in the numerator, as the authors' code (jaxpi); <c>sum</c> is the paper's formula, K times larger.
/// <c>gradients: after</c> takes those at the θ that the step has left, as jaxpi does; the next step evaluates them anyway and is the first
/// to use the weights, so the update is made there, at its points. <c>before</c>, all there was at first, takes those of the step itself.
/// </remarks>
internal sealed class GradNormRatio : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<Numerator> Variant = MethodParameters.Choice(
        "variant", "mean (authors' code) or sum (paper, K times larger) of norms over the term's norm", Numerator.Mean, Numerator.Sum);
    private static readonly Parameter<int> Interval = MethodParameters.Interval(1000, "arXiv 2308.08468: 1000");
    private static readonly Parameter<double> KeepOld = MethodParameters.KeepOld(0.9, "arXiv 2308.08468: 0.9");
    private static readonly Parameter<Moment> Gradients = MethodParameters.Choice(
        "gradients",
        "those after (authors' code) or before the optimizer's step; the weights count from the next step on",
        Moment.After, Moment.Before) with { Absent = ChoiceWords.ToValue(Moment.Before) };

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
        _factor = Variant.Of(level) == Numerator.Mean ? 1.0 / _norms.Length : 1;
        _interval = Interval.Of(level);
        _keepOld = KeepOld.Of(level);
        _looksBefore = Gradients.Of(level) == Moment.Before;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "grad-norm-ratio",
            "all terms are brought to gradients of equal L2 norm",
            "Wang, Sankaran, Wang, Perdikaris, arXiv 2308.08468",
            [
                Variant,
                Interval,
                KeepOld,
                GradientSelection.Parameter("authors' code: all", GradientBlocks.All, GradientBlocks.Weights),
                Gradients,
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
            _weights.AverageRatios(_factor * sum, _norms, _keepOld);
        }
    }

    private enum Numerator
    {
        Mean,
        Sum,
    }

    private enum Moment
    {
        After,
        Before,
    }
}
