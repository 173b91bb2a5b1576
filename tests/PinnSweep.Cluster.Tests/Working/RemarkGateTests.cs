using PinnSweep.Cluster.Working;

namespace PinnSweep.Cluster.Tests.Working;

public class RemarkGateTests
{
    [Fact]
    public void A_remark_is_new_once_until_nobody_made_it_for_an_hour()
    {
        var clock = new StandingClock();
        var gate = new RemarkGate(clock);

        var first = gate.IsNew("lbfgs is meant for float64");
        clock.Skip(TimeSpan.FromMinutes(50));
        var again = gate.IsNew("lbfgs is meant for float64");
        clock.Skip(TimeSpan.FromMinutes(50));
        var stillHeard = gate.IsNew("lbfgs is meant for float64");
        clock.Skip(TimeSpan.FromMinutes(61));

        Assert.Equal([true, false, false, true, true], new[] { first, again, stillHeard, gate.IsNew("lbfgs is meant for float64"), gate.IsNew("another") });
    }

    [Fact]
    public void What_was_left_out_is_counted_and_told_once()
    {
        var gate = new RemarkGate(new StandingClock());
        foreach (var remark in (string[])["lbfgs is meant for float64", "another", "lbfgs is meant for float64", "lbfgs is meant for float64"])
        {
            gate.IsNew(remark);
        }

        Assert.Equal([("lbfgs is meant for float64", 2)], gate.TakeRepeated());
        Assert.Empty(gate.TakeRepeated());
        Assert.False(gate.IsNew("another"));
        Assert.Equal([("another", 1)], gate.TakeRepeated());
    }

    [Fact]
    public void Remarks_that_each_differ_take_no_endless_memory_and_all_pass()
    {
        var gate = new RemarkGate(new StandingClock());

        Assert.All(Enumerable.Range(0, 3000), i => Assert.True(gate.IsNew($"path {i}")));
    }
}
