using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Studies.Values;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>Where a worker puts trials, and which it asks for, so that those of one shape share a device.</summary>
public sealed class PackShapesTests
{
    private static readonly string Wide = Text("wide");
    private static readonly string Deep = Text("deep");
    private WorkerState _state = Worker(2, 2, 2, 2, 3, 3);

    [Fact]
    public void Trials_of_a_shape_go_to_one_device_and_others_to_one_of_their_own_while_there_is_one()
    {
        int[] slots = [Start(Wide), Start(Deep), Start(Wide), Start(Deep), Start(Deep)];

        Assert.Equal([0, 4, 1, 5, 2], slots);
    }

    [Fact]
    public void It_asks_by_the_shapes_that_run_where_there_is_room()
    {
        Assert.Equal([], Asked());
        Start(Wide);
        Assert.Equal([IdOf(Wide)], Asked());

        Start(Deep);
        Start(Deep);

        Assert.Equal([IdOf(Wide)], Asked());
        Start(Deep);
        Start(Deep);
        Assert.Equal([IdOf(Deep), IdOf(Wide)], Asked());
    }

    [Fact]
    public void A_worker_whose_slots_share_nothing_says_nothing_of_shapes()
    {
        _state = Worker(0, 1);
        Start(Wide);

        Assert.Null(Hear(new WorkAvailable(1)).OfType<WorkerAct.AskForWork>().Single().Shapes);
    }

    private string[] Asked() => [.. Hear(new WorkAvailable(1)).OfType<WorkerAct.AskForWork>().Single().Shapes!.Value];

    private int Start(string description)
    {
        var key = new TrialKey($"{_state.Occupied.Count()}".PadRight(64, 'a'));
        return Hear(new StartTrial(1, new(key, 1), description, null)).OfType<WorkerAct.Occupy>().Single().Slots[0];
    }

    private IReadOnlyList<WorkerAct> Hear(IFromCoordinator message)
    {
        var acts = WorkerDecider.Decide(
            _state, new WorkerCommand.Hear(message), DateTimeOffset.UnixEpoch, new("0.1.0", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), null));
        _state = acts.Aggregate(_state, (state, act) => state.Apply(act));
        return acts;
    }

    private static WorkerState Worker(params int[] packs) => new(
        new("w", "1"),
        [.. packs.Select((pack, number) => new SlotPlace(number, Devices.Cpu) { Pack = pack })],
        new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)),
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch)
    {
        Epoch = 1,
        IsRegistered = true,
        IsChecked = true,
    };

    private static string IdOf(string description) => TrialShape.OfText(description)!.Id;

    private static string Text(string problem) => TestStudies.Plan("any", 10, 1, Level.Of(problem)).Trials[0].Description.Canonical();
}
