using System.Collections.Immutable;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>The first nodes of every network: normalised coordinates, periodic ones on the unit circle.</summary>
internal static class Embedding
{
    /// <summary>
    /// Begins a network for a problem. A periodic coordinate z ∈ [−1, 1] becomes cos πkz and sin πkz, k = 1 … K, so the network repeats exactly
    /// with all its derivatives (Dong, Ni 2021, arXiv:2007.07442); the others pass as they are.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="normalise">Whether coordinates are mapped to [−span, span]; periodic ones turn once over their period either way.</param>
    /// <param name="harmonics">K.</param>
    /// <param name="span">Largest normalised coordinate.</param>
    public static (NetworkBuilder Builder, int Node) Begin(Problem problem, bool normalise = true, int harmonics = 1, double span = 1)
    {
        var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)], normalise, span);
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
