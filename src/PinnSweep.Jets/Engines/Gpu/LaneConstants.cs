using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// The numbers of a network and its program that are no part of their form: lanes of one form may have others. They stand at the beginning of
/// a lane's data, in places that the form alone decides.
/// </summary>
internal sealed class LaneConstants
{
    private readonly List<double> _values = [];

    public LaneConstants(NetworkGraph network, JetLayout layout, ResidualProgram? program)
    {
        var input = (Node.Input)network.Nodes[0];
        Input = Add(input.Scale);
        Add(input.Shift);
        foreach (var direction in layout.Directions)
        {
            Add(input.Scale.Zip(direction.Components, (scale, component) => scale * component));
        }

        Nodes = new int[network.Nodes.Length];
        for (var i = 0; i < Nodes.Length; i++)
        {
            Nodes[i] = network.Nodes[i] switch
            {
                Node.Activation activation => Add([activation.Factor]),
                Node.FixedLinear linear => Add(linear.Matrix),
                _ => -1,
            };
        }

        Instructions = Add(program is null ? [] : program.Instructions.Select(instruction => instruction.Constant));
    }

    /// <summary>Scale, shift and the scaled components of the directions.</summary>
    public int Input { get; }

    /// <summary>The factor of an activation, the matrix of a fixed map; −1 of other nodes.</summary>
    public int[] Nodes { get; }

    /// <summary>The constants of the instructions.</summary>
    public int Instructions { get; }

    /// <summary>The numbers.</summary>
    public IReadOnlyList<double> Values => _values;

    private int Add(IEnumerable<double> values)
    {
        var start = _values.Count;
        _values.AddRange(values);
        return start;
    }
}
