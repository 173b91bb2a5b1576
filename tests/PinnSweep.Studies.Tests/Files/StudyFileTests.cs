using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Files;

public sealed class StudyFileTests
{
    private const string Example = """
        study: helmholtz-balancers
        metric: relative_l2            # on a test grid that is never a collocation set
        seeds: 5                       # or a list
        precision: float32
        factors:
          problem:   [helmholtz]
          network:   [{kind: mlp, hidden: [50, 50, 50], activation: tanh}, {kind: mlp, hidden: [20]}]
          balancer:
            - static
            - {kind: static, weights: {boundary: 100}}
            - learning-rate-annealing
            - gradnorm
            - {kind: relobralo, temperature: 0.2}
            - self-adaptive
          sampler:   [{kind: uniform, interior: 1280}]
          optimizer: [{kind: adam, lr: 1e-3, decay: {rate: 0.9, every: 1000}}]
        exclude:
          - {balancer: gradnorm, network: {hidden: [20]}}
        budget: {steps: 20000}         # or {seconds: 120}; a study may report both parities
        control: static
        """;

    [Fact]
    public void The_example_of_the_manual_is_read_with_every_default_filled_in()
    {
        var spec = StudyFile.Parse(Example, "study.yaml", SmallCatalog.Instance);

        Assert.Equal("helmholtz-balancers", spec.Name);
        Assert.Equal([1, 2, 3, 4, 5], spec.Seeds);
        Assert.Equal(Budget.OfSteps(20000), spec.Budget);
        Assert.Equal(200, spec.EvaluateEvery);
        Assert.Equal("""{"kind":"relobralo","lookback":0.99,"temperature":0.2}""", spec.Factors[Factor.Balancer][4].ToString());
        Assert.Equal("""{"decay":{"every":1000,"rate":0.9},"kind":"adam","lr":0.001}""", spec.Factors[Factor.Optimizer].Single().ToString());
        Assert.Equal(new StudyControl(Factor.Balancer, spec.Factors[Factor.Balancer][0]), spec.Control);
        Assert.Equal("float32", spec.Factors[Factor.Precision].Single().Kind);
    }
}
