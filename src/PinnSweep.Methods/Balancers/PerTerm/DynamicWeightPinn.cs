using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// dwPINN (Li and Feng, Entropy 24 (2022) 1254): one weight for the residuals and one for the conditions, both from 1, ascending the
/// weighted loss by Adam, ∂/∂w = the group's loss, but only in steps where training has gone well.
/// </summary>
/// <remarks>
/// <c>paper</c>: every term's loss is below that of the step before. <c>official-code</c>: the weighted total is below those one, two and
/// ten steps ago (never within the first ten steps). Deviation: the code's sums of squares and its fixed factor of 100 are left out; losses
/// are means here, which Adam does not see.
/// </remarks>
internal sealed class DynamicWeightPinn : IBalancer
{
    private const int Lookback = 10;

    private static readonly Parameter<Rule> Variant = MethodParameters.Choice(
        "variant",
        "when weights move: paper (every loss fell) or official-code (total below 1, 2 and 10 steps ago)",
        Rule.Paper, Rule.OfficialCode);
    private static readonly Parameter<double> LrResidual = MethodParameters.Positive(
        "lr_residual", 0.003, "learning rate of the residuals' weight (authors' code: 0.003)");
    private static readonly Parameter<double> LrConditions = MethodParameters.Positive(
        "lr_conditions", 0.03, "learning rate of the conditions' weight (authors' code: 0.03)");
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.99, 0, 0.999999, "of the weights' Adam (authors' code: 0.99)");

    private readonly TermGroups _groups;
    private readonly double[] _weights;
    private readonly double[] _previous;
    private readonly double[] _totals = new double[Lookback];
    private readonly double[] _residualWeight = [1];
    private readonly double[] _conditionWeight = [1];
    private readonly AdamMoments _residualAdam;
    private readonly AdamMoments _conditionAdam;
    private readonly double _residualRate;
    private readonly double _conditionRate;
    private readonly bool _paper;
    private readonly EventCounts _events;
    private long _seen;

    private DynamicWeightPinn(BalancerContext context, Level level)
    {
        _groups = new(context);
        _weights = [.. context.Terms.Select(_ => 1.0)];
        _previous = new double[_weights.Length];
        _residualAdam = new(1, Beta1.Of(level), 0.999, 1e-8);
        _conditionAdam = new(1, Beta1.Of(level), 0.999, 1e-8);
        _residualRate = LrResidual.Of(level);
        _conditionRate = LrConditions.Of(level);
        _paper = Variant.Of(level) == Rule.Paper;
        _events = context.Events;
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "dwpinn",
            "two weights, residuals and conditions, that ascend while training goes well",
            "Li, Feng, Entropy 24 (2022) 1254, doi 10.3390/e24091254",
            [Variant, LrResidual, LrConditions, Beta1]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new DynamicWeightPinn(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights;

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        var residual = _groups.Sum(observation.Losses, residuals: true);
        var condition = _groups.Sum(observation.Losses, residuals: false);
        var total = (_residualWeight[0] * residual) + (_conditionWeight[0] * condition);
        if (!double.IsFinite(total) || !double.IsFinite((residual * residual) + (condition * condition)))
        {
            _events.Count(BalancerEvents.NonFiniteLoss);
            return;
        }

        if (_paper ? EveryLossFell(observation.Losses) : TotalFell(total))
        {
            _residualAdam.Step(_residualWeight, [residual], -_residualRate);
            _conditionAdam.Step(_conditionWeight, [condition], -_conditionRate);
            SetWeights();
        }

        observation.Losses.CopyTo(_previous);
        _totals[_seen % Lookback] = total;
        _seen++;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        Span<double> weights = [_residualWeight[0], _conditionWeight[0]];
        archive.Vector("dwpinn.weights", weights);
        (_residualWeight[0], _conditionWeight[0]) = (weights[0], weights[1]);
        archive.Vector("dwpinn.previous", _previous);
        archive.Vector("dwpinn.totals", _totals);
        archive.Count("dwpinn.seen", ref _seen);
        _residualAdam.State(archive);
        _conditionAdam.State(archive);
        SetWeights();
    }

    private bool EveryLossFell(ReadOnlySpan<double> losses)
    {
        var fell = _seen > 0;
        for (var k = 0; k < losses.Length; k++)
        {
            fell &= losses[k] < _previous[k];
        }

        return fell;
    }

    private bool TotalFell(double total) =>
        _seen >= Lookback && total < _totals[(_seen - 1) % Lookback] && total < _totals[(_seen - 2) % Lookback] && total < _totals[_seen % Lookback];

    private void SetWeights()
    {
        for (var k = 0; k < _weights.Length; k++)
        {
            _weights[k] = _groups.IsResidual(k) ? _residualWeight[0] : _conditionWeight[0];
        }
    }

    private enum Rule
    {
        Paper,
        OfficialCode,
    }
}
