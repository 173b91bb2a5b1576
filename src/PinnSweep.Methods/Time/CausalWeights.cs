using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Time;

/// <summary>
/// Causal weights (Wang, Sankaran, Perdikaris, arXiv 2203.07404, eqs. 3.8–3.10) over any balancer. The points of the differential equation
/// are cut by time into chunks; chunk i weighs w_i = exp(−ε Σ_{j&lt;i} L_j), L_j the chunk's mean square residual, so that a moment is
/// learned once all earlier ones are (w_1 = 1; no gradient flows through w). ε climbs a ladder: the next rung is taken once the smallest w
/// exceeds <c>advance_above</c>.
/// </summary>
/// <remarks>
/// The balancer underneath sees the problem with residuals √w r: losses, weights of points, gradients and gradients of single residuals
/// (the tangent kernel) all carry w, as in the authors' later programs, where gradient norms are those of the causal loss. Boundary,
/// initial and data terms have w = 1. Several equations add their losses in the exponent, so their points of one chunk weigh the same.
/// Sizes of chunks differ by one point at most. <c>initial_factor</c> f adds f Σ L_initial to every exponent, as in the authors'
/// Kuramoto–Sivashinsky and Navier–Stokes programs; then w_1 ≠ 1. The budget fixes the length of training: reaching the last rung's
/// threshold does not end it. Written from the formulas; no line of the authors' programs was used.
/// </remarks>
internal sealed class CausalWeights : IBalancer, IResidualObserver, IPointWeigher, IGradientsOnDemand, IGradientCombiner
{
    internal static readonly Parameter<int> Chunks = MethodParameters.Count(
        "chunks", 32, "chunks of the time axis with equally many points (authors' later programs: 32, or 16)", maximum: 100_000);
    internal static readonly Parameter<ImmutableArray<double>> Epsilon = MethodParameters.Numbers(
        "epsilon",
        new(0, double.MaxValue),
        1,
        "steepness, a ladder in the order of the list (authors' later programs: 1; paper's ladder: 0.01, 0.1, 1, 10, 100; "
            + "Allen–Cahn: 100)",
        1);
    internal static readonly Parameter<double> AdvanceAbove = MethodParameters.Fraction(
        "advance_above", 0.99, "smallest weight above which the next rung of the ladder is taken (paper: 0.99)");
    internal static readonly Parameter<double> InitialFactor = MethodParameters.Number(
        "initial_factor", 0, 0, double.MaxValue,
        "factor of the initial conditions' loss in every exponent (paper: 0; Kuramoto–Sivashinsky 1e3, Navier–Stokes 1e5)");

    private readonly CausalChunks _chunks;
    private readonly IBalancer _inner;
    private readonly ImmutableArray<TermInfo> _terms;
    [Scratch] private readonly double[] _losses;
    [Scratch] private readonly double[][] _pointWeights;
    private readonly bool _current;
    [Scratch] private double[] _residuals = [];

    private CausalWeights(Problem problem, BalancerContext context, Level level, Func<BalancerContext, IBalancer> balancer)
    {
        _terms = context.Terms;
        _chunks = new(problem.TimeAxis!.Value, problem.Dimension, context, level);
        _inner = balancer(context with { Probe = _chunks });
        _losses = new double[_terms.Length];
        _pointWeights = [.. _terms.Select((_, k) => new double[_chunks.Weights(k).Length])];
        _current = ResidualTiming.IsCurrent(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static TimeEntry Entry { get; } = new(
        new(
            Factor.Time,
            "causal",
            "residuals of a moment count once those of all earlier moments are small",
            "Wang, Sankaran, Perdikaris, Comput. Methods Appl. Mech. Eng. 421 (2024) 116813, doi 10.1016/j.cma.2024.116813, arXiv 2203.07404",
            [Chunks, Epsilon, AdvanceAbove, InitialFactor, ResidualTiming.Parameter])
        {
            Notice = "causal weights (arXiv 2203.07404): the authors state that the algorithm is protected by a patent and may not be used commercially; "
                + "ask them for a licence before any commercial use",
        })
    {
        WhyNotApplicable = (levels, problem, _) => WhyNot(levels, problem),
        WhyNoRungs = "learns late moments only once early ones are learned, so that errors fall late",
        Balancer = (problem, context, level, balancer) => new CausalWeights(problem, context, level, balancer),
    };

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _inner.TermWeights;

    /// <inheritdoc/>
    public bool NeedsResidualsFirst => _current || _inner.NeedsResidualsFirst;

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term)
    {
        var own = _chunks.Weights(term);
        var inner = _inner.PointWeights(term);
        if (own.IsEmpty || inner.IsEmpty)
        {
            return own.IsEmpty ? inner : own;
        }

        TensorPrimitives.Multiply(own, inner, _pointWeights[term]);
        return _pointWeights[term];
    }

    /// <inheritdoc/>
    public void ObserveResiduals(in StepObservation observation)
    {
        if (_current)
        {
            _chunks.Update(observation);
        }

        if (_inner.NeedsResidualsFirst)
        {
            _inner.ObserveResiduals(Weighed(observation));
        }
    }

    /// <inheritdoc/>
    public bool NeedsTermGradients(int step) => _inner.NeedsTermGradients(step);

    /// <inheritdoc/>
    public double Update(in StepObservation observation) => _inner.Update(Weighed(observation));

    /// <inheritdoc/>
    public void Combine(in StepObservation observation, Span<double> gradient) => _inner.Combine(Weighed(observation), gradient);

    /// <inheritdoc/>
    public void AfterStep(in StepObservation observation)
    {
        _inner.AfterStep(Weighed(observation));
        if (!_current)
        {
            _chunks.Update(observation);
        }
    }

    /// <inheritdoc/>
    public void PointsChanged(int term, int points)
    {
        _chunks.Cut(term, points);
        _pointWeights[term] = new double[_chunks.Weights(term).Length];
        _inner.PointsChanged(term, points);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _chunks.State(archive);
        for (var k = 0; archive.IsLoading && k < _terms.Length; k++)
        {
            _pointWeights[k] = new double[_chunks.Weights(k).Length];
        }

        _inner.State(archive);
    }

    private static string? WhyNot(CellLevels levels, Problem problem) =>
        TimeEntry.WhyNoTime(problem) is { } reason ? reason
        : PointPlaces.Interior.Of(levels.Sampler) is var points && points < Chunks.Of(levels.Time)
            ? FormattableString.Invariant($"{points} interior points cannot be cut into {Chunks.Of(levels.Time)} chunks of time")
            : null;

    /// <summary>The observation of residuals √w r. It is made anew for each call, because balancers keep no observation.</summary>
    private StepObservation Weighed(in StepObservation observation)
    {
        if (_residuals.Length != observation.Residuals.Length)
        {
            _residuals = new double[observation.Residuals.Length];
        }

        _chunks.Weigh(observation, _losses, _residuals);
        return observation with { Losses = _losses, Residuals = _residuals };
    }
}
