using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Verification;

/// <summary>
/// Jets of a network in fp64 by pushing a power series along each direction through the graph, one point and one direction at a
/// time. Slow and obvious: what engines are checked against.
/// </summary>
public static class ReferenceJets
{
    /// <summary>The jets of one point, entry o·channels + c.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="theta">The network's parameters; coefficients behind them are not read.</param>
    /// <param name="point">The coordinates, in the units of the problem.</param>
    /// <param name="layout">The channels.</param>
    public static double[] Evaluate(NetworkGraph graph, ReadOnlySpan<double> theta, ReadOnlySpan<double> point, JetLayout layout)
    {
        var jets = new double[graph.Outputs * layout.Channels];
        var parameters = theta.ToArray();
        var values = Push(graph, parameters, point, new double[point.Length], 0);
        for (var o = 0; o < graph.Outputs; o++)
        {
            jets[o * layout.Channels] = values[o].Coefficients[0];
        }

        for (var d = 0; d < layout.Directions.Length; d++)
        {
            var direction = layout.Directions[d];
            var series = Push(graph, parameters, point, direction.Components.AsSpan(), direction.Order);
            for (var o = 0; o < graph.Outputs; o++)
            {
                var factorial = 1.0;
                for (var k = 1; k <= direction.Order; k++)
                {
                    factorial *= k;
                    jets[(o * layout.Channels) + layout.Channel(d, k)] = factorial * series[o].Coefficients[k];
                }
            }
        }

        return jets;
    }

    private static Taylor[] Push(NetworkGraph graph, double[] theta, ReadOnlySpan<double> point, ReadOnlySpan<double> direction, int order)
    {
        var line = new Taylor[point.Length];
        for (var i = 0; i < line.Length; i++)
        {
            var coefficients = new double[order + 1];
            coefficients[0] = point[i];
            if (order > 0)
            {
                coefficients[1] = direction[i];
            }

            line[i] = new(coefficients);
        }

        var values = new List<Taylor[]>();
        foreach (var node in graph.Nodes)
        {
            values.Add(Apply(node, values, line, theta, order));
        }

        return values[^1];
    }

    private static Taylor[] Apply(Node node, List<Taylor[]> values, Taylor[] line, double[] theta, int order) => node switch
    {
        Node.Input input => [.. line.Select((x, i) => (x * input.Scale[i]) + Taylor.Constant(input.Shift[i], order))],
        Node.Dense dense => Dense(dense, values[dense.Source], theta, order),
        Node.FixedLinear linear => [.. Enumerable.Range(0, linear.Width).Select(row => Row(values[linear.Source], column => linear.Matrix[(row * values[linear.Source].Length) + column], order))],
        Node.Activation activation => [.. values[activation.Source].Select((z, i) => Activate(activation.Kind, z * (activation.Factor * Slope(activation, theta, i))))],
        Node.CosSin wave => [.. values[wave.Source].Select(h => h.SinCos().Cos), .. values[wave.Source].Select(h => h.SinCos().Sin)],
        Node.Gate gate => Zip(Zip(values[gate.G], values[gate.U], (g, u) => g * u), Zip(values[gate.G], values[gate.V], (g, v) => (Taylor.Constant(1, order) - g) * v), (a, b) => a + b),
        Node.Blend blend => Zip(values[blend.F], values[blend.H], (f, h) => (f * theta[blend.AlphaOffset]) + (h * (1 - theta[blend.AlphaOffset]))),
        Node.Add add => Zip(values[add.A], values[add.B], (a, b) => a + b),
        Node.Multiply multiply => Zip(values[multiply.A], values[multiply.B], (a, b) => a * b),
        Node.Concat concat => [.. values[concat.A], .. values[concat.B]],
        _ => throw new ArgumentException($"Unknown node {node}.", nameof(node)),
    };

    private static Taylor[] Zip(Taylor[] a, Taylor[] b, Func<Taylor, Taylor, Taylor> combine) => [.. a.Zip(b, combine)];

    private static double Slope(Node.Activation node, double[] theta, int feature) => node.SlopeOffset < 0 ? 1 : theta[node.SlopeOffset + (node.SlopeCount == 1 ? 0 : feature)];

    private static Taylor[] Dense(Node.Dense node, Taylor[] source, double[] theta, int order)
    {
        var result = new Taylor[node.Width];
        for (var row = 0; row < result.Length; row++)
        {
            var scale = node.ScaleOffset < 0 ? 1 : Math.Exp(theta[node.ScaleOffset + row]);
            var offset = node.WeightOffset + (row * source.Length);
            result[row] = Row(source, column => scale * theta[offset + column], order) + Taylor.Constant(node.BiasOffset < 0 ? 0 : theta[node.BiasOffset + row], order);
        }

        return result;
    }

    private static Taylor Row(Taylor[] source, Func<int, double> weight, int order)
    {
        var sum = new double[order + 1];
        for (var column = 0; column < source.Length; column++)
        {
            var factor = weight(column);
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += factor * source[column].Coefficients[k];
            }
        }

        return new(sum);
    }

    private static Taylor Activate(ActivationKind kind, Taylor z) => kind switch
    {
        ActivationKind.Tanh => z.Tanh(),
        ActivationKind.Sin => z.SinCos().Sin,
        ActivationKind.SiLU => z * z.Sigmoid(),
        ActivationKind.Sigmoid => z.Sigmoid(),
        ActivationKind.Softplus => z.Softplus(),
        ActivationKind.GELU => z * z.NormalCumulative(),
        ActivationKind.ReLU => z.Coefficients[0] > 0 ? z : z * 0,
        ActivationKind.ReLU2 => z.Coefficients[0] > 0 ? z * z : z * 0,
        ActivationKind.ReLU3 => z.Coefficients[0] > 0 ? z * z * z : z * 0,
        ActivationKind.ReLU4 => z.Coefficients[0] > 0 ? z * z * z * z : z * 0,
        ActivationKind.ReLU5 => z.Coefficients[0] > 0 ? z * z * z * z * z : z * 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown activation."),
    };
}
