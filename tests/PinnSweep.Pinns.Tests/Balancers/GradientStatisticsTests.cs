using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>Balancers that read statistics of gradients, each against a vector derived by hand.</summary>
public sealed class GradientStatisticsTests
{
    private static readonly TermRole[] Two = [TermRole.Residual, TermRole.Boundary];
    private static readonly TermRole[] Three = [TermRole.Residual, TermRole.Boundary, TermRole.Initial];

    /// <summary>Norms 3, 4, 5 with sum 12 and mean 4: w = 0.9 + 0.1 · (4/3, 1, 4/5), three times the ratio for the sum.</summary>
    [Theory]
    [InlineData("mean", new[] { 0.9 + (0.4 / 3), 1, 0.98 })]
    [InlineData("sum", new[] { 1.3, 1.2, 1.14 })]
    public void Grad_norm_ratio_brings_norms_to_their_mean(string variant, double[] expected)
    {
        foreach (var (gradients, step) in new[] { ("before", 0), ("after", 1) })
        {
            var balancer = Scene.Flat(2, Three).Create("grad-norm-ratio", ("variant", variant), ("gradients", gradients));

            new Frame { Step = step, Losses = [1, 1, 1], Gradients = [3, 0, 0, 4, 3, 4] }.Turn(balancer);

            Close.Assert(expected, balancer.TermWeights);
        }
    }

    /// <summary>
    /// As in jaxpi: after step 0 the gradients at the new θ, which step 1 evaluates, give the weights of step 1: norms 3 and 1 with mean 2,
    /// w = 0.9 + 0.1 · (2/3, 2).
    /// </summary>
    [Fact]
    public void Grad_norm_ratio_looks_at_the_gradients_that_its_step_leaves()
    {
        var balancer = Scene.Flat(2, Two).Create("grad-norm-ratio", ("interval", 5));

        var first = new Frame { Step = 0, Losses = [1, 1], Gradients = [7, 0, 0, 1] }.Turn(balancer);
        var second = new Frame { Step = 1, Losses = [1, 1], Gradients = [3, 0, 0, 1] }.Turn(balancer);
        new Frame { Step = 5, Losses = [1, 1], Gradients = [9, 0, 0, 1] }.Turn(balancer);

        Assert.Equal([7, 1], first);
        Close.Assert([3 * (0.9 + (0.2 / 3)), 1.1], second);
        Close.Assert([0.9 + (0.2 / 3), 1.1], balancer.TermWeights);
        Assert.Equal([1, 6, 11], Enumerable.Range(0, 12).Where(step => balancer.NeedsTermGradients(step)));
    }

    [Fact]
    public void Grad_norm_ratio_of_before_updates_after_step_0_and_then_every_thousand()
    {
        var balancer = Scene.Flat(2, Two).Create("grad-norm-ratio", ("gradients", "before"));

        var direction = new Frame { Losses = [1, 1], Gradients = [3, 0, 0, 1] }.Turn(balancer);
        var weights = balancer.TermWeights.ToArray();
        new Frame { Step = 999, Losses = [1, 1], Gradients = [9, 0, 0, 1] }.Turn(balancer);

        Assert.Equal([3, 1], direction);
        Assert.Equal(weights, balancer.TermWeights.ToArray());
        Assert.NotEqual(1, weights[0]);
    }

    /// <summary>
    /// std (2, −2) = 2 and std (5, 4) = 0.5, λ̂ = 4, λ = 0.5 + 0.5 · 4. With the largest as reference the residual has 1 too.
    /// </summary>
    [Theory]
    [InlineData("residual")]
    [InlineData("largest")]
    public void Inverse_dirichlet_brings_deviations_together(string reference)
    {
        var balancer = Scene.Flat(2, Two).Create("inverse-dirichlet", ("reference", reference));

        new Frame { Losses = [1, 1], Gradients = [2, -2, 5, 4] }.Turn(balancer);

        Close.Assert([1, 2.5], balancer.TermWeights);
    }

    [Fact]
    public void Inverse_dirichlet_of_the_largest_raises_the_residual_as_well()
    {
        var balancer = Scene.Flat(2, Two).Create("inverse-dirichlet", ("reference", "largest"), ("keep_old", 0.0));

        new Frame { Losses = [1, 1], Gradients = [5, 4, 2, -2] }.Turn(balancer);

        Close.Assert([4, 1], balancer.TermWeights);
    }

    /// <summary>
    /// Λ = 4/1 + 4/2 = 6, equal difficulties: λ = (3, 3). Then losses (3, 1) with means (2, 1): difficulties 1.5 and 1, Λ = 4/3 + 4/6 = 2,
    /// λ̂ = (1.2, 0.8), cumulative mean over two updates (2.1, 1.9).
    /// </summary>
    [Fact]
    public void Db_pinn_two_updates_by_hand()
    {
        var balancer = Scene.Flat(2, Three).Create("db-pinn", ("interval", 1));

        new Frame { Step = 0, Losses = [1, 1, 1], Gradients = [4, 0, 1, 1, 2, 2] }.Turn(balancer);
        Close.Assert([1, 3, 3], balancer.TermWeights);
        new Frame { Step = 1, Losses = [1, 3, 1], Gradients = [4, 0, 1, 1, 2, 2] }.Turn(balancer);

        Close.Assert([1, 2.1, 1.9], balancer.TermWeights);
    }

