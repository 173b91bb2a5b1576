using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Jets.Networks;

/// <summary>Activation functions.</summary>
public enum ActivationKind
{
    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>sin z (a frequency is <see cref="Node.Activation.Factor"/>).</summary>
    Sin,

    /// <summary>z / (1 + e⁻ᶻ).</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>ln(1 + eᶻ).</summary>
    Softplus,

    /// <summary>z Φ(z), exact (erf) form.</summary>
    GELU,

    /// <summary>max(0, z); no second derivative.</summary>
    ReLU,

    /// <summary>max(0, z)³; twice differentiable.</summary>
    ReLU3,

    /// <summary>max(0, z)²; once differentiable.</summary>
    ReLU2,

    /// <summary>max(0, z)⁴; three times differentiable.</summary>
    ReLU4,

    /// <summary>max(0, z)⁵; four times differentiable, which is as far as engines go.</summary>
    ReLU5,
}

/// <summary>
/// A node of a network in single-assignment form. A node's value is a vector of features, each carried with all channels of the jet.
/// Offsets point into θ; −1 means absent. Node indices are positions in <see cref="NetworkGraph.Nodes"/>.
/// </summary>
public abstract record Node(int Width)
{
    /// <summary>The coordinates, each mapped to scale·x + shift (derivatives carry the scale by the chain rule). Always node 0.</summary>
    public sealed record Input(ImmutableArray<double> Scale, ImmutableArray<double> Shift) : Node(Scale.Length);

    /// <summary>
    /// W h + b, with W row-major Width × width of source; where <see cref="ScaleOffset"/> ≥ 0, row i of W is exp(s_i) V_i (random weight
    /// factorization).
    /// </summary>
    public sealed record Dense(int Source, int Width, int WeightOffset, int BiasOffset, int ScaleOffset = -1) : Node(Width);

    /// <summary>A fixed linear map: matrix row-major Width × width of source, no parameters.</summary>
    public sealed record FixedLinear(int Source, int Width, ImmutableArray<double> Matrix) : Node(Width);

    /// <summary>
    /// σ(factor·a·z) per feature, a trainable where <see cref="SlopeOffset"/> ≥ 0 (one slope, or one a feature by
    /// <see cref="SlopeCount"/>), else 1.
    /// </summary>
    public sealed record Activation(int Source, int Width, ActivationKind Kind, double Factor = 1, int SlopeOffset = -1, int SlopeCount = 1) : Node(Width);

    /// <summary>[cos h, sin h]: twice the source's width.</summary>
    public sealed record CosSin(int Source, int Width) : Node(Width);

    /// <summary>g ⊙ u + (1 − g) ⊙ v (modified MLP).</summary>
    public sealed record Gate(int G, int U, int V, int Width) : Node(Width);

    /// <summary>α f + (1 − α) h with one trainable α (PirateNet).</summary>
    public sealed record Blend(int F, int H, int AlphaOffset, int Width) : Node(Width);

    /// <summary>a + b (residual connection).</summary>
    public sealed record Add(int A, int B, int Width) : Node(Width);

    /// <summary>a ⊙ b (space-time Fourier features).</summary>
    public sealed record Multiply(int A, int B, int Width) : Node(Width);

    /// <summary>[a, b].</summary>
    public sealed record Concat(int A, int B, int Width) : Node(Width);
}

/// <summary>What a block of parameters is to the network; balancers choose by it which gradients enter their statistics.</summary>
public enum BlockRole
{
    /// <summary>A weight matrix of the main path.</summary>
    Weight,

    /// <summary>A bias of the main path.</summary>
    Bias,

    /// <summary>A weight matrix of an encoder or embedding beside the main path.</summary>
    EncoderWeight,

    /// <summary>A bias of an encoder.</summary>
    EncoderBias,

    /// <summary>Slopes of activations, scales of rows, blending factors.</summary>
    Other,

    /// <summary>Trainable coefficients of the residual.</summary>
    Coefficient,
}

/// <summary>A named piece of θ.</summary>
public sealed record ParameterBlock(string Name, int Offset, int Length, BlockRole Role);

/// <summary>Fills a block of θ; earlier blocks are final and may be read.</summary>
public delegate void Initializer(Span<double> block, ReadOnlySpan<double> theta, RandomStream stream);

/// <summary>A network: a graph of nodes over one flat parameter vector θ, and how θ begins.</summary>
/// <param name="Nodes">The nodes; sources precede their users, the first is <see cref="Node.Input"/>, the last is the output.</param>
/// <param name="Blocks">The blocks of θ in order, without gaps.</param>
/// <param name="Initializers">One for each block.</param>
public sealed record NetworkGraph(ImmutableArray<Node> Nodes, ImmutableArray<ParameterBlock> Blocks, ImmutableArray<Initializer> Initializers)
{
    /// <summary>Length of θ.</summary>
    public int ParameterCount => Blocks.Sum(block => block.Length);

    /// <summary>Number of coordinates.</summary>
    public int InputDimension => Nodes[0].Width;

    /// <summary>Number of outputs.</summary>
    public int Outputs => Nodes[^1].Width;

    /// <summary>The initial θ drawn from a stream.</summary>
    public double[] Initialize(RandomStream stream)
    {
        var theta = new double[ParameterCount];
        for (var i = 0; i < Blocks.Length; i++)
        {
            var copy = theta.AsSpan(0, Blocks[i].Offset).ToArray();
            Initializers[i](theta.AsSpan(Blocks[i].Offset, Blocks[i].Length), copy, stream);
        }

        return theta;
    }
}
