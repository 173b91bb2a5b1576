using System.Collections.Immutable;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Methods.Optimizers;

/// <summary>A weight matrix within θ, row-major: one row an output, one column an input.</summary>
public readonly record struct ParameterMatrix(int Offset, int Rows, int Columns)
{
    /// <summary>Rows · Columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>The matrices of a network's dense layers, each once, in the order of θ.</summary>
    public static ImmutableArray<ParameterMatrix> Of(NetworkGraph network) =>
        [.. network.Nodes.OfType<Node.Dense>().Select(node => new ParameterMatrix(node.WeightOffset, node.Width, network.Nodes[node.Source].Width)).Distinct().OrderBy(matrix => matrix.Offset)];
}
