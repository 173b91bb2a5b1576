using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines;

/// <summary>Residuals that compare a network at two points, by hand on u = w x + c.</summary>
public sealed class PairedResidualTests
{
    private static readonly double[] Points = [-1, 0.5];
    private static readonly OutputExpr U = Expr.OutputOf(0, 1);

    [Theory]
    [InlineData(JetEngines.Fused)]
    [InlineData(JetEngines.Torch)]
    public void The_pair_has_one_residual_one_weight_and_the_gradients_of_both_points(string name)
    {
        using var engine = JetEngines.Create(name, Line(), Precision.Float64, 0);
        using var pass = engine.CreatePass(ResidualProgram.Compile(1, 1, 0, [U.Value - Across(U.Value), Across(U.Value) * U.Value], new(0, 2)));
        var (losses, weighted, residuals, gradients, rows) = (new double[2], new double[2], new double[4], new double[4], new double[4]);

        engine.SetParameters([3, 10]);
        pass.SetPoints(Points);
        pass.Run([1, 2, 1, 1], losses, weighted, residuals, gradients);
        pass.Jacobian(1, new double[2], rows);

        // u(−1) = 7, u(0.5) = 11.5, u(2) = 16. r = 7 − 16 and 11.5 − 16, ∂r/∂w = −3 and −1.5, ∂r/∂c = 0; products 112 and 184.
        Assert.Equal([-9, -4.5, 112, 184], residuals);
        Assert.Equal([(81 + 20.25) / 2, ((112 * 112) + (184 * 184)) / 2.0], losses);
        Assert.Equal((81 + 40.5) / 2, weighted[0]);

        // ∂(Σ w r²/2)/∂w = 27 + 2 · 6.75; ∂(u v)/∂w = x₂ u + x₁ v = 14 − 16 and 23 + 8, ∂(u v)/∂c = u + v.
        Assert.Equal([27 + 13.5, 0], gradients[..2]);
        Assert.Equal([-2, 23, 31, 27.5], rows);
        Assert.Equal([(112 * -2) + (184 * 31), (112 * 23) + (184 * 27.5)], gradients[2..]);
    }

    [Fact]
    public void Squared_norms_of_pairs_need_the_rows_of_both_points()
    {
        using var engine = new FusedJetEngine(Line(), Precision.Float64);
        using var pass = engine.CreatePass(ResidualProgram.Compile(1, 1, 0, [U.Value - Across(U.Value)], new(0, 2)));
        engine.SetParameters([3, 10]);
        pass.SetPoints(Points);

        Assert.False(pass.TrySquaredNorms(0, new double[2]));
    }

    [Fact]
    public void A_second_point_that_is_not_there_is_refused() =>
        Assert.Throws<ArgumentException>(() => ResidualProgram.Compile(1, 1, 0, [U.Value - Across(U.Value)]));

    [Fact]
    public void Derivatives_at_the_two_points_share_their_channels()
    {
        var slope = U.D(0);

        var program = ResidualProgram.Compile(1, 1, 0, [slope - Across(slope)], new(0, 2));

        Assert.Equal(2, program.Layout.Channels);
        Assert.Equal([new(OpCode.Jet, 0, 1), new(OpCode.Jet, 1, 1), new(OpCode.Subtract, 0, 1)], program.Instructions);
    }

    private static Expr Across(Expr value) => ((Expr.Derivative)value) with { IsAcross = true };

    private static NetworkGraph Line()
    {
        var builder = new NetworkBuilder([-1], [2], normalise: false);
        var weight = builder.Parameters("weight", 1, BlockRole.Weight, Initializers.Normal(0, 1));
        var bias = builder.Parameters("bias", 1, BlockRole.Bias, Initializers.Normal(0, 1));
        builder.Add(new Node.Dense(NetworkBuilder.Input, 1, weight, bias));
        return builder.Build();
    }
}
