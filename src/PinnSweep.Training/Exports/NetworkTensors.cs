using System.Globalization;
using PinnSweep.Jets.Networks;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>Numbers of a network with a name.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Shape">Sizes, the last running fastest.</param>
/// <param name="Values">The numbers.</param>
internal readonly record struct NamedTensor(string Name, int[] Shape, double[] Values);

/// <summary>
/// The numbers of a network by the names of its blocks: parameters in the shape of their layer, and what is fixed (scale and shift of the
/// input, drawn frequencies). With windows of time the number of the part stands in front.
/// </summary>
internal static class NetworkTensors
{
    /// <summary>All of them, part by part.</summary>
    public static IEnumerable<NamedTensor> Of(TrainedSolution solution) => solution.Networks.SelectMany((network, part) =>
        Of(network, [.. solution.Saved.Parts[part].Theta], solution.Networks.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"part{part}.")));

    private static IEnumerable<NamedTensor> Of(NetworkGraph network, double[] theta, string prefix)
    {
        foreach (var block in network.Blocks)
        {
            yield return new($"{prefix}{block.Name}", ShapeOf(network, block), theta[block.Offset..(block.Offset + block.Length)]);
        }

        for (var i = 0; i < network.Nodes.Length; i++)
        {
            if (network.Nodes[i] is Node.Input input)
            {
                yield return new($"{prefix}input.scale", [input.Width], [.. input.Scale]);
                yield return new($"{prefix}input.shift", [input.Width], [.. input.Shift]);
            }
            else if (network.Nodes[i] is Node.FixedLinear linear)
            {
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{prefix}fixed{i}.weight"), [linear.Width, network.Nodes[linear.Source].Width], [.. linear.Matrix]);
            }
        }
    }

    private static int[] ShapeOf(NetworkGraph network, ParameterBlock block) =>
        network.Nodes.OfType<Node.Dense>().FirstOrDefault(dense => dense.WeightOffset == block.Offset && dense.Width * network.Nodes[dense.Source].Width == block.Length) is { } layer
            ? [layer.Width, network.Nodes[layer.Source].Width]
            : [block.Length];
}
