using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Networks;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>Windows and subdomains of <see cref="Fbpinn"/>, by networks whose subdomains are constants or lines.</summary>
public sealed class FbpinnTests
{
    private static readonly JetLayout Layout = new(2, [new Direction([1, 0], 2), new Direction([0, 1], 2)]);

    // x in [−1, 1] and t in [0, 1], neither periodic.
    private static readonly Problem Problem = Burgers.Entry.Create(MethodLevels.Of(Burgers.Entry.Method));

    /// <summary>Every subdomain gives 1, so the network is the sum of the windows.</summary>
    [Theory]
    [InlineData(4, 2, 0.7)]
    [InlineData(3, 3, 1)]
    [InlineData(16, 4, 0.1)]
    public void Windows_add_up_to_one_with_all_their_derivatives(int space, int time, double overlap)
    {
        var network = Make(("subdomains", space), ("subdomains_in_time", time), ("overlap", overlap));
        var theta = new double[network.ParameterCount];
        foreach (var head in network.Blocks.Where(block => block.Name.EndsWith("head.bias", StringComparison.Ordinal)))
        {
            theta[head.Offset] = 1;
        }

        foreach (var point in Points())
        {
            var jets = ReferenceJets.Evaluate(network, theta, point, Layout);

            Assert.Equal(1, jets[0], 1e-8);
            // A derivative is steeper than its window by 1/σ, and there are at most two.
            Assert.All(jets[1..], derivative => Assert.Equal(0, derivative, 1e-8 * Math.Pow(Math.Max(space, 2 * time) / (0.1 * overlap), 2)));
        }
    }

    /// <summary>One subdomain alone gives 1: its window is 1 in its middle, 1/2 on each side that has a neighbour, and 0 beyond the overlap.</summary>
    [Fact]
    public void A_window_is_the_subdomain()
    {
        var network = Make(("subdomains", 4), ("subdomains_in_time", 2), ("overlap", 0.5));
        var theta = new double[network.ParameterCount];

        // The second along x, the first along t: x in [−0.5, 0], t in [0, 0.5], and overlaps that reach 0.125 beyond each.
        theta[network.Blocks.Single(block => block.Name == "subdomain3.head.bias").Offset] = 1;

        double At(double x, double t) => ReferenceJets.Evaluate(network, theta, [x, t], JetLayout.ValuesOnly(2))[0];

        Assert.Equal(1, At(-0.25, 0.2), 1e-6);
        Assert.Equal(1, At(-0.25, 0), 1e-6);
        Assert.Equal(0.5, At(-0.5, 0.2), 1e-6);
        Assert.Equal(0.5, At(0, 0.2), 1e-6);
        Assert.Equal(0.5, At(-0.25, 0.5), 1e-6);
        Assert.Equal(0.25, At(0, 0.5), 1e-6);
        Assert.Equal(4.54e-5, At(0.125, 0.2), 1e-7);
        Assert.Equal(0, At(0.6, 0.2), 1e-12);
        Assert.Equal(0, At(-0.25, 0.9), 1e-12);
    }

    /// <summary>A subdomain that gives its first local coordinate: −1 and 1 at its ends.</summary>
    [Fact]
    public void Every_subdomain_has_coordinates_of_its_own()
    {
        var network = Make(("subdomains", 4), ("subdomains_in_time", 1), ("hidden", new[] { 1 }), ("overlap", 0.2));
        var theta = new double[network.ParameterCount];
        double Of(string name, double value) => theta[network.Blocks.Single(block => block.Name == name).Offset] = value;

        // tanh is a line near 0. The last subdomain is x in [0.5, 1].
        Of("subdomain4.hidden1.weight", 1e-5);
        Of("subdomain4.head.weight", 1e5);

        Assert.Equal(1, ReferenceJets.Evaluate(network, theta, [1, 0.3], JetLayout.ValuesOnly(2))[0], 1e-6);
        Assert.Equal(0, ReferenceJets.Evaluate(network, theta, [0.75, 0.3], JetLayout.ValuesOnly(2))[0], 1e-6);
        Assert.Equal(-0.5, ReferenceJets.Evaluate(network, theta, [0.5, 0.3], JetLayout.ValuesOnly(2))[0], 1e-6);
    }

    [Fact]
    public void A_periodic_coordinate_is_not_divided_and_the_network_repeats_in_it()
    {
        var problem = AllenCahn.Entry.Create(MethodLevels.Of(AllenCahn.Entry.Method));
        var network = Fbpinn.Entry.Make(MethodLevels.Of(Fbpinn.Entry.Method, ("subdomains_in_time", 3)), problem, 1);
        var theta = network.Initialize(new(1, "init"));
        var x = problem.Axes[0];

        Assert.True(x.Periodic);
        Assert.Equal(3, network.Blocks.Count(block => block.Name.EndsWith("head.weight", StringComparison.Ordinal)));
        Assert.Equal(
            ReferenceJets.Evaluate(network, theta, [x.Lower, 0.4], Layout),
            ReferenceJets.Evaluate(network, theta, [x.Upper, 0.4], Layout),
            (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Too_many_subdomains_are_refused_with_their_number()
    {
        var reason = Fbpinn.Entry.WhyNotApplicable(MethodLevels.Of(Fbpinn.Entry.Method, ("subdomains", 40), ("subdomains_in_time", 10)), Problem);

        Assert.Equal("400 subdomains are too many; at most 256: take a smaller 'subdomains'", reason);
    }

    private static NetworkGraph Make(params (string Name, object Value)[] parameters) => Fbpinn.Entry.Make(MethodLevels.Of(Fbpinn.Entry.Method, parameters), Problem, 1);

    private static IEnumerable<double[]> Points() =>
        from x in Enumerable.Range(0, 21)
        from t in Enumerable.Range(0, 11)
        select new[] { -1 + (0.1 * x), 0.1 * t };
}
