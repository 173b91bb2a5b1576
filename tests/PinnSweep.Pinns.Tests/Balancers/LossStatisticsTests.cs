using PinnSweep.Methods.Balancers;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>Balancers that read losses alone, each against a vector derived by hand or published.</summary>
public sealed class LossStatisticsTests
{
    private static readonly TermRole[] Two = [TermRole.Residual, TermRole.Boundary];
    private static readonly TermRole[] Three = [TermRole.Residual, TermRole.Boundary, TermRole.Initial];

    /// <summary>Last-step slopes of L: (2, 0.9, 0.05) → (1, 0.81, 0.1), β = 0.1.</summary>
    [Fact]
    public void SoftAdapt_golden_vector_of_one_step()
    {
        var balancer = Scene.Flat(1, Three).Create("softadapt");

        Show(balancer, [2, 0.9, 0.05], [1, 0.81, 0.1]);

        Close.Assert([0.3119171423, 0.3416331782, 0.3464496795], balancer.TermWeights);
    }

    /// <summary>K softmax(β ΔL) beside 0.9 of the old weights, which are 1: three times the vector above, a tenth of it. β = 0.1.</summary>
    [Fact]
    public void SoftAdapt_can_average_over_steps_as_another_program_does()
    {
        var balancer = Scene.Flat(1, Three).Create("softadapt", ("sum", "terms"), ("keep_old", 0.9));

        Show(balancer, [2, 0.9, 0.05], [1, 0.81, 0.1]);

        Close.Assert([0.9 + (0.3 * 0.3119171423), 0.9 + (0.3 * 0.3416331782), 0.9 + (0.3 * 0.3464496795)], balancer.TermWeights);
    }

    /// <summary>Five losses a term; the printed outputs of the authors' tests.</summary>
    [Theory]
    [InlineData("original", new[] { 0.99343, 6.5666e-3, 3.89e-22 })]
    [InlineData("normalized", new[] { 0.3221, 0.3251, 0.3528 })]
    [InlineData("loss-weighted", new[] { 0.87978, 0.12022, 7.1e-20 })]
    public void SoftAdapt_forms_give_the_outputs_of_the_authors_code(string form, double[] expected)
    {
        var balancer = Scene.Flat(1, Three).Create("softadapt", ("form", form), ("accuracy", 4));

        Show(balancer, [1, 150, 1500], [2, 100, 1000], [3, 50, 500], [4, 10, 100]);
        Assert.Equal([1, 1, 1], balancer.TermWeights.ToArray());
        Show(balancer, [5, 0.1, 1]);

        for (var k = 0; k < 3; k++)
        {
            Assert.InRange(balancer.TermWeights[k] / expected[k], 1 - 5e-3, 1 + 5e-3);
        }
    }

    /// <summary>
    /// Ratios of the last two losses before this step: (1/2, 3/4), T = 2: w = 2 softmax(0.25, 0.375) = 2/(1 + e^{±0.125}).
    /// </summary>
    [Fact]
    public void Dwa_uses_the_ratio_of_the_two_losses_before()
    {
        var balancer = Scene.Flat(1, Two).Create("dwa");

        Show(balancer, [2, 4], [1, 3]);
        Assert.Equal([1, 1], balancer.TermWeights.ToArray());
        Show(balancer, [100, 1]);

        Close.Assert([2 / (1 + Math.Exp(0.125)), 2 / (1 + Math.Exp(-0.125))], balancer.TermWeights);
    }

