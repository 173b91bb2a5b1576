using System.Collections.Immutable;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>
/// The passes over all loss terms. Consecutive terms of one point set and the same sides are one pass, so equations that share their
/// points share the forward pass. Buffers of all terms lie one after another in the order of the terms.
/// </summary>
internal sealed class TermPasses : IDisposable
{
    private readonly Problem _problem;
    private readonly int _parameters;
    private readonly ImmutableArray<Group> _groups;
    private readonly double[] _losses;
    private readonly double[] _weightedLosses;
    private readonly double[] _gradients;
    private double[] _residuals = [];
    private double[] _pointWeights = [];

    public TermPasses(Problem problem, IJetEngine engine, int parameters)
    {
        _problem = problem;
        _parameters = parameters;
        _groups = [.. Groups(problem, engine)];
        _losses = new double[problem.Terms.Length];
        _weightedLosses = new double[problem.Terms.Length];
        _gradients = new double[problem.Terms.Length * parameters];
    }

    public ReadOnlySpan<double> Losses => _losses;

    public ReadOnlySpan<double> WeightedLosses => _weightedLosses;

    public ReadOnlySpan<double> Gradients => _gradients;

    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>Takes the sampler's current points, and tells the balancer where it is given.</summary>
    public void TakePoints(ISampler sampler, IBalancer? balancer)
    {
        var total = 0;
        var largest = 0;
        foreach (var group in _groups)
        {
            group.Pass.SetPoints(sampler.Points(group.First));
            group.Offset = total;
            var count = group.Count * group.Pass.PointCount;
            total += count;
            largest = Math.Max(largest, count);
            for (var k = group.First; k < group.First + group.Count; k++)
            {
                balancer?.PointsChanged(k, group.Pass.PointCount);
            }
        }

        if (total != _residuals.Length)
        {
            _residuals = new double[total];
            _pointWeights = new double[largest];
        }
    }

    /// <summary>Losses and residuals at the engine's θ without weights.</summary>
    public void Forward()
    {
        foreach (var group in _groups)
        {
            Run(group, [], []);
        }
    }

    /// <summary>Losses, residuals and gradients at the engine's θ with the balancer's weights of points.</summary>
    public void ForwardAndReverse(IBalancer balancer)
    {
        foreach (var group in _groups)
        {
            Run(group, PointWeights(group, balancer), _gradients.AsSpan(group.First * _parameters, group.Count * _parameters));
        }
    }

    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Pass.Dispose();
        }
    }

    private static IEnumerable<Group> Groups(Problem problem, IJetEngine engine)
    {
        var terms = problem.Terms;
        for (var first = 0; first < terms.Length;)
        {
            var count = 1;
            while (first + count < terms.Length && SharePoints(terms[first], terms[first + count]))
            {
                count++;
            }

            yield return new(first, count, engine.CreatePass(problem.Compile([.. terms.Skip(first).Take(count)])));
            first += count;
        }
    }

    private static bool SharePoints(LossTerm a, LossTerm b) => a.PointSet == b.PointSet && a.Faces.SequenceEqual(b.Faces);

    private void Run(Group group, ReadOnlySpan<double> pointWeights, Span<double> gradients) =>
        group.Pass.Run(
            pointWeights,
            _losses.AsSpan(group.First, group.Count),
            _weightedLosses.AsSpan(group.First, group.Count),
            _residuals.AsSpan(group.Offset, group.Count * group.Pass.PointCount),
            gradients);

    private ReadOnlySpan<double> PointWeights(Group group, IBalancer balancer)
    {
        if (group.Count == 1)
        {
            return balancer.PointWeights(group.First);
        }

        var points = group.Pass.PointCount;
        var any = false;
        for (var j = 0; j < group.Count; j++)
        {
            var weights = balancer.PointWeights(group.First + j);
            var target = _pointWeights.AsSpan(j * points, points);
            any |= !weights.IsEmpty;
            if (weights.IsEmpty)
            {
                target.Fill(1);
            }
            else
            {
                weights.CopyTo(target);
            }
        }

        return any ? _pointWeights.AsSpan(0, group.Count * points) : [];
    }

    private sealed class Group(int first, int count, ILossPass pass)
    {
        public int First => first;

        public int Count => count;

        public ILossPass Pass => pass;

        /// <summary>Where its residuals begin.</summary>
        public int Offset { get; set; }
    }
}
