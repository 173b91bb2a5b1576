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

    /// <summary>The parameter of problems whose published noise is not relative: its standard deviation.</summary>
    /// <param name="standard">As published.</param>
    public static Parameter<double> Deviation(double standard) => MethodParameters.Number("sigma", standard, 0, 1e6, "standard deviation of the noise");

    /// <summary>The loss term u − measured value.</summary>
    /// <param name="problem">Axes and solution.</param>
    /// <param name="level">Has <see cref="Parameters"/>.</param>
    public static LossTerm Term(Problem problem, Level level)
    {
        var noise = Noise.Of(level);
        return Term(problem, Points(problem, Count.Of(level)), exactly => noise * Math.Sqrt(exactly.Average(u => u * u)));
    }

    /// <summary>Independent uniform points of a box, row-major.</summary>
    public static double[] Points(Problem problem, int count)
    {
        var points = new double[count * problem.Dimension];
        var stream = new RandomStream(Seed, PointSets.Data);
        for (var i = 0; i < points.Length; i++)
        {
            var axis = problem.Axes[i % problem.Dimension];
            points[i] = axis.Lower + (axis.Extent * stream.NextDouble());
        }

        return points;
    }

    /// <summary>The loss term u − measured value for the first output.</summary>
    /// <param name="problem">Axes and solution.</param>
    /// <param name="points">Where it is measured, row-major.</param>
    /// <param name="deviation">The standard deviation of the noise, from the values without.</param>
    public static LossTerm Term(Problem problem, double[] points, Func<double[], double> deviation)
    {
        var dimension = problem.Dimension;
        var values = new Lazy<Dictionary<string, double>>(() => Values(problem, points, deviation));
        var measured = new Expr.KnownFunction("measured", point => values.Value[Key(point)]);
        return LossTerm.Data([.. points], Expr.OutputOf(0, dimension) - measured, 1);
    }

    private static Dictionary<string, double> Values(Problem problem, double[] points, Func<double[], double> deviation)
    {
        var stream = new RandomStream(Seed, "noise");
        var value = new double[problem.Outputs.Length];
        var exactly = points.Chunk(problem.Dimension).Select(point =>
        {
            problem.Exact(point, value);
            return value[0];
        }).ToArray();
        var size = deviation(exactly);
        return points.Chunk(problem.Dimension).Zip(exactly).ToDictionary(pair => Key(pair.First), pair => pair.Second + (size * stream.NextGaussian()), StringComparer.Ordinal);
    }

    /// <summary>All digits of the point: a value belongs to this very point, not to its neighbourhood.</summary>
    public static string Key(ReadOnlySpan<double> point) => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(point));
}
