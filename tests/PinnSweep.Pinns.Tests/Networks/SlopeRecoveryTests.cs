using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Networks;

public sealed class SlopeRecoveryTests
{
    [Fact]
    public void The_term_is_that_of_the_paper_and_its_gradient_that_of_differences()
    {
        var penalty = new SlopeRecovery([(1, 2), (4, 1)], 3);
        double[] theta = [7, 0.1, 0.3, 8, 0.5];
        var gradient = new double[5];

        var value = penalty.Add(theta, gradient);

        Assert.Equal(3 * 2 / (Math.Exp(0.2) + Math.Exp(0.5)), value, 1e-14);
        for (var i = 0; i < theta.Length; i++)
        {
            Assert.Equal(ReferencePass.Difference(at => [penalty.Add(at, [])], theta, i)[0], gradient[i], 1e-10);
        }
    }

    [Fact]
    public void A_training_step_descends_the_loss_with_the_term()
    {
        var small = Trials.Small(steps: 1);
        TrainingLoop Begin(string recovery) => Trials.Begin(small with
        {
            Levels = small.Levels with
            {
                Network = NetworkConformanceTests.Level("adaptive-activation", $$"""{"hidden": [9, 7], "n": 5, "slope_recovery": {{recovery}}}"""),
                Optimizer = MethodLevels.Of(GradientDescent.Entry.Method, ("lr", 0.01)),
            },
        });
        using var with = Begin("2");
        using var without = Begin("0");
        var slopes = with.Trial.Engine.Network.Blocks.Where(block => block.Name.StartsWith("slope", StringComparison.Ordinal)).ToList();

        with.Advance();
        without.Advance();

        // Two layers of slope 1/5 each: S = exp(−1/5), ∂S/∂a = −exp(−1/5)/2.
        Assert.Equal(2 * Math.Exp(-0.2), with.Loss - without.Loss, 1e-12);
        Assert.Equal([1, 1], slopes.Select(block => block.Length));
        Assert.All(slopes, block => Assert.Equal(0.01 * 2 * Math.Exp(-0.2) / 2, with.Theta[block.Offset] - without.Theta[block.Offset], 1e-12));
    }
}
