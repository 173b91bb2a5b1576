using System.Collections.Immutable;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>The first nodes of every network: coordinates normalised to [−1, 1], periodic ones on the unit circle.</summary>
internal static class Embedding
{
    /// <summary>
    /// Begins a network for a problem. A periodic coordinate z ∈ [−1, 1] becomes (cos πz, sin πz), so the network repeats exactly with all
    /// its derivatives; the others pass as they are.
    /// </summary>
    public static (NetworkBuilder Builder, int Node) Begin(Problem problem)
    {
        var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)]);
        var periodic = Indices(problem, periodic: true);
        var plain = Indices(problem, periodic: false);
        if (periodic.IsEmpty)
        {
            return (builder, NetworkBuilder.Input);
        }

        var angles = Select(builder, problem.Dimension, periodic, Math.PI);
        var circle = builder.Add(new Node.CosSin(angles, 2 * periodic.Length));
        if (plain.IsEmpty)
        {
            return (builder, circle);
        }

        var rest = Select(builder, problem.Dimension, plain, 1);
        return (builder, builder.Add(new Node.Concat(circle, rest, (2 * periodic.Length) + plain.Length)));
    }

    private static ImmutableArray<int> Indices(Problem problem, bool periodic) =>
        [.. Enumerable.Range(0, problem.Dimension).Where(i => problem.Axes[i].Periodic == periodic)];

    private static int Select(NetworkBuilder builder, int dimension, ImmutableArray<int> rows, double factor)
    {
        var matrix = new double[rows.Length * dimension];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix[(i * dimension) + rows[i]] = factor;
        }

        return builder.Add(new Node.FixedLinear(NetworkBuilder.Input, rows.Length, [.. matrix]));
    }
}
