using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Cluster.Tests.Security;

public sealed class FloodGateTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Pass_many_of_one_kind_lets_one_a_minute_through_and_counts_the_rest()
    {
        var gate = new FloodGate(_clock);

        var first = Enumerable.Range(0, 1000).Select(_ => gate.Pass("kind")).ToArray();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var later = gate.Pass("kind");

        Assert.Equal(0, first[0]);
        Assert.All(first[1..], passed => Assert.Null(passed));
        Assert.Equal(999, later);
    }

    [Fact]
    public void Pass_endlessly_many_kinds_is_soon_one_kind()
    {
        var gate = new FloodGate(_clock);

        var passed = Enumerable.Range(0, 100_000).Count(i => gate.Pass($"kind {i}") is not null);

        Assert.Equal(201, passed);
    }
}
