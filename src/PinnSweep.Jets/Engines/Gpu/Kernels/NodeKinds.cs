namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Kinds of nodes as kernels know them, and what their extra numbers are.</summary>
internal static class NodeKinds
{
    /// <summary>Scale, shift and scaled directions in the data; whether it reads the second points.</summary>
    public const int Input = 0;

    /// <summary>Packed weights forward and transposed; weights and bias in θ or −1.</summary>
    public const int Dense = 1;

    /// <summary>The activation; its factor in the data or −1; slopes in θ or −1; number of slopes.</summary>
    public const int Activation = 2;

    /// <summary>As of an activation, which it is twice: without factor and slopes.</summary>
    public const int CosSin = 3;

    /// <summary>No extras.</summary>
    public const int Gate = 4;

    /// <summary>α in θ.</summary>
    public const int Blend = 5;

    /// <summary>No extras.</summary>
    public const int Add = 6;

    /// <summary>No extras.</summary>
    public const int Multiply = 7;

    /// <summary>No extras.</summary>
    public const int Concat = 8;

    /// <summary>The activation cos z, which graphs know within <see cref="CosSin"/> alone.</summary>
    public const int Cosine = 100;
}
