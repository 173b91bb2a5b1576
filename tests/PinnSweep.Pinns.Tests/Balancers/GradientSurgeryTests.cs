using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>Directions for g_1 = (1, 0), g_2 = (−3, 3) and other small cases, derived by hand or published.</summary>
public sealed class GradientSurgeryTests
{
    private static readonly double[] Golden = [1, 0, -3, 3];

    /// <summary>
    /// PCGrad: p_1 = (0.5, 0.5), p_2 = (0, 3). MGDA: a = 0.84. ConFIG and DCGD's centre: both cosines 0.3826834324. DCGD: g = (−2, 3) loses
    /// −2 along g_1, so (0, 3); the average of (0, 3) and g − (15/18) g_2 = (0.5, 0.5) is (0.25, 1.75). IMTL-G: α_2 = 1/(1 + √18).
    /// </summary>
    [Theory]
    [InlineData("pcgrad", "", new[] { 0.5, 3.5 })]
    [InlineData("pcgrad", "order=fixed", new[] { 0.5, 3.5 })]
    [InlineData("mgda", "", new[] { 0.36, 0.48 })]
    [InlineData("config", "", new[] { 0.767766953, 1.853553391 })]
    [InlineData("dcgd", "", new[] { 0.767766953, 1.853553391 })]
    [InlineData("dcgd", "variant=projection", new[] { 0.0, 3 })]
    [InlineData("dcgd", "variant=average", new[] { 0.25, 1.75 })]
    [InlineData("imtl-g", "", new[] { 1 - (4 / 5.242640687119285), 3 / 5.242640687119285 })]
    public void Golden_directions(string kind, string parameters, double[] expected)
    {
        var balancer = Create(kind, parameters, 2, TermRole.Residual, TermRole.Boundary);

        Close.Assert(expected, Direction(balancer, Golden));
    }

    [Fact]
    public void Config_has_equal_cosines_with_three_gradients()
    {
        double[] g = [1, 0, 0.2, -1, 2, 0, 0.3, 0.1, 5];
        var d = Direction(Create("config", "", 3, TermRole.Residual, TermRole.Boundary, TermRole.Initial), g);

        double[] cosines = [.. Enumerable.Range(0, 3).Select(k => Dot(d, g[(3 * k)..(3 * k + 3)]) / Norm(d) / Norm(g[(3 * k)..(3 * k + 3)]))];
        Close.Assert([cosines[0], cosines[0], cosines[0]], cosines);
        Assert.True(cosines[0] > 0);
        Assert.Equal(Enumerable.Range(0, 3).Sum(k => Dot(d, g[(3 * k)..(3 * k + 3)])) / Norm(d), Norm(d), 1e-9);
    }

    [Fact]
    public void Imtl_g_has_equal_projections_on_three_gradients()
    {
        double[] g = [1, 0, 0.2, -1, 2, 0, 0.3, 0.1, 5];
        var balancer = Create("imtl-g", "", 3, TermRole.Residual, TermRole.Boundary, TermRole.Initial);
        var d = Direction(balancer, g);

        double[] projections = [.. Enumerable.Range(0, 3).Select(k => Dot(d, g[(3 * k)..(3 * k + 3)]) / Norm(g[(3 * k)..(3 * k + 3)]))];
        Close.Assert([projections[0], projections[0], projections[0]], projections);
        Assert.Equal(1, balancer.TermWeights.ToArray().Sum(), 1e-12);
    }

    /// <summary>Orthogonal gradients of norms 1, 2, 4: α is proportional to 1/‖g‖ = (4, 2, 1)/7.</summary>
    [Fact]
    public void Imtl_g_of_orthogonal_gradients_is_inverse_to_norms()
    {
        var balancer = Create("imtl-g", "", 3, TermRole.Residual, TermRole.Boundary, TermRole.Initial);

        Direction(balancer, [1, 0, 0, 0, 2, 0, 0, 0, 4]);

        Close.Assert([4 / 7.0, 2 / 7.0, 1 / 7.0], balancer.TermWeights);
    }

    /// <summary>Orthogonal unit gradients: by symmetry g_w = g_0 and d = (1 + c) g_0 / (1 + c²) = 1.5 / 1.25 · (0.5, 0.5).</summary>
    [Theory]
    [InlineData(1, 0.6)]
    [InlineData(0, 0.75)]
    [InlineData(2, 0.5)]
    public void Cagrad_of_orthogonal_gradients(int rescale, double expected)
    {
        var balancer = Create("cagrad", $"rescale={rescale}", 2, TermRole.Residual, TermRole.Boundary);

        Close.Assert([expected, expected], Direction(balancer, [1, 0, 0, 1]));
    }

