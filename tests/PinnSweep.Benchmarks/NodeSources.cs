using PinnSweep.Jets;

namespace PinnSweep.Benchmarks;

internal static class NodeSources
{
    /// <summary>The nodes that a node reads.</summary>
    public static int[] Of(Node node) => node switch
    {
        Node.Dense dense => [dense.Source],
        Node.FixedLinear linear => [linear.Source],
        Node.Activation activation => [activation.Source],
        Node.CosSin embedding => [embedding.Source],
        Node.Gate gate => [gate.G, gate.U, gate.V],
        Node.Blend blend => [blend.F, blend.H],
        Node.Add add => [add.A, add.B],
        Node.Multiply multiply => [multiply.A, multiply.B],
        Node.Concat concat => [concat.A, concat.B],
        _ => [],
    };
}
