using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing;

namespace PinnSweep.Jets.Tests.Engines.Fused;

public sealed class FusedJetEngineTests(ITestOutputHelper output)
{
    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_derivative_check_holds_over_random_networks(int width)
    {
        var checks = DerivativeChecks.Run("fused", (network, _, precision) => new FusedJetEngine(network, precision, (SimdWidth)width), graphs: 40);

        foreach (var check in checks)
        {
            output.WriteLine($"{check.Name}: {check.Error:g2} of {check.Limit:g2}");
        }

        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Error:g3} exceeds {check.Limit:g3}"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_step_after_the_first_allocates_nothing(int width)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var engine = new FusedJetEngine(BurgersCase.Network(20, 20), precision, (SimdWidth)width);
            using var pass = engine.CreatePass(BurgersCase.Program());
            var theta = engine.Network.Initialize(new RandomStream(1, "init"));
            var points = ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 300, 2);
            var (loss, weighted, residuals, gradient) = (new double[1], new double[1], new double[300], new double[theta.Length]);
            void Steps()
            {
                for (var i = 0; i < 25; i++)
                {
                    engine.SetParameters(theta);
                    pass.SetPoints(points);
                    pass.Run([], loss, weighted, residuals, gradient);
                    pass.RunCombined([], [2], loss, weighted, residuals, gradient);
                }
            }

            Steps();

            Assert.Equal(0, Allocations.Of(Steps));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Squared_norms_of_a_plain_network_need_no_rows_and_are_theirs(int width)
    {
        foreach (var (precision, tolerance) in new[] { (Precision.Float64, 1e-12), (Precision.Float32, 3e-5) })
        {
            using var engine = new FusedJetEngine(BurgersCase.Network(20, 20), precision, (SimdWidth)width);
            using var pass = engine.CreatePass(BurgersCase.Program());
            var theta = engine.Network.Initialize(new RandomStream(1, "init"));
            var (residuals, rows, squares) = (new double[333], new double[333 * theta.Length], new double[333]);
            engine.SetParameters(theta);
            pass.SetPoints(ArbitraryNetwork.DrawPoints(new RandomStream(1, "points"), 333, 2));

            Assert.True(pass.TrySquaredNorms(0, squares));
            pass.Jacobian(0, residuals, rows);

            foreach (var (square, row) in squares.Zip(rows.Chunk(theta.Length)))
            {
                var expected = row.Sum(value => value * value);
                Assert.Equal(expected, square, tolerance * expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Equal_parameters_and_points_give_equal_bits(int width)
    {
        using var first = new BurgersCase((SimdWidth)width, Precision.Float32, 333);
        using var second = new BurgersCase((SimdWidth)width, Precision.Float32, 333);

        first.Run();
        second.Run();
        var once = (double[])first.Gradient.Clone();
        first.Run();

        Assert.Equal(once, second.Gradient);
        Assert.Equal(once, first.Gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Points_one_by_one_add_up_to_the_points_together(int count)
    {
        using var all = new BurgersCase(SimdWidths.Widest, Precision.Float64, count);
        using var single = new BurgersCase(SimdWidths.Widest, Precision.Float64, 1);
        var sum = new double[all.Gradient.Length];

        all.Run();
        for (var i = 0; i < count; i++)
        {
            single.Pass.SetPoints(all.Points.AsSpan(2 * i, 2));
            single.Run();
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += single.Gradient[k] / count;
            }
        }

        Assert.Equal(sum, all.Gradient, (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Filling_of_the_last_tile_never_becomes_a_number_that_is_none()
    {
        // ln and √ of coordinates and outputs are finite at the points, not at the origin or any other place filling could come from.
        var u = Expr.OutputOf(0, 2);
        var x = Expr.Coordinate(0);
        var program = ResidualProgram.Compile(2, 1, 0, [(Expr.Log(x) * u.D(0)) + Expr.Sqrt(Expr.Exp(u) + (u.Value / x)) + Expr.Log(x * Expr.Exp(u))]);
        using var engine = new FusedJetEngine(BurgersCase.Network(8), Precision.Float32);
        using var pass = engine.CreatePass(program);
        var gradient = new double[engine.Network.ParameterCount];

        engine.SetParameters(engine.Network.Initialize(new RandomStream(1, "init")));
        pass.SetPoints([0.7, 0.2, 0.9, 0.5, 1.3, 0.1]);
        pass.Run([], new double[1], new double[1], new double[3], gradient);

        Assert.All(gradient, entry => Assert.True(double.IsFinite(entry)));
        Assert.Contains(gradient, entry => entry != 0);
    }

    [Fact]
    public void A_point_that_diverges_makes_the_loss_and_its_gradient_say_so()
    {
        using var burgers = new BurgersCase(SimdWidths.Widest, Precision.Float32, 100);
        var theta = burgers.Theta.ToArray();
        theta[3] = double.NaN;

        burgers.Engine.SetParameters(theta);
        burgers.Run();

        Assert.True(double.IsNaN(burgers.Loss[0]));
        Assert.True(double.IsNaN(burgers.Gradient[0]));
    }

    [Fact]
    public void WhyUnsupported_names_the_order_and_passes_every_node()
    {
        var network = BurgersCase.Network(8);

        Assert.Null(FusedJetEngine.WhyUnsupported(network, new(2, [new Direction([1, 0], 4)])));
        Assert.Contains("order 5", FusedJetEngine.WhyUnsupported(network, new(2, [new Direction([1, 0], 5)])), StringComparison.Ordinal);
    }
}
