using System.Diagnostics;
using PinnSweep.Cluster.Working;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class ProcessesTests
{
    [Fact]
    public void A_living_process_is_not_gone_and_one_of_another_machine_is_never()
    {
        var own = Processes.Own!;

        Assert.False(Processes.IsGone(own));
        Assert.False(Processes.IsGone(own with { Machine = "another", Id = int.MaxValue }));
    }

    [Fact]
    public void A_process_that_ended_is_gone_though_its_number_was_given_again()
    {
        using var ended = Process.Start("/bin/true");
        var number = ended.Id;
        ended.WaitForExit();

        Assert.True(Processes.IsGone(Processes.Own! with { Id = number }));
        Assert.True(Processes.IsGone(Processes.Own! with { Start = Processes.Own!.Start - 1 }));
    }
}