    /// <summary>No point of a fine grid on the ball ‖d − g_0‖ ≤ c ‖g_0‖ has a larger worst product than the solution.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Cagrad_is_the_best_direction_near_the_mean_gradient(double c)
    {
        var balancer = Create("cagrad", FormattableString.Invariant($"c={c} rescale=0"), 2, TermRole.Residual, TermRole.Boundary);
        var d = Direction(balancer, Golden);
        double[] mean = [-1, 1.5];

        var best = double.NegativeInfinity;
        for (var i = 0; i < 100_000; i++)
        {
            var angle = 2 * Math.PI * i / 100_000;
            best = Math.Max(best, Worst([mean[0] + (c * Norm(mean) * Math.Cos(angle)), mean[1] + (c * Norm(mean) * Math.Sin(angle))]));
        }

        Assert.Equal(c * Norm(mean), Norm([d[0] - mean[0], d[1] - mean[1]]), 1e-9);
        Assert.Equal(best, Worst(d), 1e-6);

        static double Worst(double[] d) => Math.Min(Dot(d, [1, 0]), Dot(d, [-3, 3]));
    }

    /// <summary>
    /// The least-norm combination is the projection of the origin: each ⟨d, g_k⟩ ≥ ‖d‖², equal where the weight is positive.
    /// </summary>
    [Fact]
    public void Mgda_of_four_gradients_satisfies_the_optimality_conditions()
    {
        var stream = new RandomStream(3, "surgery");
        for (var trial = 0; trial < 50; trial++)
        {
            double[] g = [.. Enumerable.Range(0, 24).Select(_ => 0.5 + stream.NextGaussian())];
            var balancer = Create("mgda", "", 6, TermRole.Residual, TermRole.Boundary, TermRole.Initial, TermRole.Data);
            var d = Direction(balancer, g);

            Assert.Equal(1, balancer.TermWeights.ToArray().Sum(), 1e-12);
            for (var k = 0; k < 4; k++)
            {
                var excess = Dot(d, g[(6 * k)..(6 * k + 6)]) - Dot(d, d);
                Assert.True(excess > -1e-9);
                Assert.True(balancer.TermWeights[k] < 1e-9 || excess < 1e-6);
            }
        }
    }

    /// <summary>Norms 1 and 10, orthogonal: plain weights are (100, 1)/101; with l2 the unit gradients weigh equally.</summary>
    [Theory]
    [InlineData("none", 100 / 101.0)]
    [InlineData("l2", 0.5)]
    public void Mgda_normalization_changes_the_weights(string normalization, double first)
    {
        var balancer = Create("mgda", $"normalization={normalization}", 2, TermRole.Residual, TermRole.Boundary);

        Direction(balancer, [1, 0, 0, 10]);

        Close.Assert([first, 1 - first], balancer.TermWeights);
    }

    [Fact]
    public void Pcgrad_projects_on_original_gradients_in_the_order_of_the_stream()
    {
        double[] g = [1, 0.2, 0.1, -1, 0.5, 0, -0.8, -1, 0.3];
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = Scene.Flat(3, TermRole.Residual, TermRole.Boundary, TermRole.Initial);
            var seeded = new Scene { Network = scene.Network, Terms = scene.Terms, FixedPoints = scene.FixedPoints, Seed = seed };
            seen.Add(string.Join(' ', Direction(seeded.Create("pcgrad"), g).Select(v => v.ToString("F9"))));
        }

        var fixedOrder = Direction(Create("pcgrad", "order=fixed", 3, TermRole.Residual, TermRole.Boundary, TermRole.Initial), g);

