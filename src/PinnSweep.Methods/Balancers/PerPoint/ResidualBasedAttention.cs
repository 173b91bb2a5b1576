using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerPoint;

/// <summary>
/// Residual-based attention, RBA (Anagnostopoulos, Toscano, Stergiopulos, Karniadakis, arXiv 2307.00379, eq. 7):
/// λ_i ← γ λ_i + η |r_i| / max_j |r_j| before the step, L_r = (1/n) Σ (λ_i r_i)²: the weight enters squared. λ_i ≤ η / (1 − γ). Only terms
/// of the residual are weighted by point; others have constant weights, unless <c>terms: all</c> weighs them alike (the comparison of arXiv
/// 2407.01613).
/// </summary>
/// <remarks>
/// The maximum is over the term's present points. <c>start: normalized</c> is the notebooks' second mode, η = 1 in the first step.
/// <c>power: 1</c> is PINA's weight on r² without the square. With <c>residuals: previous</c> and <c>start: zero</c> the first step sees no
/// residual at all.
/// </remarks>
internal sealed class ResidualBasedAttention : IBalancer, IResidualObserver, IPointWeigher, IGradientsOnDemand
{
    private static readonly Parameter<double> Gamma = MethodParameters.Number(
        "gamma", 0.999, 0, 0.9999999, "decay of the weights (authors' notebooks: 0.999)");
    private static readonly Parameter<double> Eta = MethodParameters.Positive(
        "eta", 0.001, "learning rate of the weights (authors' PyTorch notebooks: 0.001, bound 1; JAX Helmholtz: 0.01, bound 10)");
    private static readonly Parameter<FirstRate> Start = MethodParameters.Choice(
        "start", "zero, or normalized: η = 1 in the first step (authors' notebooks offer both)", FirstRate.Zero, FirstRate.Normalized);
    private static readonly Parameter<int> Power = MethodParameters.Count(
        "power", 2, "the weight of r² is λ to this power (authors' code: 2; PINA: 1)", 1, 2);
    private static readonly Parameter<ImmutableSortedDictionary<string, double>> Weights = MethodParameters.PerTerm(
        "weights", "constant weights of terms (authors' Allen–Cahn and Helmholtz runs: 100 on conditions)");
    private static readonly Parameter<Weighed> WeighedTerms = MethodParameters.Choice(
        "terms",
        "whose points gain weight: residual (the authors); all (the comparison of arXiv 2407.01613)",
        Weighed.Residual, Weighed.All) with { Absent = ChoiceWords.ToValue(Weighed.Residual) };

    private readonly double[] _termWeights;
    private readonly double[]?[] _lambda;
    private readonly double[][] _pointWeights;
    private readonly PointSplit _split;
    private readonly PointResampling _resampling;
    private readonly EventCounts _events;
    private readonly double _gamma;
    private readonly double _eta;
    private readonly bool _normalizedStart;
    private readonly bool _squared;
    private long _updates;

    private ResidualBasedAttention(BalancerContext context, Level level)
    {
        var given = Weights.Of(level);
        _termWeights = [.. context.Terms.Select(term => given.GetValueOrDefault(term.Name, 1))];
        var all = WeighedTerms.Of(level) != Weighed.Residual;
        _lambda = [.. context.Terms.Select(term => all || term.Role == TermRole.Residual ? new double[term.Points] : null)];
        _pointWeights = [.. _lambda.Select(lambda => new double[lambda?.Length ?? 0])];
        _split = new(context);
        _resampling = new(context, level);
        _events = context.Events;
        _gamma = Gamma.Of(level);
        _eta = Eta.Of(level);
        _normalizedStart = Start.Of(level) == FirstRate.Normalized;
        _squared = Power.Of(level) == 2;
        NeedsResidualsFirst = ResidualTiming.IsCurrent(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "rba",
            "points with large residuals gain weight, which fades over time",
            "Anagnostopoulos, Toscano, Stergiopulos, Karniadakis, Comput. Methods Appl. Mech. Eng. 421 (2024) 116805, doi 10.1016/j.cma.2024.116805, arXiv 2307.00379",
            [Gamma, Eta, Start, Power, Weights, WeighedTerms, ResidualTiming.Parameter, PointResampling.Parameter]),
        Granularity.Point,
        ScaleBehaviour.Invariant,
        (context, level) => new ResidualBasedAttention(context, level))
    {
        KeyedByTerm = [Weights],
        WhyPointsMustStay = PointResampling.WhyPointsMustStay,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _termWeights;

    /// <inheritdoc/>
    public bool NeedsResidualsFirst { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _pointWeights[term];

    /// <inheritdoc/>
    public void ObserveResiduals(in StepObservation observation) => Reweigh(observation);

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => false;

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        if (!NeedsResidualsFirst)
        {
            Reweigh(observation);
        }
    }

    /// <inheritdoc/>
    public void PointsChanged(int term, int points)
    {
        var oldPoints = _split.Points(term);
        _split.Change(term, points);
        if (_lambda[term] is { } lambda)
        {
            _lambda[term] = Flat.Rearranged(lambda, _resampling.Sources(term, oldPoints, points));
            _pointWeights[term] = new double[points];
            SetWeights(term);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("rba.updates", ref _updates);
        _split.State(archive);
        _resampling.State(archive);
        for (var k = 0; k < _lambda.Length; k++)
        {
            var lambda = _lambda[k] ?? [];
            archive.Vector("rba.lambda", ref lambda);
            if (archive.IsLoading)
            {
                _lambda[k] = _lambda[k] is null ? null : lambda;
                _pointWeights[k] = new double[lambda.Length];
                SetWeights(k);
            }
        }
    }

    private void Reweigh(in StepObservation observation)
    {
        var rate = _normalizedStart && _updates == 0 ? 1 : _eta;
        _updates++;
        for (var k = 0; k < _lambda.Length; k++)
        {
            if (_lambda[k] is not { } lambda)
            {
                continue;
            }

            var residuals = _split.Of(observation.Residuals, k);
            if (!Observed.ResidualsAreFinite(residuals, _events))
            {
                continue;
            }

            TensorPrimitives.Multiply(lambda, _gamma, lambda);
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude(residuals));
            if (largest > 0)
            {
                // The weights' buffer holds |r| / max |r| for a moment; dividing first keeps subnormal maxima safe.
                TensorPrimitives.Divide(residuals, largest, _pointWeights[k]);
                TensorPrimitives.Abs(_pointWeights[k], _pointWeights[k].AsSpan());
                TensorPrimitives.MultiplyAdd(_pointWeights[k], rate, lambda, lambda);
            }

            SetWeights(k);
        }
    }

    private void SetWeights(int term)
    {
        if (_lambda[term] is not { } lambda)
        {
            return;
        }

        lambda.CopyTo(_pointWeights[term], 0);
        if (_squared)
        {
            TensorPrimitives.Multiply(lambda, lambda, _pointWeights[term]);
        }
    }

    private enum FirstRate
    {
        Zero,
        Normalized,
    }

    private enum Weighed
    {
        Residual,
        All,
    }
}
