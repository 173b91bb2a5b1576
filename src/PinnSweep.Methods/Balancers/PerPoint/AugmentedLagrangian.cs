using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.PerPoint;

/// <summary>
/// Augmented Lagrangians: the conditions are constraints of the residual's minimization.
/// Granularity <c>point</c> (AL-PINN, Son, Cho, Hwang, arXiv 2205.01059, eq. 7): L = L_r + Σ_k (β L_k + (1/n) Σ_i λ_ki r_ki), one signed
/// multiplier a point from 0, ascending by Adam on r_i / n. Granularity <c>term</c> (Basir and Senocak, arXiv 2306.04904, algorithm 1): L =
/// L_r + Σ_k (λ_k L_k + ½ μ_k L_k²), so a term's weight is λ_k + μ_k L_k; after the step λ_k ← λ_k + μ_k L_k with v ← ζ v + (1 − ζ) L_k², μ
/// = γ / (√v + ε).
/// </summary>
/// <remarks>
/// A multiplier of r_i is a weight of r_i²: w_i = β + λ_i / (2 r_i) has the gradient of β r_i² + λ_i r_i. It needs the residuals of the
/// same step; |r_i| is held above 1e-8 of the term's root mean square (counted), and the reported weighted loss holds half of the
/// multipliers' part. Residual terms keep weight 1. In the authors' AL-PINN code one Adam moves network and multipliers; element by element
/// that equals two of the same age and constants.
/// </remarks>
internal sealed class AugmentedLagrangian : IBalancer, IResidualObserver, IPointWeigher
{
    private const double SmallestResidual = 1e-8;

    private static readonly Parameter<Granularity> Weighed = MethodParameters.Choice(
        "granularity", "one multiplier a term or a point", Granularity.Term, Granularity.Point);
    private static readonly Parameter<double> Beta = MethodParameters.Positive(
        "beta", 1000, "penalty, granularity point (arXiv 2205.01059, code: 1000 for Helmholtz)");
    private static readonly Parameter<double> LearningRate = MethodParameters.Positive(
        "lr", 1, "learning rate of the multipliers' Adam, granularity point (arXiv 2205.01059, code: 1)");
    private static readonly Parameter<double> Gamma = MethodParameters.Positive(
        "gamma", 1e-2, "penalty rate γ, granularity term (arXiv 2306.04904: 1e-2)");
    private static readonly Parameter<double> Zeta = MethodParameters.Number(
        "zeta", 0.99, 0, 0.9999999, "decay of the mean square, granularity term (arXiv 2306.04904: 0.99)");

    private readonly TermWeightVector _termWeights;
    private readonly TermGroups _groups;
    private readonly double[] _multipliers;
    private readonly double[] _penalties;
    private readonly double[] _squares;
    private readonly double[][] _lambda;
    private readonly double[][] _pointWeights;
    [Scratch] private readonly double[][] _ascent;
    private readonly AdamMoments?[] _adam;
    private readonly PointSplit _split;
    private readonly PointResampling _resampling;
    private readonly EventCounts _events;
    private readonly bool _perPoint;
    private readonly double _beta;
    private readonly double _learningRate;
    private readonly double _gamma;
    private readonly double _zeta;

