using PinnSweep.Methods.Balancers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class GradNormTests
{
    /// <summary>
    /// n = (3, 1), w = (1, 1), equal rates: Ḡ = 2, so ∂L_grad/∂w = (+3, −1). Adam's first step moves each weight by lr against its sign:
    /// w = (1 − 0.1, 1 + 0.1), which already sums to 2.
    /// </summary>
    [Fact]
    public void The_first_step_moves_weights_towards_equal_norms()
    {
        var balancer = Create(("lr", 0.1), ("alpha", 0.0));

        Seen([1, 1], 3).Turn(balancer);

        AssertClose([0.9, 1.1], balancer.TermWeights);
    }

    /// <summary>
    /// After losses (1, 1) come (1, 1/3): rates (1, 1/3) / (2/3) = (1.5, 0.5). With w = (0.9, 1.1), n = (1, 1), α = 1: Ḡ = 1, targets (1.5,
    /// 0.5), signs (−, +). Adam: m̂ = (0.09·3 − 0.1·1, −0.09 + 0.1)/0.19 → w moves by −0.1·(0.17, 0.01)/0.19 / √v̂ with v̂ = (0.000999·9 +
    /// 0.001, 0.000999 + 0.001)/0.001999.
    /// </summary>
    [Fact]
    public void A_term_that_trains_slower_gets_the_larger_target()
    {
        var balancer = Create(("lr", 0.1), ("alpha", 1.0));
        Seen([1, 1], 3).Turn(balancer);

        Seen([1, 1.0 / 3], 1).Turn(balancer);

        var slow = 0.9 - (0.1 * 0.17 / 0.19 / Math.Sqrt(((0.000999 * 9) + 0.001) / 0.001999));
        var fast = 1.1 - (0.1 * 0.01 / 0.19 / Math.Sqrt((0.000999 + 0.001) / 0.001999));
        AssertClose([2 * slow / (slow + fast), 2 * fast / (slow + fast)], balancer.TermWeights);
    }

    [Fact]
    public void The_network_moves_with_the_weights_of_before()
    {
        var balancer = Create(("lr", 0.1));

        var direction = Seen([1, 1], 3).Turn(balancer);

        Assert.Equal(3 + 1, direction[Scene.Block("hidden1.weight").Offset]);
    }

    /// <summary>The same signs through w = c softmax: the raw values move by ∓lr, so w = c softmax(−0.1, 0.1).</summary>
    [Theory]
    [InlineData("softmax", 2)]
    [InlineData("softmax-unit", 1)]
    public void Softmax_variants_sum_to_their_total(string variant, double total)
    {
        var balancer = Create(("variant", variant), ("lr", 0.1), ("alpha", 0.0));

        Seen([1, 1], 3).Turn(balancer);

        var expected = total / (1 + Math.Exp(0.2));
        AssertClose([expected, total - expected], balancer.TermWeights);
    }

    [Fact]
    public void Only_the_chosen_layer_is_read()
    {
        var balancer = Create(("layer", "output"), ("lr", 0.1));

        Seen([1, 1], 3).Turn(balancer);

        AssertClose([1, 1], balancer.TermWeights);
    }

    [Fact]
    public void A_term_without_loss_at_the_start_counts_as_without_progress()
    {
        var scene = Scene.WithTerms(TermRole.Residual, TermRole.Boundary);
        var balancer = scene.Create("gradnorm", ("lr", 0.1));

        Seen([1, 0], 3).Turn(balancer);
        Seen([1, 0], 3).Turn(balancer);

        Assert.Empty(scene.Events.Counts);
        Assert.Equal(2, balancer.TermWeights[0] + balancer.TermWeights[1], 1e-12);
    }

    private static IBalancer Create(params (string, object)[] parameters) => Scene.WithTerms(TermRole.Residual, TermRole.Boundary).Create("gradnorm", parameters);

    /// <summary>Gradients in the last hidden weight matrix: the first with norm n, the second with norm 1.</summary>
    private static Frame Seen(double[] losses, double norm) =>
        new() { Losses = losses, Gradients = Frame.InBlock("hidden1.weight", [norm, 0], [1, 0]) };

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-6);
        }
    }
}
