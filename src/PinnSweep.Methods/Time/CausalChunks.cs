using System.Collections.Immutable;
using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Time;

/// <summary>
/// The points of every residual term cut by time into chunks, the chunks' weights, and the rung of the ladder of ε. As a probe it tells
/// gradients of the weighted residuals √w r.
/// </summary>
internal sealed class CausalChunks : ITermProbe
{
    private const string NextRung = "time: next causal epsilon";

    private readonly ImmutableArray<TermInfo> _terms;
    private readonly ITermProbe _probe;
    private readonly EventCounts _events;
    private readonly double[] _epsilon;
    private readonly double[] _chunkWeights;
    [Scratch] private readonly double[] _chunkLosses;
    private readonly double[][] _weights;
    private readonly double[][] _roots;
    private readonly int[][] _chunks;
    private readonly double[][] _sizes;
    private readonly PointSplit _split;
    private readonly double _advanceAbove;
    private readonly double _initialFactor;
    private readonly int _timeAxis;
    private readonly int _dimension;
    private int _rung;

    public CausalChunks(int timeAxis, int dimension, BalancerContext context, Level level)
    {
        (_timeAxis, _dimension) = (timeAxis, dimension);
        (_terms, _probe, _events) = (context.Terms, context.Probe, context.Events);
        _epsilon = [.. CausalWeights.Epsilon.Of(level)];
        _advanceAbove = CausalWeights.AdvanceAbove.Of(level);
        _initialFactor = CausalWeights.InitialFactor.Of(level);
        _chunkWeights = [.. Enumerable.Repeat(1.0, CausalWeights.Chunks.Of(level))];
        _chunkLosses = new double[_chunkWeights.Length];
        _weights = [.. context.Terms.Select(_ => Array.Empty<double>())];
        _roots = [.. context.Terms.Select(_ => Array.Empty<double>())];
        _chunks = [.. context.Terms.Select(_ => Array.Empty<int>())];
        _sizes = [.. context.Terms.Select(_ => new double[_chunkWeights.Length])];
        _split = new(context);
        for (var k = 0; k < _weights.Length; k++)
        {
            Cut(k, _split.Points(k));
        }
    }

    /// <summary>w of each point of a residual term; empty for other terms.</summary>
    public ReadOnlySpan<double> Weights(int term) => _weights[term];

    /// <summary>
    /// Sorts the current points of a term into chunks: the i-th of n by time is in chunk ⌊i M / n⌋; the order of equal times is that of the
    /// points.
    /// </summary>
    public void Cut(int term, int points)
    {
        _split.Change(term, points);
        if (_terms[term].Role != TermRole.Residual)
        {
            return;
        }

        var coordinates = _probe.Coordinates(term);
        var times = new double[points];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = coordinates[(i * _dimension) + _timeAxis];
        }

        if (times.Length < _chunkWeights.Length)
        {
            throw new UserMistakeException($"time 'causal': {times.Length} points of term '{_terms[term].Name}' cannot be cut into {_chunkWeights.Length} chunks");
        }

        var chunks = new int[times.Length];
        var rank = 0;
        foreach (var point in Enumerable.Range(0, times.Length).OrderBy(point => times[point]))
        {
            chunks[point] = (int)((long)rank++ * _chunkWeights.Length / times.Length);
        }

        SetChunks(term, chunks);
    }

    /// <summary>Weights from unweighted residuals and losses; where one is not finite they stay as they were, and it is counted.</summary>
    public void Update(in StepObservation observation)
    {
        Array.Clear(_chunkLosses);
        var before = 0.0;
        for (var k = 0; k < _chunks.Length; k++)
        {
            switch (_terms[k].Role)
            {
                case TermRole.Residual:
                    AddLosses(k, _split.Of(observation.Residuals, k));
                    break;
                case TermRole.Initial:
                    before += _initialFactor * observation.Losses[k];
                    break;
            }
        }

        if (!double.IsFinite(before + TensorPrimitives.Sum<double>(_chunkLosses)))
        {
            _events.Count(BalancerEvents.NonFiniteResidual);
            return;
        }

        for (var i = 0; i < _chunkWeights.Length; i++)
        {
            _chunkWeights[i] = Math.Exp(-_epsilon[_rung] * before);
            before += _chunkLosses[i];
        }

        for (var k = 0; k < _weights.Length; k++)
        {
            Spread(k);
        }

        // Losses are not negative, so the last weight is the smallest.
        if (_rung < _epsilon.Length - 1 && _chunkWeights[^1] > _advanceAbove)
        {
            _rung++;
            _events.Count(NextRung);
        }
    }

    /// <summary>Residuals √w r of all terms, and losses (1/n) Σ w r².</summary>
    public void Weigh(in StepObservation observation, Span<double> losses, Span<double> residuals)
    {
        observation.Losses.CopyTo(losses);
        observation.Residuals.CopyTo(residuals);
        var begin = 0;
        for (var k = 0; k < _chunks.Length; k++)
        {
            var own = residuals.Slice(begin, _split.Points(k));
            begin += own.Length;
            if (_roots[k].Length > 0)
            {
                TensorPrimitives.Multiply(own, _roots[k], own);
                losses[k] = TensorPrimitives.SumOfSquares<double>(own) / own.Length;
            }
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Coordinates(int term) => _probe.Coordinates(term);

    /// <inheritdoc/>
    public void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum)
    {
        if (!weights.IsEmpty)
        {
            throw new NotSupportedException("causal weights are the only ones that a balancer underneath can see");
        }

        _probe.ResidualGradients(term, _weights[term], squaredNorms, sum);
    }

    public void State(StateArchive archive)
    {
        archive.Count("causal.rung", ref _rung);
        archive.Vector("causal.weights", _chunkWeights);
        _split.State(archive);
        for (var k = 0; k < _chunks.Length; k++)
        {
            double[] chunks = [.. _chunks[k].Select(chunk => (double)chunk)];
            archive.Vector("causal.chunks", ref chunks);
            if (archive.IsLoading)
            {
                SetChunks(k, [.. chunks.Select(chunk => (int)chunk)]);
            }
        }
    }

    private void SetChunks(int term, int[] chunks)
    {
        _chunks[term] = chunks;
        _weights[term] = new double[chunks.Length];
        _roots[term] = new double[chunks.Length];
        Array.Clear(_sizes[term]);
        foreach (var chunk in chunks)
        {
            _sizes[term][chunk]++;
        }

        Spread(term);
    }

    private void AddLosses(int term, ReadOnlySpan<double> residuals)
    {
        var (chunks, sizes) = (_chunks[term], _sizes[term]);
        for (var i = 0; i < residuals.Length; i++)
        {
            _chunkLosses[chunks[i]] += residuals[i] * residuals[i] / sizes[chunks[i]];
        }
    }

    private void Spread(int term)
    {
        var (chunks, weights) = (_chunks[term], _weights[term]);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _chunkWeights[chunks[i]];
        }

        TensorPrimitives.Sqrt<double>(weights, _roots[term]);
    }
}
