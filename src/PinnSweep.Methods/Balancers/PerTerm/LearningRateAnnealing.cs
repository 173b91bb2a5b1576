using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// Learning-rate annealing (Wang, Teng, Perdikaris, SIAM J. Sci. Comput. 43 (2021) A3055, algorithm 1): every condition's gradient is
/// brought to the size of the residual's. λ̂_k = max|∇L_r| / mean|∇L_k|, λ_k ← keep_old λ_k + (1 − keep_old) λ̂_k; residual terms keep
/// weight 1 (their gradients are summed where there are several).
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>paper</c>: α = 0.9 weighs the new value, so keep_old = 0.1; statistics of unweighted gradients; updated before the step that
/// uses it.</item>
/// <item><c>official-code</c> (GradientPathologiesPINNs): keep_old = 0.9; the denominator is the gradient of λ_k L_k, so the fixed point is
/// √ of the paper's ratio; mean of the layers' means; updated after the step. The authors' code evaluates the gradients anew at the moved
/// θ, here those of the step just taken are used.</item>
/// <item><c>mean-ratio</c>: mean|∇L_r| / mean|∇L_k| with keep_old = 0.99 (the form of physicsnemo-sym, without its +1e-8: a vanishing
/// gradient leaves the weight as it is).</item>
/// </list>
/// <c>official-code</c> is the default: algorithm 1 as printed feeds back on itself. Where a condition is nearly met its gradient is small,
/// so its weight grows, so it is met better still; in the paper's own setting the weight passes 1e3 and the network ends at u = 0. Terms
/// that <c>share</c> a weight are conditions: residuals keep weight 1.
/// </remarks>
internal sealed class LearningRateAnnealing : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<Rule> Variant = MethodParameters.Choice(
        "variant",
        "official-code (square-root fixed point), paper (algorithm 1 as printed: its weight can grow without bound and end at zero), "
            + "mean-ratio",
        Rule.OfficialCode, Rule.Paper, Rule.MeanRatio) with { IsTold = true };
    private static readonly Parameter<int> Interval = MethodParameters.Interval(10, "arXiv 2001.04536: 10");
    private static readonly Parameter<double?> KeepOld = MethodParameters.OptionalNumber(
        "keep_old", 0, 1,
        "share of the old weight in the moving average; null is the variant's own: paper 0.1, official-code 0.9, mean-ratio 0.99");

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly SharedWeights _shared;
    private readonly GradientSelection _selection;
    private readonly EventCounts _events;
    private readonly Rule _variant;
    private readonly int _interval;
    private readonly double _keepOld;

    private LearningRateAnnealing(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        _shared = new(context, level);
        _selection = GradientSelection.Of(context, level);
        _events = context.Events;
        _variant = Variant.Of(level);
        _interval = Interval.Of(level);
        _keepOld = KeepOld.Of(level) ?? _variant switch { Rule.Paper => 0.1, Rule.OfficialCode => 0.9, _ => 0.99 };
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "learning-rate-annealing",
            "each condition's gradient is brought to the size of the residual's (max over mean)",
            "Wang, Teng, Perdikaris, SIAM J. Sci. Comput. 43 (2021) A3055, doi 10.1137/20M1318043, arXiv 2001.04536",
            [
                Variant,
                Interval,
                KeepOld,
                GradientSelection.Parameter("authors' code: weights; the paper does not say", GradientBlocks.Weights, GradientBlocks.All),
                SharedWeights.Parameter,
            ])
        {
            CautionOf = level => Variant.Of(level, otherwise: Rule.OfficialCode) == Rule.Paper
                ? "algorithm 1 as printed can feed back on itself until the network is zero (its authors' own setting: relative L2 1.00 in ten of ten runs); variant: official-code is what made the paper's table"
                : null,
        },
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new LearningRateAnnealing(context, level))
    {
        NamesTerms = level => SharedWeights.Parameter.Of(level).SelectMany(group => group.Select(term => (SharedWeights.Parameter.Name, term))),
        WhyNotApplicable = (cell, problem) => SharedWeights.WhyNot(cell.Balancer, problem),
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => step % _interval == 0;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (_variant != Rule.OfficialCode && observation.Step % _interval == 0)
        {
            Refresh(observation);
        }

        return 1;
    }

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        if (_variant == Rule.OfficialCode && observation.Step % _interval == 0)
        {
            Refresh(observation);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    private void Refresh(in StepObservation observation)
    {
        var residual = _groups.ResidualGradient(observation);
        var reference = _variant == Rule.MeanRatio ? _selection.MeanMagnitude(residual) : _selection.MaxMagnitude(residual);
        if (!Observed.GradientIsFinite(reference, _events))
        {
            return;
        }

        foreach (var group in _shared.Members)
        {
            if (_groups.IsResidual(group[0]))
            {
                continue;
            }

            var gradient = _shared.Gradient(observation, group);
            var mean = _variant == Rule.OfficialCode ? _weights[group[0]] * _selection.MeanOfBlockMeans(gradient) : _selection.MeanMagnitude(gradient);
            if (Observed.GradientIsFinite(mean, _events))
            {
                foreach (var k in group)
                {
                    _weights.Average(k, reference / mean, _keepOld);
                }
            }
        }
    }

    private enum Rule
    {
        OfficialCode,
        Paper,
        MeanRatio,
    }
}
