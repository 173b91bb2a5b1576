using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// The rows of a network in the arena: values of every node, cotangents as long as they are needed. Residuals of two points have the graph
/// twice, the second one behind the first.
/// </summary>
internal sealed class GraphRows
{
    private readonly Node[] _nodes;
    private readonly int _length;
    private readonly bool[] _wanted;

    public GraphRows(NetworkGraph network, bool isPaired)
    {
        _length = network.Nodes.Length;
        _nodes = [.. network.Nodes, .. isPaired ? network.Nodes : []];
        _wanted = new bool[_nodes.Length];
        Values = new int[_nodes.Length];
        Cotangents = new int[_nodes.Length];
        Sources = new (int, int, int)[_nodes.Length][];
        Array.Fill(Cotangents, -1);
        LayValues(network);
        LayCotangents(isPaired);
    }

    /// <summary>The nodes, those of the second point behind the others.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The first row of each node.</summary>
    public int[] Values { get; }

    /// <summary>The first row of each node's cotangents, counted from the first cotangent; −1 without.</summary>
    public int[] Cotangents { get; }

    /// <summary>Of each node that the reverse pass visits its sources: the node, the rows of its cotangents or −1, and whether they are added to (−1 where unwanted).</summary>
    public (int Node, int Cotangents, int Accumulates)[][] Sources { get; }

    /// <summary>The nodes of the reverse pass in its order.</summary>
    public List<int> Reversed { get; } = [];

    /// <summary>Rows of values.</summary>
    public int ValueRows { get; private set; }

    /// <summary>Rows of cotangents.</summary>
    public int CotangentRows { get; private set; }

    /// <summary>The nodes that a node reads.</summary>
    public int[] SourcesOf(int node) => [.. NodeSources.Of(_nodes[node]).Select(source => source + (node < _length ? 0 : _length))];

    private void LayValues(NetworkGraph network)
    {
        var users = network.Nodes.SelectMany(NodeSources.Of).CountBy(source => source).ToDictionary();
        for (var i = 0; i < _nodes.Length; i++)
        {
            _wanted[i] = NodeSources.HasParameters(_nodes[i]) || SourcesOf(i).Any(source => _wanted[source]);

            // An activation whose reverse pass has no use for z takes its place.
            var replaces = _nodes[i] is Node.Activation { SlopeOffset: < 0 } activation
                && ActivationSlopes<double>.IsOfOutput((int)activation.Kind)
                && users[activation.Source] == 1
                && network.Nodes[activation.Source] is Node.Dense or Node.FixedLinear;
            Values[i] = replaces ? Values[SourcesOf(i)[0]] : ValueRows;
            ValueRows += replaces ? 0 : _nodes[i].Width;
        }
    }

    private void LayCotangents(bool isPaired)
    {
        var rows = new CotangentRows();
        foreach (var output in isPaired ? [_length - 1, _nodes.Length - 1] : new[] { _length - 1 })
        {
            Cotangents[output] = rows.Take(_nodes[output].Width);
        }

        for (var i = _nodes.Length - 1; i >= 0; i--)
        {
            if (Cotangents[i] < 0)
            {
                Sources[i] = [.. SourcesOf(i).Select(source => (source, -1, -1))];
                continue;
            }

            Sources[i] = [.. SourcesOf(i).Select(source => Claim(source, rows))];
            rows.Release(Cotangents[i]);
            Reversed.Add(i);
        }

        CotangentRows = rows.Rows;
    }

    // Who comes first in the reverse pass sets a source's cotangents, the others add.
    private (int Node, int Cotangents, int Accumulates) Claim(int source, CotangentRows rows)
    {
        if (!_wanted[source])
        {
            return (source, -1, -1);
        }

        var isFirst = Cotangents[source] < 0;
        Cotangents[source] = isFirst ? rows.Take(_nodes[source].Width) : Cotangents[source];
        return (source, Cotangents[source], isFirst ? 0 : 1);
    }
}
