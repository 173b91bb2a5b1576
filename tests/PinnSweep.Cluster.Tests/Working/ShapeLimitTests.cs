using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Studies.Values;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>A worker whose device has sixteen lanes, and what it has found out of shapes.</summary>
public sealed class ShapeLimitTests
{
    private const int Lanes = 16;
    private const string Card = "GPU-a cuda";
    private static readonly string Wide = Text("wide");
    private static readonly string Deep = Text("deep");
    private int _granted;
    private WorkerState _state = Worker(isProbed: false);

    [Fact]
    public void Memory_is_remembered_of_the_shape_that_was_alone_and_only_of_it()
    {
        Start(Wide, 8);
        var acts = Crowd(slot: 3, company: 8);
        var limit = acts.OfType<WorkerAct.LimitShape>().Single();
        Assert.Empty(Crowd(slot: 4, company: 8));
        EndAll();

        Assert.Equal((new ShapeOnHardware(Card, IdOf(Wide)), 4, true), (limit.Of, limit.Limit.Lanes, limit.Limit.IsSettled));
        Start(Wide, 1);
        Assert.Equal(3, Ask()!.Most);
        EndAll();
        Start(Deep, 1);
        Assert.Equal(Lanes - 1, Ask()!.Most);
    }

    [Fact]
    public void In_a_mixed_pack_nobody_knows_whose_memory_it_was()
    {
        Start(Wide, 4);
        Start(Deep, 4);

        Assert.Equal(4, Crowd(slot: 0, company: 8).OfType<WorkerAct.LimitPack>().Single().Lanes);
        Assert.Empty(_state.ShapeLimits);
    }

    [Fact]
    public void What_is_remembered_holds_after_a_restart()
    {
        Remember(Wide, 4);

        // What comes is not known yet, so as many as fit whatever it is.
        Assert.Equal(4, Ask()!.Most);
        Assert.Equal(4, Start(Wide, 4));
        Assert.Null(Ask());
    }

    [Fact]
    public void Shapes_share_a_device_by_the_parts_that_each_takes_of_it()
    {
        Remember(Wide, 4);
        Remember(Deep, 8);

        Assert.Equal(1, Start(Wide, 1));
        Assert.Equal(4, Start(Deep, 4));

        // A quarter is left: one of those that take most.
        Assert.Equal(1, Ask()!.Most);
        Assert.Equal(1, Start(Wide, 2));
        Assert.Null(Ask());
    }

    [Fact]
    public void A_grant_without_room_is_given_back_and_nothing_is_asked_for_until_something_ends()
    {
        Remember(Wide, 2);
        Start(Deep, 10);
        Assert.NotNull(Ask());

        var acts = Hear(Grant(Wide));

        Assert.IsType<TrialRefused>(acts.OfType<WorkerAct.Say>().Single().Message);
        Assert.Null(Ask());
        End(_state.Occupied.First().Attempt!.Value);
        Assert.NotNull(Ask());
    }

    [Fact]
    public void Where_it_is_found_out_a_shape_begins_with_four_and_gets_more_by_measurement()
    {
        _state = Worker(isProbed: true);
        Assert.Equal(LaneProbe.First, Ask()!.Most);
        Start(Wide, LaneProbe.First);
        Assert.Null(Ask());

        var acts = Do(new WorkerCommand.SeePace(0, new(LaneProbe.First, 1000, null)));

        Assert.Equal(LaneProbe.First, acts.OfType<WorkerAct.AskForWork>().Single().Most);
        Start(Wide, LaneProbe.First);
        Do(new WorkerCommand.SeePace(0, new(2 * LaneProbe.First, 1010, null)));
        Assert.Equal((LaneProbe.First, true), (Limit(Wide).Lanes, Limit(Wide).IsSettled));
        Assert.Null(Ask());
    }

    [Fact]
    public void People_are_told_what_trains_together_how_many_may_and_why()
    {
        Remember(Wide, 4);
        Start(Wide, 3);

        var pack = Assert.Single(PackReport.Of(_state));

        Assert.Equal((0, Lanes, 3, 4, "memory"), (pack.First, pack.Slots, pack.Training, pack.Allowed, pack.Why));
        Assert.Equal(TrialShape.OfText(Wide)!.Words, pack.Shape);
        Assert.Null(pack.Trouble);
        EndAll();
        Start(Deep, 2);
        Assert.Equal((Lanes, null), (PackReport.Of(_state)[0].Allowed, PackReport.Of(_state)[0].Why));
        Do(new WorkerCommand.HearCrowd(0, 2, IsMemory: false, "it crashed"));
        Assert.Contains("nobody is charged", PackReport.Of(_state)[0].Why, StringComparison.Ordinal);
        Assert.Equal(1, PackReport.Of(_state)[0].Allowed);
    }

    [Fact]
    public void Other_slots_are_measured_for_nothing() =>
        Assert.Empty(Do(new WorkerCommand.SeePace(0, new(Lanes, 1000, null))));

    private ShapeLimit Limit(string description) => _state.ShapeLimits[new(Card, IdOf(description))];

    private void Remember(string description, int lanes) =>
        _state = _state with { ShapeLimits = _state.ShapeLimits.SetItem(new(Card, IdOf(description)), new(lanes, true, "", "memory")) };

    private StartTrial Grant(string description) => new(1, new(new($"{_granted++}".PadRight(64, 'a')), 1), description, null);

    /// <summary>How many were taken.</summary>
    private int Start(string description, int trials) => Enumerable.Range(0, trials).Sum(_ => Hear(Grant(description)).OfType<WorkerAct.Occupy>().Count());

    private IReadOnlyList<WorkerAct> Crowd(int slot, int company) => Do(new WorkerCommand.HearCrowd(slot, company, IsMemory: true, "the trainer ran out of memory"));

    private void EndAll()
    {
        foreach (var slot in _state.Occupied.ToArray())
        {
            End(slot.Attempt!.Value);
        }
    }

    private void End(AttemptId attempt) => Do(new WorkerCommand.HearReport(attempt, new ReportContent.Released("no fault of the trial")));

    private WorkerAct.AskForWork? Ask() => Hear(new WorkAvailable(1)).OfType<WorkerAct.AskForWork>().SingleOrDefault();

    private IReadOnlyList<WorkerAct> Hear(IFromCoordinator message) => Do(new WorkerCommand.Hear(message));

    private IReadOnlyList<WorkerAct> Do(WorkerCommand command)
    {
        var acts = WorkerDecider.Decide(_state, command, DateTimeOffset.UnixEpoch, new("0.1.0", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), null));
        _state = acts.Aggregate(_state, (state, act) => state.Apply(act));
        return acts;
    }

    private static WorkerState Worker(bool isProbed) => new(
        new("w", "1"),
        [.. Enumerable.Range(0, Lanes).Select(number => new SlotPlace(number, Devices.Gpu) { Pack = 0, Hardware = Card, IsProbed = isProbed })],
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
