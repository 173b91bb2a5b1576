using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Jets.Verification;

/// <summary>Draws networks over every node kind, layouts, residuals and points from a random stream, for checks of engines.</summary>
internal static class ArbitraryNetwork
{
    private static readonly ActivationKind[] Smooth = [ActivationKind.Tanh, ActivationKind.Sin, ActivationKind.SiLU, ActivationKind.Sigmoid, ActivationKind.Softplus, ActivationKind.GELU];

    /// <summary>
    /// A graph of three to eight hidden nodes on the box [−1, 2]ᵈ. Kinks (<see cref="ActivationKind.ReLU"/>) do not occur.
    /// </summary>
    public static NetworkGraph Draw(RandomStream stream, int inputDimension, int outputs)
    {
        var (lower, upper) = (new double[inputDimension], new double[inputDimension]);
        Array.Fill(lower, -1);
        Array.Fill(upper, 2);
        var builder = new NetworkBuilder(lower, upper, normalise: stream.NextInt(2) == 0);
        var width = 2 + stream.NextInt(18);
        List<int> nodes = [NetworkBuilder.Input];
        var count = 3 + stream.NextInt(6);
        while (nodes.Count <= count)
        {
            nodes.Add(AddNode(builder, nodes, width, stream));
        }

        Dense(builder, nodes[^1], outputs, stream);
        return builder.Build();
    }

    /// <summary>Up to three directions of order 1 to 4, not along the axes alone.</summary>
    public static JetLayout DrawLayout(RandomStream stream, int inputDimension)
    {
        var directions = Enumerable.Range(0, stream.NextInt(4))
            .Select(_ => new Direction([.. Enumerable.Range(0, inputDimension).Select(_ => Math.Round((2 * stream.NextDouble()) - 1, 2))], 1 + stream.NextInt(4)))
            .ToArray();
        return new(inputDimension, [.. directions]);
    }

    /// <summary>
    /// Two residuals that use every channel of a layout, plainly or under tanh, with one coefficient and one column. Channels are taken
    /// from the layout as it stands, so it need not be one that <see cref="ResidualProgram.Compile"/> would choose.
    /// </summary>
    /// <param name="stream">Where it is drawn from.</param>
    /// <param name="layout">The channels.</param>
    /// <param name="outputs">Number of the network's outputs.</param>
    /// <param name="across">The second point, whose channels are used as well; null for residuals of one point.</param>
    public static ResidualProgram DrawProgram(RandomStream stream, JetLayout layout, int outputs, Across? across = null)
    {
        var instructions = new List<Instruction> { new(OpCode.Column), new(OpCode.Coefficient) };
        var results = new int[2];
        for (var r = 0; r < results.Length; r++)
        {
            var sum = r;
            for (var index = 0; index < (across is null ? 1 : 2) * outputs * layout.Channels; index++)
            {
                instructions.Add(new(OpCode.Jet, index / layout.Channels, index % layout.Channels));
                instructions.Add(new(OpCode.Tanh, instructions.Count - 1));
                instructions.Add(new(OpCode.Multiply, instructions.Count - 1, stream.NextInt(2)));
                instructions.Add(new(OpCode.Scale, instructions.Count - 3 + stream.NextInt(3), Constant: Math.Round(stream.NextGaussian(), 2)));
                instructions.Add(new(OpCode.Add, sum, instructions.Count - 1));
                sum = instructions.Count - 1;
            }

            results[r] = sum;
        }

        return new(layout, outputs, 1, [Expr.Cos(Expr.Coordinate(0))], [.. instructions], [.. results]) { Across = across };
    }

    /// <summary>Row-major n × d points in the box.</summary>
    public static double[] DrawPoints(RandomStream stream, int count, int inputDimension) => [.. Enumerable.Range(0, count * inputDimension).Select(_ => (3 * stream.NextDouble()) - 1)];

    private static int AddNode(NetworkBuilder builder, List<int> nodes, int width, RandomStream stream)
    {
        var source = nodes[^1];
        var partner = nodes.Skip(1).Where(node => builder.Width(node) == builder.Width(source)).OrderBy(_ => stream.NextDouble()).FirstOrDefault(-1);
        var small = builder.Width(source) <= 24;
        switch (stream.NextInt(10))
        {
            case 0 when small:
                return builder.Add(new Node.CosSin(source, 2 * builder.Width(source)));
            case 1:
                return builder.Add(new Node.FixedLinear(source, width, [.. Enumerable.Range(0, width * builder.Width(source)).Select(_ => stream.NextGaussian() / Math.Sqrt(builder.Width(source)))]));
            case 2 when partner >= 0:
                return builder.Add(new Node.Gate(builder.Activate(source, ActivationKind.Sigmoid), source, partner, builder.Width(source)));
            case 3 when partner >= 0:
                return builder.Add(new Node.Blend(source, partner, builder.Parameters("alpha", 1, BlockRole.Other, Initializers.Normal(0.3, 0.2)), builder.Width(source)));
            case 4 when partner >= 0:
                return builder.Add(new Node.Add(source, partner, builder.Width(source)));
            case 5 when partner >= 0:
                return builder.Add(new Node.Multiply(source, partner, builder.Width(source)));
            case 6 when small:
                var other = nodes[stream.NextInt(nodes.Count)];
                return builder.Add(new Node.Concat(source, other, builder.Width(source) + builder.Width(other)));
            case 7 when builder.Width(source) > 1:
                return Activate(builder, source, stream);
            default:
                return Activate(builder, Dense(builder, source, width, stream), stream);
        }
    }

    private static int Dense(NetworkBuilder builder, int source, int width, RandomStream stream)
    {
        var fanIn = builder.Width(source);
        var weight = builder.Parameters("weight", fanIn * width, BlockRole.Weight, Initializers.GlorotNormal(fanIn, width));
        var bias = stream.NextInt(4) == 0 ? -1 : builder.Parameters("bias", width, BlockRole.Bias, Initializers.Normal(0, 0.3));
        var scale = stream.NextInt(3) > 0 ? -1 : builder.Parameters("scale", width, BlockRole.Other, Initializers.Normal(0.2, 0.1));
        return builder.Add(new Node.Dense(source, width, weight, bias, scale));
    }

    private static int Activate(NetworkBuilder builder, int source, RandomStream stream)
    {
        var width = builder.Width(source);
        var kind = Smooth[stream.NextInt(Smooth.Length)];
        var factor = stream.NextInt(2) == 0 ? 1 : 1.5;
        var count = stream.NextInt(2) == 0 ? 1 : width;
        var slope = stream.NextInt(2) == 0 ? -1 : builder.Parameters("slope", count, BlockRole.Other, Initializers.Normal(0.9, 0.1));
        return builder.Add(new Node.Activation(source, width, kind, factor, slope, count));
    }
}
