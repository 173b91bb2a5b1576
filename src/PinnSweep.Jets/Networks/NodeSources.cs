namespace PinnSweep.Jets.Networks;

/// <summary>The edges of a graph.</summary>
internal static class NodeSources
{
    /// <summary>The nodes that a node reads.</summary>
    public static int[] Of(Node node) => node switch
    {
        Node.Input => [],
        Node.Dense dense => [dense.Source],
        Node.FixedLinear linear => [linear.Source],
        Node.Activation activation => [activation.Source],
        Node.CosSin embedding => [embedding.Source],
        Node.Gate gate => [gate.G, gate.U, gate.V],
        Node.Blend blend => [blend.F, blend.H],
        Node.Add add => [add.A, add.B],
        Node.Multiply multiply => [multiply.A, multiply.B],
        Node.Concat concat => [concat.A, concat.B],
        _ => throw new NotSupportedException($"A node of kind {node.GetType().Name} has no sources known."),
    };

    /// <summary>Whether a node has trainable parameters of its own.</summary>
    public static bool HasParameters(Node node) => node is Node.Dense or Node.Blend or Node.Activation { SlopeOffset: >= 0 };
}
