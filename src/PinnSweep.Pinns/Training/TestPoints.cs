using System.Collections.Immutable;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>Uniform points of every term at which residuals are measured; no trial trains at them.</summary>
internal static class TestPoints
{
    private const int InteriorPoints = 1000;
    private const int PointsPerSide = 400;

    // No trial has this seed.
    private const long Seed = long.MinValue;

    /// <summary>Row-major n × dimension for each term.</summary>
    public static ImmutableArray<double[]> Of(Problem problem)
    {
        var drawn = problem.WithoutData();
        var counts = drawn.UsedPointSets.ToImmutableSortedDictionary(
            set => set, SpecValue (set) => new SpecValue.Number(set == PointSets.Interior ? InteriorPoints : PointsPerSide), StringComparer.Ordinal);
        var sampler = MeasuredPoints.Around(problem, without => UniformSampler.Entry.Create(new(UniformSampler.Entry.Method.Kind, new(counts)), without, Seed));
        return [.. problem.Terms.Select((_, k) => sampler.Points(k).ToArray())];
    }
}
