using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// A form as the kernels read it: the table of <see cref="At"/>, and the map by which weights are packed. A program is absent for a tape.
/// </summary>
internal sealed class FormTable
{
    private const int BlockRows = 8;

    private readonly List<int> _table = [.. new int[At.HeadLength]];
    private readonly List<int> _map = [];
    private readonly GraphRows _rows;
    private readonly LaneConstants _constants;
    private readonly int _pitch;

    public FormTable(NetworkGraph network, JetLayout layout, ResidualProgram? program, int coefficients, int points)
    {
        _rows = new(network, program?.Across is not null);
        _constants = new(network, layout, program);
        var columns = layout.Channels * points;
        _pitch = columns | 1;
        Set(At.Channels, layout.Channels);
        Set(At.Directions, layout.Directions.Length);
        Set(At.Points, points);
        Set(At.Pitch, _pitch);
        Set(At.Orders, Append(layout.Directions.Select(direction => direction.Order)));
        Set(At.Outputs, network.Outputs);
        Set(At.Coefficients, coefficients);
        Set(At.Parameters, network.ParameterCount);
        Set(At.Dimension, network.InputDimension);
        Set(At.IsPaired, program?.Across is null ? 0 : 1);
        Set(At.Constants, _constants.Instructions);
        Set(At.PointData, _constants.Values.Count);
        SetNodes(network);
        SetProgram(program);
        LayArena(network, program, coefficients, points);
        Set(At.PackedLength, _map.Count / 2);
    }

    /// <summary>The table.</summary>
    public int[] Table => field ??= [.. _table];

    /// <summary>The map of <see cref="PackKernel"/>.</summary>
    public int[] Map => field ??= [.. _map];

    /// <summary>Numbers of an arena.</summary>
    public int ArenaLength { get; private set; }

    /// <summary>Numbers of packed weights.</summary>
    public int PackedLength => _map.Count / 2;

    private void Set(int place, int value) => _table[place] = value;

    private int Append(IEnumerable<int> values)
    {
        var start = _table.Count;
        _table.AddRange(values);
        return start;
    }

    private void SetNodes(NetworkGraph network)
    {
        var extras = network.Nodes.Select((node, i) => Extra(network, node, i)).ToArray();
        var firstCotangent = _rows.ValueRows * _pitch;
        Set(At.Nodes, _rows.Nodes.Count);
        Set(At.NodeRecords, _table.Count);
        for (var i = 0; i < _rows.Nodes.Count; i++)
        {
            var (kind, extra) = extras[i % network.Nodes.Length];
            int[] values = [.. extra, .. new int[4 - extra.Length]];
            if (kind == NodeKinds.Input)
            {
                values[1] = i < network.Nodes.Length ? 0 : 1;
            }

            Append([kind, _rows.Nodes[i].Width, _rows.Values[i] * _pitch, Cotangent(_rows.Cotangents[i], firstCotangent)]);
            for (var source = 0; source < 3; source++)
            {
                Append(source < _rows.Sources[i].Length ? Source(_rows.Sources[i][source], firstCotangent) : [-1, -1, -1, 0]);
            }

            Append(values);
        }

        Set(At.Reversed, _rows.Reversed.Count);
        Set(At.ReversedList, Append(_rows.Reversed));
        for (var side = 0; side <= _table[At.IsPaired]; side++)
        {
            var output = ((side + 1) * network.Nodes.Length) - 1;
            Set(At.OutputRows + side, _rows.Values[output] * _pitch);
            Set(At.OutputCotangents + side, Cotangent(_rows.Cotangents[output], firstCotangent));
        }
    }

    private int Cotangent(int row, int first) => row < 0 ? -1 : first + (row * _pitch);

    private int[] Source((int Node, int Cotangents, int Accumulates) source, int firstCotangent) =>
        [_rows.Values[source.Node] * _pitch, Cotangent(source.Cotangents, firstCotangent), source.Accumulates, _rows.Nodes[source.Node].Width];

