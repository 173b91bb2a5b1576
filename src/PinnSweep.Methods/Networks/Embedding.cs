using System.Collections.Concurrent;
using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>The first nodes of every network: normalized coordinates, periodic ones on the unit circle.</summary>
internal static class Embedding
{
    // A plan makes the network of every cell, and a sample of millions takes a tenth of a second.
    private static readonly ConcurrentDictionary<(int Count, string Axis), (double Mean, double Deviation)> Moments = new();

    /// <summary>Whether coordinates are mapped to [−span, span].</summary>
    public static Parameter<bool> Normalize { get; } = MethodParameters.Flag(
        "normalise", standard: true, "map every coordinate to [−span, span] first");

    /// <summary>The largest normalized coordinate.</summary>
    public static Parameter<double> Span { get; } = MethodParameters.Positive(
        "span",
        1,
        "largest normalized coordinate; √3 = 1.7320508 gives uniform points the standard deviation 1 (the programs of arXiv:2001.04536)");

    /// <summary>K.</summary>
    public static Parameter<int> Harmonics { get; } = MethodParameters.Count(
        "harmonics", 1, "K of periodic coordinates x: cos(2πkx/P), sin(2πkx/P), k = 1 … K", maximum: 64);

    /// <summary>Begins a network as a level says.</summary>
    public static (NetworkBuilder Builder, int Node) Begin(Problem problem, Level level) =>
        Begin(problem, Normalize.Of(level), Harmonics.Of(level), Span.Of(level), Standardize.Of(level));

    /// <summary>
    /// Begins a network for a problem. A periodic coordinate z ∈ [−1, 1] becomes cos πkz and sin πkz, k = 1 … K, so the network repeats
    /// exactly with all its derivatives (Dong, Ni 2021, arXiv:2007.07442); the others pass as they are.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="normalise">Whether coordinates are mapped to [−span, span]; periodic ones turn once over their period either
    /// way.</param>
    /// <param name="harmonics">K.</param>
    /// <param name="span">Largest normalized coordinate.</param>
    /// <param name="sample">Points whose mean and standard deviation normalize the coordinates that do not repeat; null for their
    /// bounds.</param>
    public static (NetworkBuilder Builder, int Node) Begin(Problem problem, bool normalise = true, int harmonics = 1, double span = 1, int? sample = null)
    {
        var bounds = sample is { } points && normalise ? Sampled(problem, points, span) : [.. problem.Axes.Select(axis => (axis.Lower, axis.Upper))];
        var builder = new NetworkBuilder([.. bounds.Select(bound => bound.Lower)], [.. bounds.Select(bound => bound.Upper)], normalise, span);
        return (builder, Of(builder, problem, [.. Enumerable.Range(0, problem.Dimension)], normalise, harmonics, span));
    }

    /// <summary>The embedding of some of the coordinates.</summary>
    public static int Of(NetworkBuilder builder, Problem problem, ImmutableArray<int> coordinates, bool normalise, int harmonics, double span)
    {
        var periodic = coordinates.Where(i => problem.Axes[i].Periodic).ToImmutableArray();
        var plain = coordinates.Where(i => !problem.Axes[i].Periodic).ToImmutableArray();
        if (plain.Length == problem.Dimension)
        {
            return NetworkBuilder.Input;
        }

        if (periodic.IsEmpty)
        {
            return Select(builder, problem.Dimension, [.. plain.Select(i => (i, 1.0))]);
        }

        var turns = Enumerable.Range(1, harmonics)
            .SelectMany(k => periodic.Select(i => (i, k * (normalise ? Math.PI / span : 2 * Math.PI / problem.Axes[i].Extent))))
            .ToImmutableArray();
        var angles = Select(builder, problem.Dimension, turns);
        var circle = builder.Add(new Node.CosSin(angles, 2 * turns.Length));
        if (plain.IsEmpty)
        {
            return circle;
        }

        var rest = Select(builder, problem.Dimension, [.. plain.Select(i => (i, 1.0))]);
        return builder.Add(new Node.Concat(circle, rest, (2 * turns.Length) + plain.Length));
    }

    /// <summary>Whether coordinates are normalized by a sample; it came later than the networks.</summary>
    public static Parameter<int?> Standardize { get; } = MethodParameters.OptionalCount(
        "standardise",
        "normalize by mean and standard deviation of so many uniform points instead of the bounds (the programs of arXiv:2001.04536: "
            + "100,000); one sample for all seeds; null uses the bounds",
        minimum: 10,
        maximum: 10_000_000) with
    {
        Absent = SpecValue.None.Value,
    };

    /// <summary>Bounds that a normalization to [−span, span] makes into (x − mean)/deviation.</summary>
    private static (double Lower, double Upper)[] Sampled(Problem problem, int count, double span) =>
    [
        .. problem.Axes.Select(axis =>
        {
            if (axis.Periodic)
            {
                return (axis.Lower, axis.Upper);
            }

            var (mean, deviation) = Moments.GetOrAdd((count, axis.Name), sample => MomentsOf(sample.Count, sample.Axis));
            var (middle, spread) = (axis.Lower + (mean * axis.Extent), deviation * axis.Extent * span);
            return (middle - spread, middle + spread);
        }),
    ];

    private static (double Mean, double Deviation) MomentsOf(int count, string axis)
    {
        var unit = new double[count];
        new RandomStream(0, $"standardise/{axis}").FillUniform(unit);
        var mean = unit.Average();
        return (mean, Math.Sqrt(unit.Average(x => (x - mean) * (x - mean))));
    }

    private static int Select(NetworkBuilder builder, int dimension, ImmutableArray<(int Coordinate, double Factor)> rows)
    {
        var matrix = new double[rows.Length * dimension];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix[(i * dimension) + rows[i].Coordinate] = rows[i].Factor;
        }

        return builder.Add(new Node.FixedLinear(NetworkBuilder.Input, rows.Length, [.. matrix]));
    }
}
