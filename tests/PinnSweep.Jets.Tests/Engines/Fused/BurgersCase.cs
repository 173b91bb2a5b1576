using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Fused;

/// <summary>Burgers' residual on a small perceptron, ready to run.</summary>
internal sealed class BurgersCase : IDisposable
{
    public BurgersCase(SimdWidth width, Precision precision, int points)
    {
        Engine = new(Network(20, 20), precision, width);
        Pass = Engine.CreatePass(Program());
        Theta = Engine.Network.Initialize(new RandomStream(1, "init"));
        Gradient = new double[Theta.Length];
        Points = ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), points, 2);
        Engine.SetParameters(Theta);
        Pass.SetPoints(Points);
    }

    public FusedJetEngine Engine { get; }

    public ILossPass Pass { get; }

    public double[] Theta { get; }

    public double[] Points { get; }

    public double[] Gradient { get; }

    public double[] Loss { get; } = new double[1];

    public static NetworkGraph Network(params ReadOnlySpan<int> hidden)
    {
        var builder = new NetworkBuilder([-1, -1], [2, 2]);
        var node = NetworkBuilder.Input;
        foreach (var width in hidden)
        {
            node = builder.Activate(builder.Dense("hidden", node, width), ActivationKind.Tanh);
        }

        builder.Dense("out", node, 1);
        return builder.Build();
    }

    public static ResidualProgram Program()
    {
        var u = Expr.OutputOf(0, 2);
        return ResidualProgram.Compile(2, 1, 0, [u.D(1) + (u * u.D(0)) - (0.01 / Math.PI * u.D(0, 0)) - Expr.Sin(Expr.Coordinate(0))]);
    }

    public void Run() => Pass.Run([], Loss, new double[1], new double[Pass.PointCount], Gradient);

    public void Dispose()
    {
        Pass.Dispose();
        Engine.Dispose();
    }
}
