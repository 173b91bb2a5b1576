using PinnSweep.Jets.Networks;

namespace PinnSweep.Training.Exports;

/// <summary>A network's graph as operations of ONNX, node by node, with its parameters as constants.</summary>
/// <param name="builder">Takes them.</param>
/// <param name="network">The graph.</param>
/// <param name="theta">θ.</param>
internal sealed class OnnxNetwork(OnnxBuilder builder, NetworkGraph network, double[] theta)
{
    private readonly string[] _values = new string[network.Nodes.Length];

    /// <summary>Adds all nodes.</summary>
    /// <param name="points">The coordinates, n × dimension, in problem units.</param>
    /// <returns>The outputs, n × outputs.</returns>
    /// <exception cref="NotSupportedException">A node has no operation known; the message says which.</exception>
    public string Add(string points)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = Of(network.Nodes[i], points);
        }

        return _values[^1];
    }

    private string Of(Node node, string points) => node switch
    {
        Node.Input input => Sum(Product(points, Row([.. input.Scale])), Row([.. input.Shift])),
        Node.Dense dense => Dense(dense),
        Node.FixedLinear linear => Linear(_values[linear.Source], linear.Matrix.AsSpan(), linear.Width),
        Node.Activation activation => Activate(activation),
        Node.CosSin embedding => builder.Concat(builder.Node("Cos", _values[embedding.Source]), builder.Node("Sin", _values[embedding.Source])),
        Node.Gate gate => Sum(Product(_values[gate.G], _values[gate.U]), Product(builder.Node("Sub", builder.Number(1), _values[gate.G]), _values[gate.V])),
        Node.Blend blend => Sum(Product(builder.Number(theta[blend.AlphaOffset]), _values[blend.F]), Product(builder.Number(1 - theta[blend.AlphaOffset]), _values[blend.H])),
        Node.Add add => Sum(_values[add.A], _values[add.B]),
        Node.Multiply multiply => Product(_values[multiply.A], _values[multiply.B]),
        Node.Concat concat => builder.Concat(_values[concat.A], _values[concat.B]),
        _ => throw new NotSupportedException($"a network node of kind {node.GetType().Name}"),
    };

    private string Dense(Node.Dense dense)
    {
        var width = network.Nodes[dense.Source].Width;
        var matrix = theta.AsSpan(dense.WeightOffset, dense.Width * width).ToArray();
        for (var i = 0; i < matrix.Length && dense.ScaleOffset >= 0; i++)
        {
            matrix[i] *= Math.Exp(theta[dense.ScaleOffset + (i / width)]);
        }

        var product = Linear(_values[dense.Source], matrix, dense.Width);
        return dense.BiasOffset < 0 ? product : Sum(product, Row(theta.AsSpan(dense.BiasOffset, dense.Width)));
    }

    /// <summary>h Wᵀ of a row-major W, width × width of source.</summary>
    private string Linear(string source, ReadOnlySpan<double> matrix, int width)
    {
        var inner = matrix.Length / width;
        var transposed = new double[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            transposed[(i % inner * width) + (i / inner)] = matrix[i];
        }

        return builder.Node("MatMul", source, builder.Constant(transposed, inner, width));
    }

    private string Activate(Node.Activation activation)
    {
        var slopes = activation.SlopeOffset < 0 ? [1.0] : theta.AsSpan(activation.SlopeOffset, activation.SlopeCount).ToArray();
        var z = _values[activation.Source];
        z = Array.TrueForAll(slopes, slope => slope * activation.Factor == 1) ? z : Product(z, Row([.. slopes.Select(slope => slope * activation.Factor)]));
        return activation.Kind switch
        {
            ActivationKind.Tanh => builder.Node("Tanh", z),
            ActivationKind.Sin => builder.Node("Sin", z),
            ActivationKind.SiLU => Product(z, builder.Node("Sigmoid", z)),
            ActivationKind.Sigmoid => builder.Node("Sigmoid", z),
            ActivationKind.Softplus => builder.Node("Softplus", z),
            ActivationKind.GELU => Product(Product(builder.Number(0.5), z), Sum(builder.Number(1), builder.Node("Erf", Product(z, builder.Number(Math.Sqrt(0.5)))))),
            ActivationKind.ReLU => builder.Node("Relu", z),
            ActivationKind.ReLU2 => Power(builder.Node("Relu", z), 2),
            ActivationKind.ReLU3 => Power(builder.Node("Relu", z), 3),
            ActivationKind.ReLU4 => Power(builder.Node("Relu", z), 4),
            ActivationKind.ReLU5 => Power(builder.Node("Relu", z), 5),
            var other => throw new NotSupportedException($"the activation {other}"),
        };
    }

    private string Power(string value, int exponent)
    {
        var power = value;
        for (var i = 1; i < exponent; i++)
        {
            power = Product(power, value);
        }

        return power;
    }

    private string Row(ReadOnlySpan<double> values) => builder.Constant(values, 1, values.Length);

    private string Sum(string a, string b) => builder.Node("Add", a, b);

    private string Product(string a, string b) => builder.Node("Mul", a, b);
}
