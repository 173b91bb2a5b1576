using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Training.Exports;

/// <summary>
/// Operations and constants of an ONNX graph as they are added (onnx.proto, IR version 8, operators of version 17). Values are n × width in
/// one precision; every method returns the name of what it adds.
/// </summary>
/// <param name="precision">That of all numbers.</param>
internal sealed class OnnxBuilder(Precision precision)
{
    /// <summary>The version of the operators that are used.</summary>
    public const int OperatorSet = 17;

    private const int IrVersion = 8;
    private const int Int64 = 7;
    private const int Double = 11;
    private readonly List<ProtoWriter> _nodes = [];
    private readonly List<ProtoWriter> _constants = [];
    private readonly Dictionary<double, string> _numbers = [];

    /// <summary>The element type of values: 1 single, 11 double.</summary>
    private int Element => precision == Precision.Float32 ? 1 : Double;

    /// <summary>A number as 1 × 1, which goes with any value.</summary>
    public string Number(double value) => _numbers.TryGetValue(value, out var known) ? known : _numbers[value] = Constant([value], 1, 1);

    /// <summary>A constant.</summary>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Its sizes.</param>
    public string Constant(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape)
    {
        if (precision == Precision.Float64)
        {
            return Tensor(Element, MemoryMarshal.AsBytes(values), shape);
        }

        var single = new float[values.Length];
        for (var i = 0; i < single.Length; i++)
        {
            single[i] = (float)values[i];
        }

        return Tensor(Element, MemoryMarshal.AsBytes(single.AsSpan()), shape);
    }

    /// <summary>An operation.</summary>
    public string Node(string operation, params ReadOnlySpan<string> inputs) => Node(operation, null, inputs);

    /// <summary>A constant row of double precision, whatever that of the values.</summary>
    public string DoubleRow(ReadOnlySpan<double> values) => Tensor(Double, MemoryMarshal.AsBytes(values), [1, values.Length]);

    /// <summary>A value of double precision in that of the others.</summary>
    public string FromDouble(string value) => Node("Cast", ("to", Element), value);

    /// <summary>Values beside one another.</summary>
    public string Concat(params ReadOnlySpan<string> inputs) => inputs.Length == 1 ? inputs[0] : Node("Concat", ("axis", 1), inputs);

    /// <summary>One column of a value.</summary>
    public string Column(string value, int column) => Node("Gather", ("axis", 1), value, Tensor(Int64, MemoryMarshal.AsBytes<long>([column]), [1]));

    /// <summary>The model.</summary>
    /// <param name="input">Name and width of the input, and whether it is of double precision in any case.</param>
    /// <param name="output">What the output is, its name and width.</param>
    /// <param name="facts">Words about it.</param>
    public byte[] Model((string Name, int Width, bool IsDouble) input, (string Value, string Name, int Width) output, IEnumerable<(string Key, string Value)> facts)
    {
        _nodes.Add(Operation("Identity", null, [output.Value], output.Name));
        var model = new ProtoWriter().Number(1, IrVersion).Text(2, "pinnsweep").Inner(7, graph =>
        {
            _nodes.ForEach(node => graph.Inner(1, node));
            graph.Text(2, "solution");
            _constants.ForEach(constant => graph.Inner(5, constant));
            graph.Inner(11, Value(input.Name, input.Width, input.IsDouble ? Double : Element)).Inner(12, Value(output.Name, output.Width, Element));
        });
        model.Inner(8, set => set.Text(1, "").Number(2, OperatorSet));
        foreach (var (key, value) in facts)
        {
            model.Inner(14, fact => fact.Text(1, key).Text(2, value));
        }

        return model.ToArray();
    }

    private static ProtoWriter Operation(string operation, (string Name, int Value)? attribute, ReadOnlySpan<string> inputs, string output)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, operation);

        // 2 says that the attribute is a whole number.
        return attribute is { } given ? node.Inner(5, one => one.Text(1, given.Name).Number(3, given.Value).Number(20, 2)) : node;
    }

    private string Node(string operation, (string Name, int Value)? attribute, params ReadOnlySpan<string> inputs)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_nodes.Count}");
        _nodes.Add(Operation(operation, attribute, inputs, name));
        return name;
    }

    private string Tensor(int element, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"c{_constants.Count}");
        var tensor = new ProtoWriter();
        foreach (var size in shape)
        {
            tensor.Number(1, size);
        }

        _constants.Add(tensor.Number(2, element).Text(8, name).Bytes(9, bytes));
        return name;
    }

    /// <summary>Any number of rows of a width.</summary>
    private static ProtoWriter Value(string name, int width, int element) => ProtoWriter.Message(value => value.Text(1, name).Inner(2, type => type.Inner(1, tensor => tensor.Number(1, element)
        .Inner(2, shape => shape.Inner(1, rows => rows.Text(2, "n")).Inner(1, columns => columns.Number(1, width))))));
}
