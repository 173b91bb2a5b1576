using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Samplers;

/// <summary>Adds the terms with measured values, which come last and keep their points, to the sampler of the others.</summary>
public sealed class MeasuredPoints : ISampler
{
    private readonly ISampler _inner;
    private readonly int _drawn;
    private readonly ImmutableArray<double[]> _measured;

    private MeasuredPoints(ISampler inner, Problem problem)
    {
        _inner = inner;
        _drawn = problem.WithoutData().Terms.Length;
        _measured = [.. problem.Terms.Skip(_drawn).Select(term => term.MeasuredAt.ToArray())];
    }

    /// <summary>The sampler of all terms.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="create">Makes the sampler of the terms whose points are drawn.</param>
    public static ISampler Around(Problem problem, Func<Problem, ISampler> create) =>
        problem.Terms.All(term => term.MeasuredAt.IsEmpty) ? create(problem) : new MeasuredPoints(create(problem.WithoutData()), problem);

    /// <inheritdoc/>
    public bool IsFixed(int term) => term >= _drawn || _inner.IsFixed(term);

    /// <inheritdoc/>
    public bool MoveTo(int step, IResidualProbe probe) => _inner.MoveTo(step, probe);

    /// <inheritdoc/>
    public bool RestartsOptimizer => _inner.RestartsOptimizer;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Points(int term) => term < _drawn ? _inner.Points(term) : _measured[term - _drawn];

    /// <inheritdoc/>
    public ReadOnlySpan<double> PointWeights(int term) => term < _drawn ? _inner.PointWeights(term) : [];

    /// <inheritdoc/>
    public bool NeedsResidualsFirst => _inner.NeedsResidualsFirst;

    /// <inheritdoc/>
    public void Observe(ITermResiduals residuals) => _inner.Observe(residuals);

    /// <inheritdoc/>
    public void ObserveDirection(ReadOnlySpan<double> direction) => _inner.ObserveDirection(direction);

    /// <inheritdoc/>
    public void State(StateArchive archive) => _inner.State(archive);
}
