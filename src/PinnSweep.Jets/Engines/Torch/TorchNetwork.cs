using PinnSweep.Jets.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Carries <see cref="TorchSeries"/> through the nodes of a graph. θ is [P], or [R, P] for R replicas, each with a network of its
/// own; points are then shared [1, n, d] or the replica's own [R, 1, n, d], and fixed matrices shared too or the replica's own.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly NetworkGraph _graph;
    private readonly long[] _lengths;
    private readonly Dictionary<int, int> _blockAt = [];
    private readonly Dictionary<Node, Tensor> _fixed = new(ReferenceEqualityComparer.Instance);

    public TorchNetwork(NetworkGraph graph, int coefficients, ScalarType type, Device device)
        : this(graph, coefficients, node => TorchMemory.Persist(node.Matrix.AsSpan(), [node.Width, graph.Nodes[node.Source].Width], type, device))
    {
        // What differs is where fixed matrices come from.
    }

    /// <summary>Replicas whose graphs differ in their fixed matrices and maps of coordinates alone.</summary>
    public TorchNetwork(IReadOnlyList<NetworkGraph> replicas, int coefficients, ScalarType type, Device device)
        : this(replicas[0], coefficients, node => TorchMemory.Persist(
            [.. replicas.SelectMany(graph => ((Node.FixedLinear)graph.Nodes[replicas[0].Nodes.IndexOf(node, 0, ReferenceEqualityComparer.Instance)]).Matrix)],
            [replicas.Count, node.Width, replicas[0].Nodes[node.Source].Width],
            type,
            device))
    {
        // What differs is where fixed matrices come from.
    }

    private TorchNetwork(NetworkGraph graph, int coefficients, Func<Node.FixedLinear, Tensor> matrixOf)
    {
        _graph = graph;
        Input = (Node.Input)graph.Nodes[0];
        _lengths = [.. graph.Blocks.Select(block => (long)block.Length), coefficients];
        for (var i = 0; i < graph.Blocks.Length; i++)
        {
            _blockAt[graph.Blocks[i].Offset] = i;
        }

        foreach (var node in graph.Nodes.OfType<Node.FixedLinear>())
        {
            _fixed[node] = matrixOf(node);
        }
    }

    public Node.Input Input { get; }

    /// <summary>The coordinates as the first node gives them, mapped in fp64: the values of node 0 for row-major n × d points.</summary>
    public static void MapPoints(Node.Input input, ReadOnlySpan<double> points, Span<double> mapped)
    {
        for (var i = 0; i < points.Length; i++)
        {
            mapped[i] = (input.Scale[i % input.Width] * points[i]) + input.Shift[i % input.Width];
        }
    }

    /// <summary>The outputs, and the coefficients behind the network's parameters, […, coefficients].</summary>
    public (TorchSeries Outputs, Tensor Coefficients) Forward(Tensor theta, Tensor mappedPoints, TorchLayout layout)
    {
        var pass = new Pass(this, theta);
        var values = new TorchSeries[_graph.Nodes.Length];
        var derivatives = new Tensor?[layout.Counts.Length];
        if (derivatives.Length > 0)
        {
            derivatives[0] = layout.Slopes;
        }

        values[0] = new(mappedPoints, [.. derivatives], layout.Counts);
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = pass.Apply(_graph.Nodes[i], values);
        }

        return (values[^1], pass.Coefficients);
    }

    public void Dispose()
    {
        foreach (var matrix in _fixed.Values)
        {
            matrix.Dispose();
        }
    }

    private sealed class Pass(TorchNetwork network, Tensor theta)
    {
        private readonly Tensor[] _pieces = theta.split(network._lengths, dim: -1);
        private readonly bool _replicas = theta.dim() == 2;

        public Tensor Coefficients => _pieces[^1];

        public TorchSeries Apply(Node node, TorchSeries[] values) => node switch
        {
            Node.Dense dense => Dense(dense, values[dense.Source], network._graph.Nodes[dense.Source].Width),
            Node.FixedLinear linear => values[linear.Source].Map(h => Fixed(h, network._fixed[linear])),
            Node.Activation activation => Activate(activation, values[activation.Source]),
            Node.CosSin wave => CosSin(values[wave.Source]),
            Node.Gate gate => values[gate.V].Plus(values[gate.G].Times(values[gate.U].Minus(values[gate.V]))),
            Node.Blend blend => Blend(blend, values[blend.F], values[blend.H]),
            Node.Add add => values[add.A].Plus(values[add.B]),
            Node.Multiply multiply => values[multiply.A].Times(values[multiply.B]),
            Node.Concat concat => Concat(values[concat.A], values[concat.B]),
            _ => throw new ArgumentException($"Unknown node {node}.", nameof(node)),
        };

        private Tensor Piece(int offset, int length)
        {
            return network._blockAt.TryGetValue(offset, out var index) && network._lengths[index] == length ? _pieces[index] : theta.narrow(-1, offset, length);
        }

        // Per feature: [w], or [R, 1, 1, w] beside […, m, n, w].
        private Tensor Vector(int offset, int length)
        {
            var piece = Piece(offset, length);
            return _replicas ? piece.view(-1, 1, 1, length) : piece;
        }

        private TorchSeries Dense(Node.Dense node, TorchSeries source, int width)
        {
            var flat = Piece(node.WeightOffset, node.Width * width);
            var weight = _replicas ? flat.view(-1, node.Width, width) : flat.view(node.Width, width);
            if (node.ScaleOffset >= 0)
            {
                weight = Piece(node.ScaleOffset, node.Width).exp().unsqueeze(-1).Times(weight);
            }

            var result = source.Map(h => Product(h, weight));
            return node.BiasOffset < 0 ? result : result with { Value = result.Value.Plus(Vector(node.BiasOffset, node.Width)) };
        }

        private static Tensor Fixed(Tensor h, Tensor matrix) => matrix.dim() == 2 ? torch.matmul(h, matrix.t()) : ProductOfReplicas(h, matrix);

        private Tensor Product(Tensor h, Tensor weight) => _replicas ? ProductOfReplicas(h, weight) : torch.matmul(h, weight.t());

        private static Tensor ProductOfReplicas(Tensor h, Tensor weight)
        {
            var (replicas, rows, points, width) = (weight.shape[0], h.shape[^3], h.shape[^2], h.shape[^1]);
            var batch = h.expand([replicas, rows, points, width]).reshape(replicas, rows * points, width);
            return batch.bmm(weight.mT).view(replicas, rows, points, -1);
        }

        private TorchSeries Activate(Node.Activation node, TorchSeries source)
        {
            if (node.SlopeOffset >= 0)
            {
                var slope = Vector(node.SlopeOffset, node.SlopeCount).Times(node.Factor);
                source = source.Map(h => h.Times(slope));
            }
            else if (node.Factor != 1)
            {
                source = source.Map(h => h.Times(node.Factor));
            }

            return source.Compose(TorchActivation.Derivatives(node.Kind, source.Value, source.Counts.Length));
        }

        private static TorchSeries CosSin(TorchSeries source)
        {
            var (sin, cos, order) = (source.Value.sin(), source.Value.cos(), source.Counts.Length);
            return Concat(
                source.Compose(TorchActivation.Wave(sin, cos, order, quarter: true)),
                source.Compose(TorchActivation.Wave(sin, cos, order, quarter: false)));
        }

        private TorchSeries Blend(Node.Blend node, TorchSeries f, TorchSeries h)
        {
            var alpha = Vector(node.AlphaOffset, 1);
            return h.Plus(f.Minus(h).Map(difference => alpha.Times(difference)));
        }

        private static TorchSeries Concat(TorchSeries a, TorchSeries b)
        {
            var derivatives = a.Derivatives.Zip(b.Derivatives, (left, right) => (left, right) switch
            {
                (null, null) => null,
                (null, not null) => Join(ZerosBeside(right, a.Value), right),
                (not null, null) => Join(left, ZerosBeside(left, b.Value)),
                _ => Join(left, right),
            });
            return a with { Value = Join(a.Value, b.Value), Derivatives = [.. derivatives] };
        }

        private static Tensor ZerosBeside(Tensor present, Tensor value)
        {
            var shape = present.shape;
            shape[^1] = value.shape[^1];
            return torch.zeros(shape, present.dtype, present.device);
        }

        private static Tensor Join(Tensor a, Tensor b)
        {
            var common = new long[Math.Max(a.dim(), b.dim()) - 1];
            for (var i = 1; i <= common.Length; i++)
            {
                common[^i] = Math.Max(Length(a, i), Length(b, i));
            }

            return torch.cat([a.expand([.. common, a.shape[^1]]), b.expand([.. common, b.shape[^1]])], -1);
        }

        private static long Length(Tensor tensor, int fromEnd) => fromEnd < tensor.dim() ? tensor.shape[^(fromEnd + 1)] : 1;
    }
}