        Assert.InRange(seen.Count, 2, 8);
        Assert.Contains(string.Join(' ', fixedOrder.Select(v => v.ToString("F9"))), seen);
    }

    [Theory]
    [InlineData("pcgrad", "", 2.0)]
    [InlineData("mgda", "", 2.0)]
    [InlineData("config", "", 2.0)]
    [InlineData("dcgd", "", 2.0)]
    [InlineData("imtl-g", "", 2.0)]
    public void A_zero_gradient_is_left_out_and_counted(string kind, string parameters, double expected)
    {
        var scene = Scene.Flat(2, TermRole.Residual, TermRole.Boundary);
        var balancer = scene.Create(kind, Parse(parameters));

        Close.Assert([expected, 0], Direction(balancer, [2, 0, 0, 0]));
        Assert.Equal(1, scene.Events.Counts[BalancerEvents.ZeroGradient]);
    }

    /// <summary>
    /// For g_1 = (1, 0), g_2 = (3, 0): sums give 4, the least norm 1, equal projections need α ∝ (1, 1/3) and give 1.5, CAGrad (2 + 0.5 ·
    /// 2) / 1.25.
    /// </summary>
    [Theory]
    [InlineData("pcgrad", 4)]
    [InlineData("mgda", 1)]
    [InlineData("config", 4)]
    [InlineData("dcgd", 4)]
    [InlineData("imtl-g", 1.5)]
    [InlineData("cagrad", 2.4)]
    public void Parallel_gradients_have_their_direction(string kind, double expected) =>
        Close.Assert([expected, 0], Direction(Create(kind, "", 2, TermRole.Residual, TermRole.Boundary), [1, 0, 3, 0]));

    [Theory]
    [InlineData("pcgrad", false)]
    [InlineData("mgda", false)]
    [InlineData("config", true)]
    [InlineData("dcgd", true)]
    [InlineData("imtl-g", false)]
    [InlineData("cagrad", true)]
    public void Opposed_gradients_give_a_finite_direction(string kind, bool counted)
    {
        var scene = Scene.Flat(2, TermRole.Residual, TermRole.Boundary);
        var direction = Direction(scene.Create(kind), [1, 0, -1, 0]);

        Close.Assert([0, 0], direction, 1e-6);
        Assert.Equal(counted, scene.Events.Counts.ContainsKey(BalancerEvents.OpposedGradients));
    }

    /// <summary>
    /// Zero until both terms were visited; then m̂ = ConFIG(g_1, g_2) and its square as second moment: the direction is sign(m̂) = (1, 1),
    /// and stays while gradients do.
    /// </summary>
    [Fact]
    public void M_config_of_constant_gradients_is_a_sign_step()
    {
        var balancer = Create("m-config", "", 2, TermRole.Residual, TermRole.Boundary);

        Close.Assert([0, 0], Direction(balancer, Golden));
        for (var step = 1; step < 6; step++)
        {
            Close.Assert([1, 1], Direction(balancer, Golden), 1e-6);
        }
    }

    /// <summary>Only the visited term's gradient is read: g_1 in step 0, g_2 in step 1.</summary>
    [Fact]
    public void M_config_reads_one_gradient_a_step()
    {
        var balancer = Create("m-config", "", 2, TermRole.Residual, TermRole.Boundary);

        Direction(balancer, [1, 0, 100, 100]);
        Close.Assert([1, 1], Direction(balancer, [-100, 100, -3, 3]), 1e-6);
    }

    [Theory]
    [InlineData("m-config")]
    [InlineData("multiadam")]
    public void What_scales_its_direction_itself_needs_gradient_descent_outside(string kind)
    {
        var any = Level.Of("any");
        var problem = PinnCatalog.Problem(MethodLevels.Of(Diffusion.Entry.Method));
        var cell = new CellLevels(any, any, any, any, Level.Of("adam"), any, Precision.Float64);

        Assert.Contains("sgd", BalancerCatalog.Find(kind).WhyNotApplicable(cell, problem), StringComparison.Ordinal);
        Assert.Null(BalancerCatalog.Find(kind).WhyNotApplicable(cell with { Optimizer = Level.Of("sgd") }, problem));
    }

    /// <summary>
    /// First step: every group's step is the sign of its sum, residual (1, 0) and conditions (−1, 1), whose mean is (0, 1/2); of terms apart
    /// (1, 0), (−1, 1), (0, 1) it is (0, 2/3). Second step, β = 0.99: a residual of 1 and then 3 has m̂ = (0.99 + 3)/1.99 and
    /// ŝ = (0.99 + 9)/1.99, and conditions that stay go on with their signs.
    /// </summary>
    [Theory]
    [InlineData("", new[] { 0, 0.5 }, 0.5)]
    [InlineData("groups=terms", new[] { 0, 2.0 / 3 }, 1.0 / 3)]
    public void Multiadam_is_the_mean_of_the_groups_adam_steps(string parameters, double[] first, double share)
    {
        var balancer = Create("multiadam", parameters, 2, TermRole.Residual, TermRole.Boundary, TermRole.Initial);

        Close.Assert(first, Direction(balancer, [1, 0, -3, 3, 0, 1e6]), 1e-6);
        Close.Assert([share * (((0.99 + 3) / 1.99 / Math.Sqrt((0.99 + 9) / 1.99)) - 1), first[1]], Direction(balancer, [3, 0, -3, 3, 0, 1e6]), 1e-6);
        Close.Assert([1, 1, 1], balancer.TermWeights.ToArray());
    }

    [Fact]
    public void Multiadam_does_not_feel_what_a_group_is_multiplied_by()
    {
        var (plain, scaled) = (Create("multiadam", "", 2, TermRole.Residual, TermRole.Boundary), Create("multiadam", "", 2, TermRole.Residual, TermRole.Boundary));
        for (var step = 0; step < 5; step++)
        {
            var (x, y) = (Math.Cos(step), 1 + Math.Sin(2 * step));

            Close.Assert(Direction(plain, [x, y, -3, 3 + x]), Direction(scaled, [1000 * x, 1000 * y, -3, 3 + x]), 1e-6);
        }
    }

    private static IBalancer Create(string kind, string parameters, int length, params TermRole[] roles) => Scene.Flat(length, roles).Create(kind, Parse(parameters));

    private static (string, object)[] Parse(string parameters) => [.. parameters
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .Select(pair => (pair[0], double.TryParse(pair[1], out var number) ? (object)number : pair[1]))];

    private static double[] Direction(IBalancer balancer, double[] gradients)
    {
        var terms = balancer.TermWeights.Length;
        return new Frame { Losses = [.. Enumerable.Repeat(1.0, terms)], Gradients = gradients }.Turn(balancer);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));
}