    /// <summary>√(4 · 1) = 2, so w = 2 / (2 · 4) and 2 / (2 · 1).</summary>
    [Fact]
    public void Geometric_loss_has_the_gradient_of_the_geometric_mean()
    {
        var balancer = Scene.Flat(1, Two).Create("geometric-loss");

        Show(balancer, [4, 1]);

        Close.Assert([0.25, 1], balancer.TermWeights);
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("terms", 3)]
    public void Random_weights_are_the_softmax_of_the_stream(string sum, double total)
    {
        var balancer = Scene.Flat(1, Three).Create("random-weights", ("sum", sum));
        var stream = new RandomStream(7, "balancer");
        double[] expected = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(stream.NextGaussian()))];

        Show(balancer, [1, 1, 1]);

        Close.Assert([.. expected.Select(e => total * e / expected.Sum())], balancer.TermWeights);
    }

    /// <summary>s = 0: ∂/∂s = ½(1 − 4) and ½(1 − ¼), so Adam's first step makes s = ±0.1 and the weights ½ e^{∓0.1}.</summary>
    [Fact]
    public void Uncertainty_trains_the_log_variance()
    {
        var balancer = Scene.Flat(1, Two).Create("uncertainty", ("lr", 0.1));
        Close.Assert([0.5, 0.5], balancer.TermWeights);

        Show(balancer, [4, 0.25]);

        Close.Assert([0.5 * Math.Exp(-0.1), 0.5 * Math.Exp(0.1)], balancer.TermWeights, 1e-7);
    }

    /// <summary>σ = 2: ∂/∂σ = 1/2 − 16/8 and 1/2 − 1/8, so σ = 2.1 and 1.9.</summary>
    [Fact]
    public void Uncertainty_of_lbpinn_trains_the_deviation()
    {
        var balancer = Scene.Flat(1, Two).Create("uncertainty", ("lr", 0.1), ("variant", "deviation"));
        Close.Assert([0.125, 0.125], balancer.TermWeights);

        Show(balancer, [16, 1]);

        Close.Assert([0.5 / (2.1 * 2.1), 0.5 / (1.9 * 1.9)], balancer.TermWeights, 1e-7);
    }

    /// <summary>A term at L = e^{s} is stationary: the weight follows 1/(2L).</summary>
    [Fact]
    public void Uncertainty_settles_at_half_the_inverse_loss()
    {
        var balancer = Scene.Flat(1, Two).Create("uncertainty", ("lr", 0.05));

        for (var step = 0; step < 3000; step++)
        {
            Show(balancer, [0.2, 3]);
        }

        Close.Assert([1 / 0.4, 1 / 6.0], balancer.TermWeights, 1e-3);
    }

    /// <summary>Adam's first step has the length of its rate: 0.003 and 0.03; nothing moves while a loss rises.</summary>
    [Fact]
    public void Dwpinn_of_the_paper_moves_where_every_loss_fell()
    {
        var balancer = Scene.Flat(1, Three).Create("dwpinn");

        Show(balancer, [2, 1, 1]);
        Assert.Equal([1, 1, 1], balancer.TermWeights.ToArray());
        Show(balancer, [1, 0.5, 0.9]);
        Close.Assert([1.003, 1.03, 1.03], balancer.TermWeights, 1e-7);
        Show(balancer, [0.5, 0.6, 0.8]);

        Close.Assert([1.003, 1.03, 1.03], balancer.TermWeights, 1e-7);
    }

    [Fact]
    public void Dwpinn_of_the_code_waits_until_it_can_look_ten_steps_back()
    {
        var balancer = Scene.Flat(1, Two).Create("dwpinn", ("variant", "official-code"));
        for (var step = 0; step < 10; step++)
        {
            Show(balancer, [20 - step, 20 - step]);
        }

        Assert.Equal([1, 1], balancer.TermWeights.ToArray());
        Show(balancer, [1, 1]);
        Close.Assert([1.003, 1.03], balancer.TermWeights, 1e-7);
    }

    /// <summary>I = 10 · 1e-3 · 5 = 0.05 at step 0, at step 10 + 0.01 (5 − 2 · 0.05) = 0.099; the proportional part adds 0.1 · 5.</summary>
    [Fact]
    public void Primal_dual_integrates_the_residual_with_forgetting()
    {
        var balancer = Scene.Flat(1, Two).Create("primal-dual", ("forget", 2.0), ("kp", 0.1), ("timing", "earlier"));

        Show(balancer, 0, [5, 1]);
        Close.Assert([0.55, 1], balancer.TermWeights);
        Show(balancer, 9, [5, 1]);
        Close.Assert([0.55, 1], balancer.TermWeights);
        Show(balancer, 10, [5, 1]);

        Close.Assert([0.599, 1], balancer.TermWeights);
    }

    /// <summary>
    /// As in the authors' loop: step 0 has no weight for the residual; before step 10 is over I stays 0, so w = 0.1 · 5. After it I = 10 ·
    /// 10⁻³ · 5 = 0.05 from the loss that step 11 begins with, and after step 20, with a loss of 4, I = 0.05 + 0.01 · (4 − 2 · 0.05).
    /// </summary>
    [Fact]
    public void Primal_dual_integrates_after_its_steps_as_the_authors_code_does()
    {
        var balancer = Scene.Flat(1, Two).Create("primal-dual", ("forget", 2.0), ("kp", 0.1));
        double[] WeightsAt(int step, double loss)
        {
            Show(balancer, step, [loss, 1]);
            return balancer.TermWeights.ToArray();
        }

        Close.Assert([0, 1], WeightsAt(0, 5));
        Close.Assert([0.5, 1], WeightsAt(1, 5));
        Close.Assert([0.5, 1], WeightsAt(10, 5));
        Close.Assert([0.55, 1], WeightsAt(11, 5));
        Close.Assert([0.45, 1], WeightsAt(20, 4));
        Close.Assert([0.4 + 0.089, 1], WeightsAt(21, 4));
    }

    /// <summary>w L − L̄ = (3 − 2, 1 − 2): gradients (3, −1), through K softmax (2, −2); Adam moves the raw values to (0.9, 1.1).</summary>
    [Fact]
    public void Resnorm_draws_weighted_losses_to_their_mean()
    {
        var balancer = Scene.Flat(1, Two).Create("resnorm", ("lr", 0.1));

        Show(balancer, [3, 1]);

        Close.Assert([2 / (1 + Math.Exp(0.2)), 2 / (1 + Math.Exp(-0.2))], balancer.TermWeights, 1e-7);
    }

    /// <summary>First 1 + 1 · 0.5; then λ = 1.5, v = 0.01 · 0.25, μ = 0.01 / 0.05 = 0.2 and 1.5 + 0.2 · 2.</summary>
    [Fact]
    public void Augmented_lagrangian_of_terms_adds_multiplier_and_penalty()
    {
        var balancer = Scene.Flat(1, Two).Create("augmented-lagrangian");

        Show(balancer, [7, 0.5]);
        Close.Assert([1, 1.5], balancer.TermWeights);
        Show(balancer, [7, 2]);

        Close.Assert([1, 1.9], balancer.TermWeights, 1e-6);
    }

    private static void Show(IBalancer balancer, params double[][] history)
    {
        foreach (var losses in history)
        {
            Show(balancer, 0, losses);
        }
    }

    private static void Show(IBalancer balancer, int step, double[] losses) =>
        new Frame { Step = step, Losses = losses, Gradients = new double[losses.Length], Residuals = new double[2 * losses.Length] }.Turn(balancer);
}
