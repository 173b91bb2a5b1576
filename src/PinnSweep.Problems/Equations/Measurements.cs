using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Made measurements of a known solution for inverse problems: independent uniform points, and values with Gaussian noise. They belong to
/// the problem, not to the trial: every seed meets the same ones. Values are computed when a training first asks.
/// </summary>
internal static class Measurements
{
    private const long Seed = 1;

    private static readonly Parameter<int> Count = MethodParameters.Count(
        "measurements", 1000, "points where u is measured", maximum: 100_000);
    private static readonly Parameter<double> Noise = MethodParameters.Fraction(
        "noise", 0.01, "standard deviation of the noise, relative to the root mean square of u");

    /// <summary>The parameters of problems that use them.</summary>
    public static ImmutableArray<Parameter> Parameters(int count) => [Count with { Default = new SpecValue.Number(count) }, Noise];

    /// <summary>The loss term u − measured value.</summary>
    /// <param name="problem">Axes and solution.</param>
    /// <param name="level">Has <see cref="Parameters"/>.</param>
    public static LossTerm Term(Problem problem, Level level)
    {
        var (count, noise, dimension) = (Count.Of(level), Noise.Of(level), problem.Dimension);
        var points = new double[count * dimension];
        var stream = new RandomStream(Seed, PointSets.Data);
        for (var i = 0; i < points.Length; i++)
        {
            var axis = problem.Axes[i % dimension];
            points[i] = axis.Lower + (axis.Extent * stream.NextDouble());
        }

        var values = new Lazy<Dictionary<string, double>>(() => Values(problem.Exact, points, dimension, noise));
        var measured = new Expr.KnownFunction("measured", point => values.Value[Key(point)]);
        return LossTerm.Data([.. points], Expr.OutputOf(0, dimension) - measured, 1);
    }

    private static Dictionary<string, double> Values(ExactSolution exact, double[] points, int dimension, double noise)
    {
        var stream = new RandomStream(Seed, "noise");
        var value = new double[1];
        var exactly = points.Chunk(dimension).Select(point =>
        {
            exact(point, value);
            return value[0];
        }).ToArray();
        var deviation = noise * Math.Sqrt(exactly.Average(u => u * u));
        return points.Chunk(dimension).Zip(exactly).ToDictionary(pair => Key(pair.First), pair => pair.Second + (deviation * stream.NextGaussian()), StringComparer.Ordinal);
    }

    /// <summary>All digits of the point: a value belongs to this very point, not to its neighbourhood.</summary>
    public static string Key(ReadOnlySpan<double> point) => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(point));
}
