using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Balancers;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class GradientDescentTests
{
    /// <summary>lr = 0.1, μ = 0.5, g = 1 twice: v = 1, 1.5 makes θ = −0.1, −0.25; Nesterov moves by 1 + 0.5 v = 1.5, 1.75.</summary>
    [Theory]
    [InlineData(0.0, false, -0.2)]
    [InlineData(0.5, false, -0.25)]
    [InlineData(0.5, true, -0.325)]
    public void Two_steps_by_hand(double momentum, bool nesterov, double expected)
    {
        var optimizer = OptimizerCatalog.Create(
            new(1, RoundToSingle: false),
            MethodLevels.Of(GradientDescent.Entry.Method, ("lr", 0.1), ("momentum", momentum), ("nesterov", nesterov)));
        double[] theta = [0];

        optimizer.Step(theta, [1], 0);
        optimizer.Step(theta, [1], 0);

        Assert.Equal(expected, theta[0], 1e-15);
    }

    [Fact]
    public void The_catalog_of_optimizers_is_in_alphabetical_order_with_sources()
    {
        Assert.Equal(OptimizerCatalog.All.OrderBy(entry => entry.Method.Kind, StringComparer.Ordinal), OptimizerCatalog.All);
        Assert.All(OptimizerCatalog.All, entry => Assert.Matches("doi 10|arXiv [0-9]", entry.Method.Source));
    }
}
