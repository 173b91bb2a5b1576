using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// How well a network satisfies its problem, whether or not the solution is known, at uniform points that no training point is taken from: weights
/// of terms and points never enter. Of each condition, <c>constraint/TERM</c>: the root mean square of its residual relative to its scale, which for a
/// condition on u itself is the relative error of u there. Of the whole problem, <c>residual_l2</c>: √Σ (mean r² / scale²) over all terms, those with
/// measured values included. A sum, not a mean: a term that a network keeps by construction adds nothing, so networks with and without it compare.
/// </summary>
internal sealed class ResidualErrors : IDisposable
{
    private const int InteriorPoints = 1000;
    private const int PointsPerSide = 400;

    // No trial has this seed, so none trains at these points.
    private const long Seed = long.MinValue;
    private readonly ImmutableArray<(LossTerm Term, ILossPass Pass)> _terms;
    private readonly double[] _residuals;

    public ResidualErrors(Problem problem, IJetEngine engine)
    {
        var drawn = problem.WithoutData();
        var counts = drawn.UsedPointSets.ToImmutableSortedDictionary(
            set => set, SpecValue (set) => new SpecValue.Number(set == PointSets.Interior ? InteriorPoints : PointsPerSide), StringComparer.Ordinal);
        var sampler = MeasuredPoints.Around(problem, without => UniformSampler.Entry.Create(new(UniformSampler.Entry.Method.Kind, new(counts)), without, Seed));
        var terms = ImmutableArray.CreateBuilder<(LossTerm, ILossPass)>(problem.Terms.Length);
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            var pass = engine.CreatePass(problem.Compile([problem.Terms[k]]));
            pass.SetPoints(sampler.Points(k));
            terms.Add((problem.Terms[k], pass));
        }

        _terms = terms.ToImmutable();
        _residuals = new double[_terms.Max(term => term.Pass.PointCount)];
    }

    /// <summary>Adds the measures, at the engine's θ.</summary>
    public void Measure(ImmutableSortedDictionary<string, double>.Builder metrics)
    {
        Span<double> losses = stackalloc double[2];
        var sum = 0.0;
        foreach (var (term, pass) in _terms)
        {
            pass.Run([], losses[..1], losses[1..], _residuals.AsSpan(0, pass.PointCount), []);
            var error = Math.Sqrt(losses[0]) / term.Scale;
            sum += error * error;
            if (term.Role is TermRole.Boundary or TermRole.Initial)
            {
                metrics.Add($"constraint/{term.Name}", error);
            }
        }

        metrics.Add(CurvePoint.ResidualL2, Math.Sqrt(sum));
    }

    public void Dispose()
    {
        foreach (var (_, pass) in _terms)
        {
            pass.Dispose();
        }
    }
}
