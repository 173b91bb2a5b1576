namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>The rows of one node of the network on a tile: its features' jets and, in the reverse pass, their cotangents.</summary>
internal sealed unsafe class FeatureRows<TScalar>(int width, TScalar* values, bool dependsOnParameters)
    where TScalar : unmanaged
{
    public int Width { get; } = width;

    public TScalar* Values { get; } = values;

    /// <summary>Null while no stage has claimed it: nothing that counts uses the node.</summary>
    public TScalar* Cotangents { get; set; }

    /// <summary>Whether a parameter stands before the node, so that its cotangent leads anywhere.</summary>
    public bool DependsOnParameters { get; } = dependsOnParameters;
}
