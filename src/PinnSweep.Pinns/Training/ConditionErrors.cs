using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// How well a network keeps each condition: the root mean square of its residual relative to its scale, at uniform points that no training
/// point is taken from. For a condition on u itself this is the relative error of u there.
/// </summary>
internal sealed class ConditionErrors : IDisposable
{
    private const int PointsPerSet = 400;

    // No trial has this seed, so none trains at these points.
    private const long Seed = long.MinValue;
    private readonly ImmutableArray<(LossTerm Term, ILossPass Pass)> _conditions;

    public ConditionErrors(Problem problem, IJetEngine engine)
    {
        var drawn = problem.WithoutData();
        var counts = drawn.UsedPointSets.ToImmutableSortedDictionary(set => set, SpecValue (_) => new SpecValue.Number(PointsPerSet), StringComparer.Ordinal);
        var sampler = UniformSampler.Entry.Create(new(UniformSampler.Entry.Method.Kind, new(counts)), drawn, Seed);
        var conditions = ImmutableArray.CreateBuilder<(LossTerm, ILossPass)>();
        for (var k = 0; k < drawn.Terms.Length; k++)
        {
            if (drawn.Terms[k].Role is TermRole.Boundary or TermRole.Initial)
            {
                var pass = engine.CreatePass(problem.Compile([drawn.Terms[k]]));
                pass.SetPoints(sampler.Points(k));
                conditions.Add((drawn.Terms[k], pass));
            }
        }

        _conditions = conditions.ToImmutable();
    }

    /// <summary>Adds <c>constraint/TERM</c> for each condition, at the engine's θ.</summary>
    public void Measure(ImmutableSortedDictionary<string, double>.Builder metrics)
    {
        Span<double> losses = stackalloc double[2];
        foreach (var (term, pass) in _conditions)
        {
            pass.Run([], losses[..1], losses[1..], new double[pass.PointCount], []);
            metrics.Add($"constraint/{term.Name}", Math.Sqrt(losses[0]) / term.Scale);
        }
    }

    public void Dispose()
    {
        foreach (var (_, pass) in _conditions)
        {
            pass.Dispose();
        }
    }
}