    private (int Kind, int[] Extra) Extra(NetworkGraph network, Node node, int index)
    {
        switch (node)
        {
            case Node.Input:
                return (NodeKinds.Input, [_constants.Input, 0]);
            case Node.Dense dense:
                var (forward, transposed) = Pack(dense.Width, network.Nodes[dense.Source].Width, dense.WeightOffset, dense.ScaleOffset);
                return (NodeKinds.Dense, [forward, transposed, dense.WeightOffset, dense.BiasOffset]);
            case Node.FixedLinear linear:
                (forward, transposed) = Pack(linear.Width, network.Nodes[linear.Source].Width, -2 - _constants.Nodes[index], -1);
                return (NodeKinds.Dense, [forward, transposed, -1, -1]);
            case Node.Activation activation:
                return (NodeKinds.Activation, [(int)activation.Kind, _constants.Nodes[index], activation.SlopeOffset, activation.SlopeCount]);
            case Node.CosSin:
                return (NodeKinds.CosSin, [-1, -1, -1, 0]);
            case Node.Gate:
                return (NodeKinds.Gate, []);
            case Node.Blend blend:
                return (NodeKinds.Blend, [blend.AlphaOffset]);
            case Node.Add:
                return (NodeKinds.Add, []);
            case Node.Multiply:
                return (NodeKinds.Multiply, []);
            case Node.Concat:
                return (NodeKinds.Concat, []);
            default:
                throw new NotSupportedException($"a network node of kind {node.GetType().Name}");
        }
    }

    // Row-major rows × columns from a place on, which counts downwards for the data.
    private (int Forward, int Transposed) Pack(int rows, int columns, int place, int scale)
    {
        var sign = place < 0 ? -1 : 1;
        return (
            Pack(rows, columns, (row, column) => (place + (sign * ((row * columns) + column)), scale < 0 ? -1 : scale + row)),
            Pack(columns, rows, (row, column) => (place + (sign * ((column * columns) + row)), scale < 0 ? -1 : scale + column)));
    }

    // Blocks of rows, in each column by column.
    private int Pack(int rows, int columns, Func<int, int, (int Place, int Scale)> entry)
    {
        var start = _map.Count / 2;
        for (var block = 0; block < rows; block += BlockRows)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var row = block; row < block + BlockRows; row++)
                {
                    var (place, scale) = row < rows ? entry(row, column) : (PackKernel.Zero, -1);
                    _map.Add(place);
                    _map.Add(scale);
                }
            }
        }

        return start;
    }

    private void SetProgram(ResidualProgram? program)
    {
        if (program is null)
        {
            return;
        }

        Set(At.Instructions, program.Instructions.Length);
        Set(At.InstructionList, Append(program.Instructions.SelectMany(instruction => new[] { (int)instruction.Op, instruction.A, instruction.B })));
        Set(At.Results, program.Results.Length);
        Set(At.ResultList, Append(program.Results));
        Set(At.Leads, _table.Count);
        foreach (var result in program.Results)
        {
            Append(LeadingTo(program, [result]));
        }

        Append(LeadingTo(program, program.Results));
    }

    private static int[] LeadingTo(ResidualProgram program, IEnumerable<int> results)
    {
        var leads = new int[program.Instructions.Length];
        foreach (var result in results)
        {
            leads[result] = 1;
        }

        for (var i = leads.Length - 1; i >= 0; i--)
        {
            var instruction = program.Instructions[i];
            var (a, b) = instruction.Op.Reads();
            if (leads[i] == 1 && a)
            {
                leads[instruction.A] = 1;
            }

            if (leads[i] == 1 && b)
            {
                leads[instruction.B] = 1;
            }
        }

        return leads;
    }

    private void LayArena(NetworkGraph network, ResidualProgram? program, int coefficients, int points)
    {
        var next = (_rows.ValueRows + _rows.CotangentRows) * _pitch;
        int Take(int place, int length)
        {
            Set(place, next);
            next += length;
            return next;
        }

        var instructions = program?.Instructions.Length ?? 0;
        Take(At.Registers, instructions * points);
        Take(At.RegisterCotangents, instructions * points);
        Take(At.CoefficientCotangents, coefficients * points);
        var widest = network.Nodes.Where(node => node is Node.Blend or Node.Activation { SlopeOffset: >= 0 }).Select(node => node.Width).DefaultIfEmpty(0).Max();
        ArenaLength = Take(At.Sums, widest * points);
    }
}
