using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Networks;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Networks;

public sealed class MlpTests
{
    private static readonly Problem Diffusion = PinnSweep.Problems.Equations.Diffusion.Entry.Create(MethodLevels.Of(PinnSweep.Problems.Equations.Diffusion.Entry.Method));

    [Fact]
    public void Create_makes_the_layers_of_the_level()
    {
        var network = Create(Diffusion, ("hidden", new[] { 20, 10 }));

        Assert.Equal((2 * 20) + 20 + (20 * 10) + 10 + 10 + 1, network.ParameterCount);
        Assert.Equal([2, 20, 20, 10, 10, 1], network.Nodes.Select(node => node.Width));
    }

    [Fact]
    public void Create_normalises_coordinates_to_minus_one_and_one()
    {
        var input = (Node.Input)Create(Diffusion).Nodes[0];

        Assert.Equal([1, 2], input.Scale);
        Assert.Equal([0, -1], input.Shift);
    }

    [Fact]
    public void Create_puts_periodic_coordinates_on_the_circle()
    {
        var periodic = Diffusion with { Axes = [Diffusion.Axes[0] with { Periodic = true }, Diffusion.Axes[1]] };

        var network = Create(periodic, ("hidden", new[] { 4 }));

        Assert.Contains(network.Nodes, node => node is Node.CosSin);
        Assert.Equal((3 * 4) + 4 + 4 + 1, network.ParameterCount);
    }

    [Fact]
    public void Initialize_glorot_normal_has_the_variance_of_its_layer()
    {
        var network = Create(Diffusion, ("hidden", new[] { 200, 200 }));
        var block = network.Blocks.Single(block => block.Name == "hidden2.weight");

        var weights = network.Initialize(new(5, "init")).AsSpan(block.Offset, block.Length).ToArray();

        // 40,000 draws: the estimate of the variance has a relative deviation of 0.7 %.
        Assert.InRange(weights.Average(weight => weight * weight) / (2.0 / 400), 0.96, 1.04);
    }

    private static NetworkGraph Create(Problem problem, params (string, object)[] given) => Mlp.Entry.Create(MethodLevels.Of(Mlp.Entry.Method, given), problem, 1);
}