    /// <summary>
    /// (3, −3, 0, 0) has deviation 3/√2, kurtosis 2 and maximum 3, (±1) has 1, 1 and mean 1: the authors' code gives 3/√2 for std and
    /// (3/√2)/2 for kurtosis, whatever λ is, so the second update leaves both; with λ in the mean, 3 and then (3 + 1)/2. As it was before:
    /// std of λ g, (3/√2 + 1)/2 after the second, and 2 for the kurtoses alone.
    /// </summary>
    [Theory]
    [InlineData("code", "std", 2.1213203435596424, 2.1213203435596424)]
    [InlineData("code", "kurtosis", 1.0606601717798212, 1.0606601717798212)]
    [InlineData("code", "mean", 3, 2)]
    [InlineData("earlier", "std", 2.1213203435596424, 1.5606601717798212)]
    [InlineData("earlier", "kurtosis", 2, 2)]
    [InlineData("earlier", "mean", 3, 2)]
    public void Db_pinn_statistics_are_those_of_the_authors_code_or_the_earlier_ones(string rule, string statistic, double first, double second)
    {
        var balancer = Scene.Flat(4, Two).Create("db-pinn", ("statistic", statistic), ("rule", rule), ("interval", 1));
        double[] gradients = [3, -3, 0, 0, 1, -1, 1, -1];

        new Frame { Losses = [1, 1], Gradients = gradients }.Turn(balancer);
        Close.Assert([1, first], balancer.TermWeights);
        new Frame { Step = 1, Losses = [1, 1], Gradients = gradients }.Turn(balancer);

        Close.Assert([1, second], balancer.TermWeights);
    }

    /// <summary>
    /// 25 parameters, 18 of them weights. Only a bias has a gradient, of the residual 5 and of both conditions 1: means over weights are 0,
    /// over weights and biases 1/25, so Λ = 2 · 5 · 25.
    /// </summary>
    [Theory]
    [InlineData("dense", new[] { 1.0, 125, 125 })]
    [InlineData("weights", new[] { 1.0, 1, 1 })]
    public void Db_pinn_sees_biases_as_the_authors_code_does(string blocks, double[] expected)
    {
        var balancer = new Scene().Create("db-pinn", ("blocks", blocks));

        new Frame { Losses = [1, 1, 1], Gradients = Frame.InBlock("hidden1.bias", [5], [1], [1]) }.Turn(balancer);

        Close.Assert(expected, balancer.TermWeights);
        Assert.Equal("dense", MethodLevels.Of(DualBalancing.Entry.Method).Parameters.Text("blocks"));
    }

    /// <summary>Moments in vectors and remainder: 19 entries against the definition.</summary>
    [Fact]
    public void Deviation_of_many_entries_follows_the_definition()
    {
        double[] residual = [.. Enumerable.Range(0, 19).Select(i => 1e3 + Math.Sin(i))];
        double[] boundary = [.. Enumerable.Range(0, 19).Select(i => (double)(i % 5))];
        var balancer = Scene.Flat(19, Two).Create("inverse-dirichlet", ("keep_old", 0.0));

        new Frame { Losses = [1, 1], Gradients = [.. residual, .. boundary] }.Turn(balancer);

        Close.Assert([1, Deviation(residual) / Deviation(boundary)], balancer.TermWeights, 1e-10);

        static double Deviation(double[] g) => Math.Sqrt(g.Average(v => Math.Pow(v - g.Average(), 2)));
    }

    /// <summary>
    /// Traces 5 · 2, 3 · 1, 2 · 4 = 10, 3, 8 with sum 21; means 2, 1, 4 with mean 7/3. One point of each tells the same here.
    /// </summary>
    [Theory]
    [InlineData("trace", null, new[] { 2.1, 7, 2.625 })]
    [InlineData("trace", 1, new[] { 2.1, 7, 2.625 })]
    [InlineData("mean", null, new[] { 7 / 6.0, 7 / 3.0, 7 / 12.0 })]
    public void Ntk_shares_the_trace_equally(string variant, int? points, double[] expected)
    {
        var scene = new Scene { SquaredNorms = [[2, 2, 2, 2, 2], [1, 1, 1], [4, 4]] };
        (string, object)[] parameters = points is { } count ? [("points", count)] : [];
        var balancer = scene.Create("ntk", [("variant", variant), .. parameters]);

        new Frame { Losses = [1, 1, 1], Gradients = new double[75] }.Turn(balancer);

        Close.Assert(expected, balancer.TermWeights);
    }

    /// <summary>‖(3, 4)‖² = 25 for the residual, ‖(1, 0) + (0, 1)‖² = 2 for both conditions: 27/25 and 27/2.</summary>
    [Fact]
    public void Ntk_of_summed_residuals_has_two_groups()
    {
        var sums = new[] { new double[25], new double[25], new double[25] };
        (sums[0][0], sums[0][1], sums[1][0], sums[2][1]) = (3, 4, 1, 1);
        var balancer = new Scene { GradientSums = sums }.Create("ntk", ("variant", "sum-of-residuals"));

        new Frame { Losses = [1, 1, 1], Gradients = new double[75] }.Turn(balancer);

        Close.Assert([27 / 25.0, 13.5, 13.5], balancer.TermWeights);
    }
}
