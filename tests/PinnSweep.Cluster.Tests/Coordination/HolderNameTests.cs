using PinnSweep.Cluster.Coordination;

namespace PinnSweep.Cluster.Tests.Coordination;

public sealed class HolderNameTests
{
    [Theory]
    [InlineData("pinnsweep@127.0.0.1:4053", "pinnsweep@127.0.0.1:4053 on clone (net-1)")]
    [InlineData("pinnsweep@localhost:4053", "pinnsweep@localhost:4053 on clone (net-1)")]
    [InlineData("pinnsweep@hub.lab.example:4053", "pinnsweep@hub.lab.example:4053 on clone")]
    public void Cloned_machines_that_call_themselves_by_one_loopback_address_are_told_apart(string owner, string name) =>
        Assert.Equal(name, SqlLease.HolderName(owner, "clone", "net-1"));
}
