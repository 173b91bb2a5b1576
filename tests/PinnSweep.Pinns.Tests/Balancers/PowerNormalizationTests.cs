using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class PowerNormalizationTests
{
    /// <summary>Scales 10, 1, 2: relative to the residual (10/s)², else 1/s².</summary>
    [Theory]
    [InlineData("residual", new[] { 1.0, 100, 25 })]
    [InlineData("none", new[] { 0.01, 1, 0.25 })]
    public void Weights_are_inverse_squares_of_scales(string reference, double[] expected)
    {
        var balancer = new Scene().Create("power-normalization", ("reference", reference));

        Assert.Equal(expected, balancer.TermWeights.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Given_scales_replace_those_of_the_problem()
    {
        var balancer = new Scene().Create("power-normalization", ("scales", new (string, object)[] { ("boundary", 5.0) }));

        Assert.Equal([1, 4, 25], balancer.TermWeights.ToArray());
    }

    [Fact]
    public void Scales_too_far_apart_for_a_weight_make_the_cell_not_applicable()
    {
        var study = StudyFile.Parse(
            """
            study: s
            factors: {problem: [helmholtz], network: [mlp], balancer: [static, {kind: power-normalization, scales: {boundary: 1.0e-200}}], sampler: [uniform], optimizer: [adam]}
            budget: {steps: 1}
            """,
            "s.yaml",
            PinnCatalog.Instance);

        Assert.EndsWith("scales must be positive and comparable", Assert.Single(Planner.Plan(study, PinnCatalog.Instance).NotApplicable).Reason, StringComparison.Ordinal);
    }
}
