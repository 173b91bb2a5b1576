namespace PinnSweep.Jets.Networks;

/// <summary>Builds a <see cref="NetworkGraph"/> node by node; every method returns the index of the node it adds.</summary>
/// <exception cref="NetworkTooLargeException">By any method that adds something: the network becomes larger than can be
/// trained.</exception>
public sealed class NetworkBuilder
{
    /// <summary>Trainable parameters; those of published PINNs are below a million.</summary>
    public const int MostParameters = 200_000_000;

    /// <summary>Fixed weights, such as frequencies that are drawn once.</summary>
    public const int MostFixed = 30_000_000;

    /// <summary>Nodes of the graph.</summary>
    public const int MostNodes = 20_000;

    private readonly List<Node> _nodes = [];
    private readonly List<ParameterBlock> _blocks = [];
    private readonly List<Initializer> _initializers = [];
    private int _parameters;
    private long _fixed;

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
    public int Parameters(string name, long length, BlockRole role, Initializer initializer)
    {
        if (_parameters + length > MostParameters)
        {
            throw new NetworkTooLargeException("trainable parameters", MostParameters);
        }

        var offset = _parameters;
        _blocks.Add(new(name, offset, (int)length, role));
        _initializers.Add(initializer);
        _parameters += (int)length;
        return offset;
    }

    /// <summary>Tells how many fixed weights a node will have, before they are made.</summary>
    public void Reserve(long weights)
    {
        _fixed += weights;
        if (_fixed > MostFixed)
        {
            throw new NetworkTooLargeException("fixed weights", MostFixed);
        }
    }

    /// <summary>A dense layer with Glorot-normal weights and zero bias unless initializers are given.</summary>
    public int Dense(string name, int source, int width, Initializer? weights = null, Initializer? bias = null, bool encoder = false)
    {
        var fanIn = Width(source);
        var w = Parameters($"{name}.weight", (long)fanIn * width, encoder ? BlockRole.EncoderWeight : BlockRole.Weight, weights ?? Initializers.GlorotNormal(fanIn, width));
        var b = Parameters($"{name}.bias", width, encoder ? BlockRole.EncoderBias : BlockRole.Bias, bias ?? Initializers.Constant(0));
        return Add(new Node.Dense(source, width, w, b));
    }

    /// <summary>An activation without trainable slope.</summary>
    public int Activate(int source, ActivationKind kind, double factor = 1) => Add(new Node.Activation(source, Width(source), kind, factor));

    /// <summary>Adds any node.</summary>
    public int Add(Node node)
    {
        if (_nodes.Count >= MostNodes)
        {
            throw new NetworkTooLargeException("nodes", MostNodes);
        }

        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    /// <summary>The finished graph; the last node added is the output.</summary>
    public NetworkGraph Build() => new([.. _nodes], [.. _blocks], [.. _initializers]);
}

/// <summary>A network is larger than can be trained.</summary>
public sealed class NetworkTooLargeException(string what, int most) : Exception(FormattableString.Invariant($"has more than {most:N0} {what}"));
