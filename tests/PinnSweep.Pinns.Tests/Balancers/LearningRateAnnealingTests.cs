using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class LearningRateAnnealingTests
{
    private static readonly double[] Residual = [0.3, -4, 0.1, 0.02];
    private static readonly double[] Boundary = [0.01, -0.02, 0.03, 0.04];

    /// <summary>max|g_r| = 4 and mean|g_b| = 0.025 make λ̂ = 160; mean|g_r| = 1.105 makes the ratio of means 44.2. From λ = 1.</summary>
    [Theory]
    [InlineData("paper", 0.1, 144.1)]
    [InlineData("paper", 0.0, 160)]
    [InlineData("official-code", 0.9, 16.9)]
    [InlineData("mean-ratio", 0.0, 44.2)]
    public void Update_golden_gradients_gives_published_weight(string variant, double keepOld, double expected)
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", variant), ("keep_old", keepOld));

        Golden(0).Turn(balancer);

        Assert.Equal(1, balancer.TermWeights[0]);
        Assert.Equal(expected, balancer.TermWeights[1], 1e-12 * expected);
    }

    [Theory]
    [InlineData("paper", 144.1)]
    [InlineData("official-code", 16.9)]
    [InlineData("mean-ratio", 1.432)]
    public void Keep_old_of_each_variant_follows_its_source(string variant, double expected)
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", variant));

        Golden(0).Turn(balancer);

        Assert.Equal(expected, balancer.TermWeights[1], 1e-12 * expected);
    }

    [Fact]
    public void Official_code_converges_to_the_square_root_of_the_ratio()
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", "official-code"), ("interval", 1));

        for (var step = 0; step < 400; step++)
        {
            Golden(step).Turn(balancer);
        }

        Assert.Equal(Math.Sqrt(160), balancer.TermWeights[1], 1e-9);
    }

    [Theory]
    [InlineData("paper", 144.1)]
    [InlineData("official-code", 1)]
    public void The_step_that_updates_uses_new_weights_in_the_paper_and_old_ones_in_the_code(string variant, double weight)
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", variant));

        var direction = Golden(0).Turn(balancer);

        Assert.Equal(0.3 + (weight * 0.01), direction[0], 1e-12);
    }

    [Fact]
    public void Weights_change_only_at_multiples_of_the_interval()
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", "paper"), ("interval", 5));
        var seen = new List<double>();
        for (var step = 0; step <= 5; step++)
        {
            Golden(step).Turn(balancer);
            seen.Add(balancer.TermWeights[1]);
        }

        Assert.Equal([.. Enumerable.Repeat(144.1, 5), 158.41], seen.Select(weight => Math.Round(weight, 9)));
    }

    /// <summary>Biases hold gradients of 100 that only "all" may see: of 25 entries, mean|g_b| = 3 · 100 / 25.</summary>
    [Fact]
    public void Biases_enter_the_statistics_only_where_all_blocks_do()
    {
        var gradients = Frame.InBlock("hidden0.weight", Enumerable.Repeat(1.0, 6).ToArray(), Enumerable.Repeat(1.0, 6).ToArray());
        foreach (var bias in Enumerable.Range(Scene.ParameterCount + Scene.Block("hidden0.bias").Offset, 3))
        {
            gradients[bias] = 100;
        }

        var frame = new Frame { Losses = [1, 1], Gradients = gradients };
        var weights = Scene.WithTerms(TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", "paper"), ("keep_old", 0.0));
        var all = Scene.WithTerms(TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", "paper"), ("keep_old", 0.0), ("blocks", "all"));

        frame.Turn(weights);
        frame.Turn(all);

        Assert.Equal(1 / (6.0 / 18), weights.TermWeights[1], 1e-12);
        Assert.Equal(1 / (306.0 / 25), all.TermWeights[1], 1e-12);
    }

    /// <summary>(1, 2) + (3, −1) has the maximum 4, the boundary's gradient the mean 0.5.</summary>
    [Fact]
    public void Several_residual_terms_are_one_reference()
    {
        var balancer = Scene.Flat(2, TermRole.Residual, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing", ("variant", "paper"), ("keep_old", 0.0));
        var frame = new Frame { Losses = [1, 1, 1], Gradients = [1, 2, 3, -1, 0.5, 0.5] };

        frame.Turn(balancer);

        Assert.Equal([1, 1, 8], balancer.TermWeights.ToArray());
    }

    /// <summary>The bare name is the program's rule: λ̂ = 4 / 0.025, a tenth of it beside 0.9 of the old weight.</summary>
    [Fact]
    public void The_default_is_the_rule_that_does_not_feed_back_on_itself()
    {
        var balancer = Scene.Flat(4, TermRole.Residual, TermRole.Boundary).Create("learning-rate-annealing");

        Golden(0).Turn(balancer);

        Assert.Equal(0.9 + (0.1 * 160), balancer.TermWeights[1], 1e-12);
    }

    /// <summary>
    /// (0.5, −0.1) + (0.5, 0.3) has the mean magnitude 0.6, where the terms alone have 0.3 and 0.4; max|g_r| = 2. The third condition goes
    /// alone.
    /// </summary>
    [Fact]
    public void Terms_that_share_a_weight_are_weighed_by_the_gradient_of_their_sum()
    {
        var share = new SpecValue.List([new SpecValue.List([new SpecValue.Text("term1"), new SpecValue.Text("term2")])]);
        var balancer = Scene.Flat(2, TermRole.Residual, TermRole.Initial, TermRole.Initial, TermRole.Boundary)
            .Create("learning-rate-annealing", ("variant", "paper"), ("keep_old", 0.0), ("share", share));

        new Frame { Losses = [1, 1, 1, 1], Gradients = [2, 1, 0.5, -0.1, 0.5, 0.3, 0.4, 0.4] }.Turn(balancer);

        Assert.Equal([1, 2 / 0.6, 2 / 0.6, 5], balancer.TermWeights.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("[[initial, initial-velocity], [boundary, initial]]", "'share' names the term 'initial' twice; a term has one weight")]
    [InlineData("[[residual, boundary]]", "'share' names the term 'residual', an equation, whose weight is always 1; name conditions")]
    public void Sharing_that_cannot_be_is_not_applicable(string share, string reason)
    {
        var plan = StudyFile.Parse(
            $$"""
            study: s
            factors: {problem: [klein-gordon], network: [mlp], balancer: [static, {kind: learning-rate-annealing, share: {{share}}}], sampler: [uniform], optimizer: [adam]}
            budget: {steps: 1}
            """,
            "s.yaml",
            PinnCatalog.Instance);

        Assert.Equal(reason, Assert.Single(Planner.Plan(plan, PinnCatalog.Instance).NotApplicable).Reason);
    }

    private static Frame Golden(int step) => new() { Step = step, Losses = [1, 1], Gradients = [.. Residual, .. Boundary] };
}