    private AugmentedLagrangian(BalancerContext context, Level level)
    {
        var terms = context.Terms.Length;
        _termWeights = new(terms, 1, context.Events);
        _groups = new(context);
        _perPoint = Weighed.Of(level) == Granularity.Point;
        _multipliers = [.. context.Terms.Select(_ => 1.0)];
        _penalties = [.. context.Terms.Select(_ => 1.0)];
        _squares = new double[terms];
        _lambda = [.. context.Terms.Select((term, k) => new double[IsWeighted(k) ? term.Points : 0])];
        _pointWeights = [.. _lambda.Select(lambda => new double[lambda.Length])];
        _ascent = [.. _lambda.Select(lambda => new double[lambda.Length])];
        _adam = [.. _lambda.Select((lambda, k) => IsWeighted(k) ? new AdamMoments(lambda.Length, 0.9, 0.999, 1e-8) : null)];
        _split = new(context);
        _resampling = new(context, level);
        _events = context.Events;
        _beta = Beta.Of(level);
        _learningRate = LearningRate.Of(level);
        _gamma = Gamma.Of(level);
        _zeta = Zeta.Of(level);
        Array.ForEach(_pointWeights, weights => Array.Fill(weights, _beta));
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "augmented-lagrangian",
            "conditions as constraints with multipliers of points or terms and a penalty",
            "points: Son, Cho, Hwang, arXiv 2205.01059; terms: Basir, Senocak, arXiv 2306.04904",
            [Weighed, Beta, LearningRate, Gamma, Zeta, PointResampling.Parameter]),
        Granularity.Term,
        ScaleBehaviour.Dependent,
        (context, level) => new AugmentedLagrangian(context, level))
    {
        WeighedBy = Weighed.Of,
        WhyPointsMustStay = level => Weighed.Of(level) == Granularity.Point ? PointResampling.WhyPointsMustStay(level) : null,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _termWeights.Values;

    /// <inheritdoc/>
    public bool NeedsResidualsFirst => _perPoint;

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => _pointWeights[term];

    /// <inheritdoc/>
    public void ObserveResiduals(in StepObservation observation)
    {
        for (var k = 0; k < _lambda.Length; k++)
        {
            var residuals = _split.Of(observation.Residuals, k);
            if (IsWeighted(k) && Observed.ResidualsAreFinite(residuals, _events))
            {
                SetPointWeights(residuals, _lambda[k], _pointWeights[k]);
            }
        }
    }

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        for (var k = 0; !_perPoint && k < _multipliers.Length; k++)
        {
            if (!_groups.IsResidual(k))
            {
                _termWeights.Set(k, _multipliers[k] + (_penalties[k] * observation.Losses[k]));
            }
        }

        return 1;
    }

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        for (var k = 0; k < _multipliers.Length; k++)
        {
            if (IsWeighted(k))
            {
                AscendPoints(k, _split.Of(observation.Residuals, k));
            }
            else if (!_groups.IsResidual(k))
            {
                AscendTerm(k, observation.Losses[k]);
            }
        }
    }

    /// <inheritdoc/>
    public void PointsChanged(int term, int points)
    {
        var oldPoints = _split.Points(term);
        _split.Change(term, points);
        if (_adam[term] is { } adam)
        {
            var sources = _resampling.Sources(term, oldPoints, points);
            _lambda[term] = Flat.Rearranged(_lambda[term], sources);
            adam.Rearrange(sources);
            Resize(term, points);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _termWeights.State(archive);
        _split.State(archive);
        _resampling.State(archive);
        archive.Vector("lagrangian.multipliers", _multipliers);
        archive.Vector("lagrangian.penalties", _penalties);
        archive.Vector("lagrangian.squares", _squares);
        for (var k = 0; k < _lambda.Length; k++)
        {
            archive.Vector("lagrangian.lambda", ref _lambda[k]);
            if (archive.IsLoading)
            {
                Resize(k, _lambda[k].Length);
            }

            archive.Vector("lagrangian.weights", _pointWeights[k]);
            _adam[k]?.State(archive);
        }
    }

    private bool IsWeighted(int term) => _perPoint && !_groups.IsResidual(term);

    private void Resize(int term, int points)
    {
        _pointWeights[term] = new double[points];
        _ascent[term] = new double[points];
        Array.Fill(_pointWeights[term], _beta);
    }

    private void SetPointWeights(ReadOnlySpan<double> residuals, double[] lambda, double[] weights)
    {
        var smallest = SmallestResidual * Math.Sqrt(TensorPrimitives.SumOfSquares(residuals) / residuals.Length);
        var clamped = false;
        for (var i = 0; i < weights.Length; i++)
        {
            var size = Math.Abs(residuals[i]);
            if (size < smallest)
            {
                (size, clamped) = (smallest, true);
            }

            var weight = _beta + (size > 0 ? lambda[i] / (2 * Math.CopySign(size, residuals[i])) : 0);
            weights[i] = double.IsFinite(weight) ? weight : _beta;
        }

        if (clamped)
        {
            _events.Count(BalancerEvents.Clamped);
        }
    }

    private void AscendPoints(int term, ReadOnlySpan<double> residuals)
    {
        TensorPrimitives.Divide(residuals, residuals.Length, _ascent[term]);
        if (Observed.ResidualsAreFinite(_ascent[term], _events))
        {
            _adam[term]!.Step(_lambda[term], _ascent[term], -_learningRate);
        }
    }

    private void AscendTerm(int term, double loss)
    {
        var multiplier = _multipliers[term] + (_penalties[term] * loss);
        var square = (_zeta * _squares[term]) + ((1 - _zeta) * loss * loss);
        if (!double.IsFinite(multiplier) || !double.IsFinite(square))
        {
            _events.Count(BalancerEvents.NonFiniteLoss);
            return;
        }

        _multipliers[term] = multiplier;
        _squares[term] = square;
        _penalties[term] = _gamma / (Math.Sqrt(square) + 1e-8);
    }
}
