using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Adaptive;

/// <summary>
/// What samplers share that look at the residuals of many uniform candidates once in a while, and choose interior points from them; each is
/// an <see cref="ISampler"/>.
/// </summary>
internal abstract class RoundSampler
{
    private protected readonly InteriorPoints _points;
    private protected int _round;
    private readonly ResamplingRounds _rounds;
    private readonly int _candidates;

    private protected RoundSampler(Level level, Problem problem, long seed, int count)
    {
        _points = new(level, problem, seed, count);
        _rounds = new(level);
        _candidates = ResamplingRounds.Candidates.Of(level);
    }

    /// <inheritdoc cref="ISampler.RestartsOptimizer"/>
    public bool RestartsOptimizer => _rounds.RestartsOptimizer;

    /// <inheritdoc cref="ISampler.IsFixed"/>
    public bool IsFixed(int term) => !_points.Moves(term);

    /// <inheritdoc cref="ISampler.Points"/>
    public ReadOnlySpan<double> Points(int term) => _points.Of(term);

    /// <inheritdoc cref="ISampler.MoveTo"/>
    public bool MoveTo(int step, IResidualProbe probe)
    {
        var round = _rounds.At(step);
        if (round == _round || IsFull)
        {
            return false;
        }

        _round = round;
        var candidates = _points.Uniform(round, _candidates);
        var magnitudes = new double[candidates.Length / _points.Dimension];
        probe.Magnitudes(candidates, magnitudes);
        Choose(candidates, magnitudes);
        return true;
    }

    /// <summary>Makes the catalog's entry of such a sampler.</summary>
    /// <param name="kind">Its name.</param>
    /// <param name="summary">One line.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="rounds">The parameters of its rounds.</param>
    /// <param name="own">Its own parameters.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="whyNot">Why a level cannot serve a problem.</param>
    private protected static SamplerEntry EntryOf(
        string kind,
        string summary,
        string source,
        ImmutableArray<Parameter> rounds,
        ImmutableArray<Parameter> own,
        Func<Level, Problem, long, ISampler> create,
        Func<Level, Problem, string?> whyNot) => new(
        new(Factor.Sampler, kind, summary, source, [.. InteriorPoints.Parameters, .. rounds, .. own]),
        create,
        whyNot,
        _ => true)
    {
        RedrawsEveryStep = level => ResamplingRounds.Every.Of(level) == 1,
    };

    /// <summary>Whether no round has anything to add any more.</summary>
    private protected virtual bool IsFull => false;

    /// <summary>Takes the points of the round.</summary>
    /// <param name="candidates">Row-major, in problem units.</param>
    /// <param name="magnitudes">|r| at each.</param>
    private protected abstract void Choose(double[] candidates, double[] magnitudes);
}
