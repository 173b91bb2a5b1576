using PinnSweep.Cluster.Coordination;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Coordination;

public sealed class NamePolicyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly WorkerIdentity First = new("w", "1");
    private static readonly WorkerIdentity Second = new("w", "2");

    [Fact]
    public void A_free_name_is_granted() => Assert.Equal(NameVerdict.Granted, NamePolicy.Decide(null, Claim(), Now));

    [Fact]
    public void A_holder_that_registers_again_keeps_its_name() =>
        Assert.Equal(NameVerdict.Granted, NamePolicy.Decide(Holder(heard: 0), Claim() with { Worker = First }, Now));

    [Fact]
    public void A_twin_waits_until_the_holder_speaks_and_is_then_refused()
    {
        var claim = Claim() with { AskedAt = Now.AddSeconds(-10) };

        Assert.Equal(NameVerdict.Wait, NamePolicy.Decide(Holder(heard: 11), claim, Now));
        Assert.Equal(NameVerdict.Wait, NamePolicy.Decide(Holder(heard: 9), claim, Now));
        Assert.Equal(NameVerdict.Refused, NamePolicy.Decide(Holder(heard: 1), claim, Now));
    }

    [Fact]
    public void A_frozen_or_parted_holder_loses_its_name_when_it_was_silent_for_a_lease() =>
        Assert.Equal(NameVerdict.Granted, NamePolicy.Decide(Holder(heard: 60), Claim() with { AskedAt = Now.AddSeconds(-20) }, Now));

    [Fact]
    public void A_process_on_the_holders_own_address_is_the_same_worker_started_again() =>
        Assert.Equal(NameVerdict.Granted, NamePolicy.Decide(Holder(heard: 0), Claim() with { Node = "akka.tcp://pinnsweep@there:4053" }, Now));

    [Fact]
    public void A_worker_that_saw_the_holders_process_gone_gets_the_name_and_one_that_saw_another_gone_does_not()
    {
        Assert.Equal(NameVerdict.Granted, NamePolicy.Decide(Holder(heard: 0), Claim() with { Buried = "1" }, Now));
        Assert.Equal(NameVerdict.Wait, NamePolicy.Decide(Holder(heard: 0), Claim() with { Buried = "0" }, Now));
    }

    [Fact]
    public void The_reason_names_holder_and_way_out()
    {
        var reason = NamePolicy.Reason(Holder(heard: 2) with { Since = DateTimeOffset.UnixEpoch, Process = new("boot", 4711, 1) }, Now);

        Assert.Contains("the name w is held by the worker at akka.tcp://pinnsweep@there:4053 (process 4711) since 1970-01-01 00:00:00Z, which was heard 2 s ago", reason, StringComparison.Ordinal);
        Assert.Contains("--name", reason, StringComparison.Ordinal);
    }

    private static NameHolder Holder(double heard) => new(First, "akka.tcp://pinnsweep@there:4053", Now.AddSeconds(-heard), Silence);

    private static NameClaim Claim() => new(Second, "here", Now);
}
