using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Benchmarks;

internal enum ShapeNetwork
{
    Mlp,
    ModifiedMlp,
    PirateNet,
}

internal enum ShapeProblem
{
    /// <summary>u_t + u u_x − (0.01/π) u_xx, coordinates (x, t).</summary>
    Burgers,

    /// <summary>u_xxxx + 2 u_xxyy + u_yyyy − sin πx sin πy.</summary>
    Plate,

    /// <summary>
    /// u_xx + u_yy + u − q with the solution sin πx sin 4πy, and u = 0 on 4 × 128 points of the boundary; all points drawn anew each step.
    /// </summary>
    Helmholtz,

    /// <summary>u_t − 10⁻⁴ u_xx − 5 (u − u³), coordinates (x, t).</summary>
    AllenCahn,
}

/// <summary>
/// What an engine is timed on. Layers are hidden layers, gates or PirateNet blocks; a fixed Fourier embedding of PirateNet has the same
/// width.
/// </summary>
internal sealed record EngineShape(string Name, ShapeNetwork Network, int Layers, int Width, ShapeProblem Problem)
{
    /// <summary>The factor of the solution that is the source of <see cref="ShapeProblem.Helmholtz"/>.</summary>
    public const double HelmholtzSource = 1 - (17 * Math.PI * Math.PI);

    /// <summary>Points of the boundary, behind those of the residual.</summary>
    public int BoundaryPoints => Problem == ShapeProblem.Helmholtz ? 512 : 0;

    /// <summary>
    /// The network as a graph; <see cref="NestedAutograd"/> builds the same as modules, with the same order of parameters.
    /// </summary>
    public NetworkGraph Graph()
    {
        var builder = new NetworkBuilder([-1, -1], [1, 1], normalise: false);
        var last = Network switch
        {
            ShapeNetwork.Mlp => Mlp(builder),
            ShapeNetwork.ModifiedMlp => ModifiedMlp(builder),
            _ => PirateNet(builder),
        };
        builder.Dense("out", last, 1);
        return builder.Build();
    }

    public ResidualProgram Program()
    {
        var u = Expr.OutputOf(0, 2);
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var residual = Problem switch
        {
            ShapeProblem.Burgers => u.D(1) + (u * u.D(0)) - (0.01 / Math.PI * u.D(0, 0)),
            ShapeProblem.AllenCahn => u.D(1) - (1e-4 * u.D(0, 0)) - (5 * (u - Expr.Power(u, 3))),
            ShapeProblem.Plate => u.D(0, 0, 0, 0) + (2 * u.D(0, 0, 1, 1)) + u.D(1, 1, 1, 1) - (Expr.Sin(Math.PI * x) * Expr.Sin(Math.PI * y)),
            _ => u.D(0, 0) + u.D(1, 1) + u.Value - (HelmholtzSource * Expr.Sin(Math.PI * x) * Expr.Sin(4 * Math.PI * y)),
        };
        return ResidualProgram.Compile(2, 1, 0, [residual]);
    }

    /// <summary>The residual on the boundary: the value itself.</summary>
    public static ResidualProgram BoundaryProgram() => ResidualProgram.Compile(2, 1, 0, [Expr.OutputOf(0, 2).Value]);

    /// <summary>The frequencies of the embedding, row-major width/2 × 2.</summary>
    public double[] Frequencies()
    {
        var stream = new RandomStream(1, "frequencies");
        return [.. Enumerable.Range(0, Width / 2 * 2).Select(_ => stream.NextGaussian())];
    }

    private static int Layer(NetworkBuilder builder, string name, int source, int width) => builder.Activate(builder.Dense(name, source, width), ActivationKind.Tanh);

    private int Mlp(NetworkBuilder builder)
    {
        var h = NetworkBuilder.Input;
        for (var layer = 0; layer < Layers; layer++)
        {
            h = Layer(builder, $"hidden{layer}", h, Width);
        }

        return h;
    }

    private int ModifiedMlp(NetworkBuilder builder)
    {
        var u = Layer(builder, "u", NetworkBuilder.Input, Width);
        var v = Layer(builder, "v", NetworkBuilder.Input, Width);
        var h = NetworkBuilder.Input;
        for (var layer = 0; layer < Layers; layer++)
        {
            h = builder.Add(new Node.Gate(Layer(builder, $"hidden{layer}", h, Width), u, v, Width));
        }

        return h;
    }

    private int PirateNet(NetworkBuilder builder)
    {
        var wave = builder.Add(new Node.FixedLinear(NetworkBuilder.Input, Width / 2, [.. Frequencies()]));
        var x = builder.Add(new Node.CosSin(wave, Width));
        var u = Layer(builder, "u", x, Width);
        var v = Layer(builder, "v", x, Width);
        for (var block = 0; block < Layers; block++)
        {
            var first = builder.Add(new Node.Gate(Layer(builder, $"{block}.f", x, Width), u, v, Width));
            var second = builder.Add(new Node.Gate(Layer(builder, $"{block}.g", first, Width), u, v, Width));
            var third = Layer(builder, $"{block}.h", second, Width);
            x = builder.Add(new Node.Blend(third, x, builder.Parameters($"{block}.alpha", 1, BlockRole.Other, Initializers.Constant(0.1)), Width));
        }

        return x;
    }
}
