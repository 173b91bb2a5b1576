using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class ReLoBRaLoTests
{
    private static readonly double[] First = [4, 1, 0.5];
    private static readonly double[] Previous = [2, 0.9, 0.05];
    private static readonly double[] Now = [1, 0.81, 0.1];
    private static readonly double[] OverPrevious = [0.4301991937, 0.641781782, 1.928019024];
    private static readonly double[] OverFirst = [0.8103942408, 1.418734912, 0.7708708473];

    [Fact]
    public void The_first_step_has_equal_weights_and_the_second_only_the_last_progress()
    {
        var balancer = Create(alpha: 0.9, rho: 1);

        Turn(balancer, Previous);
        Assert.Equal([1, 1, 1], balancer.TermWeights.ToArray());
        Turn(balancer, Now);

        AssertClose(OverPrevious, balancer.TermWeights);
    }

    /// <summary>Losses of step 1 make λ(1) = bal(1, 0) = softmax(1/2, 0.9, 0.1) · 3; then λ(2) = 0.9 λ(1) + 0.1 bal(2, 1).</summary>
    [Fact]
    public void Without_lookback_history_is_the_last_weight()
    {
        var balancer = Create(alpha: 0.9, rho: 1);
        Turn(balancer, First);
        Turn(balancer, Previous);
        var last = balancer.TermWeights.ToArray();

        Turn(balancer, Now);

        AssertClose([.. last.Zip(OverPrevious, (old, instant) => (0.9 * old) + (0.1 * instant))], balancer.TermWeights);
    }

    [Fact]
    public void With_lookback_history_is_the_progress_since_the_first_step()
    {
        var balancer = Create(alpha: 0.9, rho: 0);
        Turn(balancer, First);
        Turn(balancer, Previous);

        Turn(balancer, Now);

        AssertClose([.. OverFirst.Zip(OverPrevious, (old, instant) => (0.9 * old) + (0.1 * instant))], balancer.TermWeights);
    }

    /// <summary>The published vector: λ(t − 1) = (1.2, 1, 0.8) is put in place by way of the state.</summary>
    [Fact]
    public void Golden_vector_of_equation_11()
    {
        var balancer = Create(alpha: 0.9, rho: 1);
        using var state = new MemoryStream();
        using (var writer = new StateWriter(state))
        {
            var updates = 2;
            writer.Vector("weights", [1.2, 1, 0.8]);
            writer.Vector("relobralo.first", First);
            writer.Vector("relobralo.previous", Previous);
            writer.Count("relobralo.updates", ref updates);
            writer.Stream("relobralo.stream", new(0, "at its beginning"));
        }

        state.Position = 0;
        using var reader = new StateReader(state);
        balancer.State(reader);

        Turn(balancer, Now);

        AssertClose([1.123019919, 0.9641781782, 0.9128019024], balancer.TermWeights);
    }

    [Fact]
    public void Rho_is_drawn_once_a_step_from_the_third_on()
    {
        var context = Scene.WithTerms(TermRole.Residual, TermRole.Boundary, TermRole.Initial).Context();
        var balancer = BalancerCatalog.Create(context, MethodLevels.Of(ReLoBRaLo.Entry.Method));

        var positions = new List<ulong>();
        for (var step = 0; step < 4; step++)
        {
            Turn(balancer, Now);
            positions.Add(context.Stream.Position);
        }

        Assert.Equal([0, 0, 2, 4], positions);
    }

    [Fact]
    public void The_smallest_published_temperature_gives_finite_weights_that_sum_to_the_number_of_terms()
    {
        var scene = Scene.WithTerms(TermRole.Residual, TermRole.Boundary, TermRole.Initial);
        var balancer = scene.Create("relobralo", ("temperature", 1e-5), ("alpha", 0.5));

        foreach (var losses in new[] { First, Previous, Now })
        {
            Turn(balancer, losses);
        }

        Assert.Equal(3, balancer.TermWeights.ToArray().Sum(), 1e-12);
        Assert.Empty(scene.Events.Counts);
    }

    private static IBalancer Create(double alpha, double rho) =>
        Scene.WithTerms(TermRole.Residual, TermRole.Boundary, TermRole.Initial).Create("relobralo", ("temperature", 1.0), ("alpha", alpha), ("expected_rho", rho));

    private static void Turn(IBalancer balancer, double[] losses) => new Frame { Losses = losses, Gradients = [0, 0, 0] }.Turn(balancer);

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-9);
        }
    }
}
