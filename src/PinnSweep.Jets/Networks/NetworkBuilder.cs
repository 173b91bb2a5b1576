namespace PinnSweep.Jets;

/// <summary>Builds a <see cref="NetworkGraph"/> node by node; every method returns the index of the node it adds.</summary>
public sealed class NetworkBuilder
{
    private readonly List<Node> _nodes = [];
    private readonly List<ParameterBlock> _blocks = [];
    private readonly List<Initializer> _initializers = [];
    private int _parameters;

    /// <summary>Begins with the input mapped from the box [lower, upper] to [−span, span] in every coordinate, or left as it is.</summary>
    public NetworkBuilder(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, bool normalise = true, double span = 1)
    {
        var scale = new double[lower.Length];
        var shift = new double[lower.Length];
        for (var i = 0; i < scale.Length; i++)
        {
            scale[i] = normalise ? 2 * span / (upper[i] - lower[i]) : 1;
            shift[i] = normalise ? -span * (upper[i] + lower[i]) / (upper[i] - lower[i]) : 0;
        }

        _nodes.Add(new Node.Input([.. scale], [.. shift]));
    }

    /// <summary>The input node.</summary>
    public static int Input => 0;

    /// <summary>The width of a node.</summary>
    public int Width(int node) => _nodes[node].Width;

    /// <summary>Adds a block of parameters; returns its offset in θ.</summary>
    public int Parameters(string name, int length, BlockRole role, Initializer initializer)
    {
        var offset = _parameters;
        _blocks.Add(new(name, offset, length, role));
        _initializers.Add(initializer);
        _parameters += length;
        return offset;
    }

    /// <summary>A dense layer with Glorot-normal weights and zero bias unless initializers are given.</summary>
    public int Dense(string name, int source, int width, Initializer? weights = null, Initializer? bias = null, bool encoder = false)
    {
        var fanIn = Width(source);
        var w = Parameters($"{name}.weight", fanIn * width, encoder ? BlockRole.EncoderWeight : BlockRole.Weight, weights ?? Initializers.GlorotNormal(fanIn, width));
        var b = Parameters($"{name}.bias", width, encoder ? BlockRole.EncoderBias : BlockRole.Bias, bias ?? Initializers.Constant(0));
        return Add(new Node.Dense(source, width, w, b));
    }

    /// <summary>An activation without trainable slope.</summary>
    public int Activate(int source, ActivationKind kind, double factor = 1) => Add(new Node.Activation(source, Width(source), kind, factor));

    /// <summary>Adds any node.</summary>
    public int Add(Node node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    /// <summary>The finished graph; the last node added is the output.</summary>
    public NetworkGraph Build() => new([.. _nodes], [.. _blocks], [.. _initializers]);
}
