using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerTerm;

/// <summary>
/// DB-PINN, dual balancing (Zhou, Chen, Yang, Png, arXiv 2505.11117). Between residual and conditions: Λ = Σ_k stat(∇L_r) / stat(∇L_k);
/// among conditions: λ̂_k = Λ d_k / Σ_j d_j by difficulty d_k = L_k / (running mean of L_k). Then the cumulative mean λ ← λ + (λ̂ − λ)/N
/// over the N updates so far; the residual keeps 1.
/// </summary>
/// <remarks>
/// Pairs of statistics as the authors' code has them: <c>mean</c> max|∇L_r| / mean|λ_k ∇L_k|, the only one that sees λ; <c>std</c> of both;
/// <c>kurtosis</c> std/kurtosis of both. <c>rule: earlier</c> is what this kind did before: <c>std</c> of λ_k ∇L_k, and <c>kurtosis</c> the
/// ratio of the kurtoses alone. The running mean is over updates, the present one included. Deviation: where Λ is not finite all weights
/// stay as they are, and it is counted. One of the authors' scripts (wave equation) also replaces weights that are not finite, below 1 or
/// above 1e8 by 1; the others do not, and neither does this.
/// </remarks>
internal sealed class DualBalancing : IBalancer, IGradientsOnDemand
{
    private static readonly Parameter<StatisticKind> Statistics = MethodParameters.Choice(
        "statistic",
        "of gradients, the residual's over the condition's: mean (max over mean), std, or kurtosis (std/kurtosis)",
        StatisticKind.Mean, StatisticKind.Std, StatisticKind.Kurtosis);
    private static readonly Parameter<Version> Rule = MethodParameters.Choice(
        "rule",
        "code (authors' code): as said at statistic, with λ in the mean alone; earlier (versions of this program): std of λ ∇L_k, "
            + "and kurtosis alone over kurtosis alone",
        Version.Code, Version.Earlier) with { Absent = ChoiceWords.ToValue(Version.Earlier) };
    private static readonly Parameter<int> Interval = MethodParameters.Interval(10, "authors' code: 10, for the wave equation 50");

    private readonly TermWeightVector _weights;
    private readonly TermGroups _groups;
    private readonly GradientSelection _selection;
    private readonly EventCounts _events;
    private readonly double[] _meanLosses;
    [Scratch] private readonly double[] _difficulties;
    private readonly StatisticKind _statistic;
    private readonly bool _isEarlier;
    private readonly int _interval;
    private long _updates;

    private DualBalancing(BalancerContext context, Level level)
    {
        _weights = new(context.Terms.Length, 1, context.Events);
        _groups = new(context);
        _selection = GradientSelection.Of(context, level);
        _events = context.Events;
        _meanLosses = new double[context.Terms.Length];
        _difficulties = new double[context.Terms.Length];
        _statistic = Statistics.Of(level);
        _isEarlier = Rule.Of(level) == Version.Earlier;
        _interval = Interval.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "db-pinn",
            "balance of gradients between residual and conditions, of difficulty among conditions, averaged over all updates",
            "Zhou, Chen, Yang, Png, IJCAI 2025, arXiv 2505.11117",
            [
                Statistics,
                Rule,
                Interval,
                GradientSelection.Parameter("authors' code: dense", GradientBlocks.Dense, GradientBlocks.Weights, GradientBlocks.All),
            ]),
        Granularity.Term,
        ScaleBehaviour.Invariant,
        (context, level) => new DualBalancing(context, level));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => step % _interval == 0;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (observation.Step % _interval != 0 || !Observed.LossesAreFinite(observation, _events))
        {
            return 1;
        }

        var residual = _groups.ResidualGradient(observation);
        var reference = _statistic == StatisticKind.Mean ? _selection.MaxMagnitude(residual) : Statistic(residual);
        var total = 0.0;
        var difficulty = 0.0;
        _updates++;
        for (var k = 0; k < _weights.Count; k++)
        {
            if (_groups.IsResidual(k))
            {
                continue;
            }

            // stat(λ g) = λ stat(g) for the two that may see λ.
            var seesWeight = _statistic == StatisticKind.Mean || (_isEarlier && _statistic == StatisticKind.Std);
            var statistic = Statistic(observation.Gradient(k)) * (seesWeight ? _weights[k] : 1);
            total += reference / statistic;
            _meanLosses[k] += (observation.Losses[k] - _meanLosses[k]) / _updates;
            _difficulties[k] = _meanLosses[k] > 0 ? observation.Losses[k] / _meanLosses[k] : 1;
            difficulty += _difficulties[k];
        }

        if (!Observed.GradientIsFinite(total, _events) || difficulty <= 0)
        {
            return 1;
        }

        for (var k = 0; k < _weights.Count; k++)
        {
            if (!_groups.IsResidual(k))
            {
                var instant = total * _difficulties[k] / difficulty;
                _weights.Set(k, _weights[k] + ((instant - _weights[k]) / _updates));
            }
        }

        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _weights.State(archive);
        archive.Vector("db-pinn.mean-losses", _meanLosses);
        archive.Count("db-pinn.updates", ref _updates);
    }

    private double Statistic(ReadOnlySpan<double> gradient) => _statistic switch
    {
        StatisticKind.Mean => _selection.MeanMagnitude(gradient),
        StatisticKind.Std => _selection.Deviation(gradient),
        _ => _isEarlier ? _selection.Kurtosis(gradient) : _selection.Deviation(gradient) / _selection.Kurtosis(gradient),
    };

    private enum StatisticKind
    {
        Mean,
        Std,
        Kurtosis,
    }

    private enum Version
    {
        Code,
        Earlier,
    }
}
