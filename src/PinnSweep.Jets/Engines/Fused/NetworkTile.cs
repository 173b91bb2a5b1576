using PinnSweep.Jets.Engines.Fused.Activations;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Engines.Fused.Stages;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// The network laid out on the memory of one tile: a stage for each node, run in order for the jets and in reverse for cotangents and
/// gradient. Everything a tile needs stays in the first two cache levels.
/// </summary>
internal sealed unsafe class NetworkTile<TSimd, TVector, TScalar> : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly InputStage<TSimd, TVector, TScalar> _input;
    private readonly Stage<TSimd, TVector, TScalar>[] _stages;
    private readonly Stage<TSimd, TVector, TScalar>[] _reversed;
    private readonly AlignedBuffer<TScalar> _values;
    private readonly AlignedBuffer<TScalar> _scratch;

    /// <summary>Lays the network out.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="shape">The rows.</param>
    /// <param name="workspace">Memory for one tile at a time; several tiles of one shape and network may share it, and who made it disposes
    /// it.</param>
    public NetworkTile(NetworkParameters<TSimd, TVector, TScalar> parameters, TileShape shape, TileWorkspace<TScalar> workspace)
    {
        var nodes = parameters.Network.Nodes;
        Shape = shape;
        var transient = Transient(parameters.Network, shape);
        _values = new(nodes.Where((_, i) => !transient[i]).Sum(node => (long)node.Width) * shape.Stride);
        _scratch = new(shape.Points);
        var rows = new FeatureRows<TScalar>[nodes.Length];
        _stages = new Stage<TSimd, TVector, TScalar>[nodes.Length];
        var at = _values.Pointer;
        for (var i = 0; i < nodes.Length; i++)
        {
            rows[i] = new(nodes[i].Width, transient[i] ? workspace.Transient : at, NodeSources.HasParameters(nodes[i]) || NodeSources.Of(nodes[i]).Any(source => rows[source].DependsOnParameters));
            at += transient[i] ? 0 : nodes[i].Width * shape.Stride;
            _stages[i] = StageOf(nodes[i], i, rows, parameters);
        }

        _input = (InputStage<TSimd, TVector, TScalar>)_stages[0];
        Output = rows[^1];

        var cotangents = workspace.Cotangents;
        cotangents.Claim(Output);
        var reversed = new List<Stage<TSimd, TVector, TScalar>>();
        foreach (var stage in Enumerable.Reverse(_stages))
        {
            if (stage.Output.Cotangents != null)
            {
                stage.Claim(cotangents);
                cotangents.Release(stage.Output);
                reversed.Add(stage);
            }
        }

        _reversed = [.. reversed];
        HasSquares = Array.TrueForAll(_stages, stage => stage.Accumulators == 0 || stage.HasSquares);
        Bytes = (_values.Length + _stages.Sum(stage => stage.Noted)) * sizeof(TScalar);
        AccumulatorLength = _stages.Sum(stage => (long)stage.Accumulators) * TSimd.Lanes;
    }

    /// <summary>What tiles of a network and shape work in.</summary>
    public static TileWorkspace<TScalar> Workspace(NetworkGraph network, TileShape shape)
    {
        var transient = Transient(network, shape);
        return new(shape, network.Nodes.Where((_, i) => transient[i]).Select(node => node.Width).DefaultIfEmpty(0).Max());
    }

    public TileShape Shape { get; }

    /// <summary>Bytes of the values and of what stages note beside them for the reverse pass.</summary>
    public long Bytes { get; }

    /// <summary>The network's outputs; their cotangents are to be set before a reverse pass.</summary>
    public FeatureRows<TScalar> Output { get; }

    /// <summary>Numbers of one set of gradient accumulators.</summary>
    public long AccumulatorLength { get; }

    public void Forward(PointSet<TScalar> points, int start)
    {
        _input.Load(points, start);
        foreach (var stage in _stages)
        {
            stage.Forward();
        }
    }

    /// <summary>From the output's cotangents to the accumulators.</summary>
    public void Reverse(TScalar* accumulators, bool first)
    {
        accumulators += AccumulatorLength;
        var next = _stages.Length - 1;
        foreach (var stage in _reversed)
        {
            while (_stages[next] != stage)
            {
                accumulators -= (nint)_stages[next--].Accumulators * TSimd.Lanes;
            }

            accumulators -= (nint)stage.Accumulators * TSimd.Lanes;
            next--;
            stage.PullBack();
            stage.Accumulate(accumulators, first);
        }
    }

    /// <summary>From the output's cotangents to each point's own gradient.</summary>
    public void AddRows(double* rows, int length, int points)
    {
        foreach (var stage in _reversed)
        {
            stage.PullBack();
            stage.AddRows(new(rows, length, points, _scratch.Pointer));
        }
    }

    /// <summary>
    /// Whether every stage with parameters can tell the squares of its part of each point's gradient; no two stages share parameters.
    /// </summary>
    public bool HasSquares { get; }

    /// <summary>From the output's cotangents to the squared norm of each point's own gradient, valid until the next call.</summary>
    public TScalar* Squares()
    {
        new Span<TScalar>(_scratch.Pointer, Shape.Points).Clear();
        foreach (var stage in _reversed)
        {
            stage.PullBack();
            stage.AddSquares(_scratch.Pointer);
        }

        return _scratch.Pointer;
    }

    /// <summary>Sums the accumulators' lanes into the gradient.</summary>
    public void Reduce(TScalar* accumulators, Span<double> gradient)
    {
        foreach (var stage in _stages)
        {
            stage.Reduce(accumulators, gradient);
            accumulators += (nint)stage.Accumulators * TSimd.Lanes;
        }
    }

    public void Dispose()
    {
        _values.Dispose();
        _scratch.Dispose();
        foreach (var stage in _stages)
        {
            (stage as IDisposable)?.Dispose();
        }
    }

    // A dense layer whose values only an activation reads that has no use for them later: they need no place of their own.
    private static bool[] Transient(NetworkGraph network, TileShape shape)
    {
        var transient = new bool[network.Nodes.Length];
        foreach (var (node, source) in network.Nodes.SelectMany(node => NodeSources.Of(node).Select(source => (node, source))).GroupBy(use => use.source).Where(uses => uses.Count() == 1).Select(uses => uses.Single()))
        {
            transient[source] = network.Nodes[source] is Node.Dense or Node.FixedLinear
                && node is Node.Activation { SlopeOffset: < 0, Factor: 1 } activation
                && ActivationKernel<TSimd, TVector, TScalar>.For(activation.Kind, shape).IsOfOutput;
        }

        return transient;
    }

    private Stage<TSimd, TVector, TScalar> StageOf(Node node, int index, FeatureRows<TScalar>[] rows, NetworkParameters<TSimd, TVector, TScalar> parameters)
    {
        var output = rows[index];
        return node switch
        {
            Node.Input input => new InputStage<TSimd, TVector, TScalar>(Shape, output, input),
            Node.Dense dense => new DenseStage<TSimd, TVector, TScalar>(Shape, rows[dense.Source], output, parameters.Packed(index), dense),
            Node.FixedLinear linear => new DenseStage<TSimd, TVector, TScalar>(Shape, rows[linear.Source], output, parameters.Packed(index), null),
            Node.Activation { SlopeOffset: < 0, Factor: 1 } plain => new ActivationStage<TSimd, TVector, TScalar>(
                Shape, rows[plain.Source], output, ActivationKernel<TSimd, TVector, TScalar>.For(plain.Kind, Shape)),
            Node.Activation scaled => new ScaledActivationStage<TSimd, TVector, TScalar>(
                Shape, rows[scaled.Source], output, ActivationKernel<TSimd, TVector, TScalar>.For(scaled.Kind, Shape), scaled, parameters.Theta),
            Node.CosSin embedding => new CosSinStage<TSimd, TVector, TScalar>(Shape, rows[embedding.Source], output),
            Node.Gate gate => new GateStage<TSimd, TVector, TScalar>(Shape, rows[gate.G], rows[gate.U], rows[gate.V], output),
            Node.Blend blend => new BlendStage<TSimd, TVector, TScalar>(Shape, rows[blend.F], rows[blend.H], output, blend.AlphaOffset, parameters.Theta),
            Node.Add add => new AddStage<TSimd, TVector, TScalar>(Shape, rows[add.A], rows[add.B], output),
            Node.Multiply multiply => new MultiplyStage<TSimd, TVector, TScalar>(Shape, rows[multiply.A], rows[multiply.B], output),
            Node.Concat concat => new ConcatStage<TSimd, TVector, TScalar>(Shape, rows[concat.A], rows[concat.B], output),
            _ => throw new NotSupportedException($"The fused engine has no stage for {node.GetType().Name}."),
        };
    }
}
