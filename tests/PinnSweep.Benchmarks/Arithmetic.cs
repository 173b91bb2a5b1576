using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Benchmarks;

/// <summary>What a pass over points costs in multiply-adds of matrix products, whatever computes them.</summary>
internal static class Arithmetic
{
    /// <summary>Multiply-adds times two: forward, cotangent and weight gradient, over all channels and points.</summary>
    public static double Operations(NetworkGraph graph, JetLayout layout, int points)
    {
        var trained = new bool[graph.Nodes.Length];
        var sum = 0.0;
        for (var i = 0; i < trained.Length; i++)
        {
            var sources = NodeSources.Of(graph.Nodes[i]);
            var before = sources.Any(source => trained[source]);
            trained[i] = before || NodeSources.HasParameters(graph.Nodes[i]);
            if (graph.Nodes[i] is Node.Dense or Node.FixedLinear)
            {
                var products = 1 + (graph.Nodes[i] is Node.Dense ? 1 : 0) + (before ? 1 : 0);
                sum += products * (double)graph.Nodes[i].Width * graph.Nodes[sources.Single()].Width;
            }
        }

        return 2 * sum * layout.Channels * points;
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
