using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Evaluations;

/// <summary>Uniform points of every term at which residuals are measured; no trial trains at them.</summary>
internal static class TestPoints
{
    private const int InteriorPoints = 1000;
    private const int PointsPerSide = 400;

    /// <summary>Row-major n × dimension for each term.</summary>
    public static ImmutableArray<double[]> Of(Problem problem)
    {
        var sampler = IndependentPoints.Of(problem, InteriorPoints, PointsPerSide);
        return [.. problem.Terms.Select((_, k) => sampler.Points(k).ToArray())];
    }
}
