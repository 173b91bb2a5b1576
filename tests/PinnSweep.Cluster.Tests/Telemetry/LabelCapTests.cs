using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Telemetry;

public class LabelCapTests
{
    [Fact]
    public void The_first_names_have_places_and_all_others_are_one()
    {
        var cap = new LabelCap(2);

        Assert.Equal(["a", "b", "other", "a", "other"], ((string[])["a", "b", "c", "a", "d"]).Select(cap.Of));
        Assert.Equal([true, true, false], ((string[])["a", "b", "c"]).Select(cap.Has));
    }

    [Fact]
    public void Many_threads_at_once_get_no_more_places()
    {
        var cap = new LabelCap(10);

        var given = Enumerable.Range(0, 2000).AsParallel().Select(number => cap.Of($"study {number % 100}")).ToHashSet();

        Assert.Equal(11, given.Count);
    }

    [Fact]
    public void Words_of_the_program_are_labels_as_the_store_writes_them()
    {
        Assert.Equal(["crash", "out-of-memory", "lost-worker", "timeout", "error"], Enum.GetValues<FaultKind>().Select(kind => Labels.Word(kind)));
        Assert.Equal("converged", Labels.Word(Outcome.Converged));
    }
}
