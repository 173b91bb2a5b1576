using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

public sealed class PlacementPolicyTests
{
    private static readonly WorkerIdentity A = new("a", "1");
    private static readonly WorkerIdentity B = new("b", "1");
    private static readonly FleetMember[] Fleet = [new("a", new(4, 0)), new("b", new(2, 2))];
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(10));

    private CoordinatorState _state = CoordinatorState.Empty;

    [Fact]
    public void The_higher_priority_goes_first_and_equal_ones_share()
    {
        Submit("low", 4);
        Submit("high", 2, new(1));
        Submit("peer", 4);

        var granted = Grant(A, new(6, 0));

        Assert.Equal(["high", "high", "low", "peer", "low", "peer"], granted.Select(StudyOf));
    }

    [Fact]
    public void A_study_never_has_more_running_than_its_limit()
    {
        Submit("limited", 5, new(9, 2));
        Submit("other", 1);

        Assert.Equal(["limited", "limited", "other"], Grant(A, new(4, 0)).Select(StudyOf));
        Assert.Empty(Grant(A, new(4, 0)));
    }

    [Fact]
    public void A_paused_study_gets_nothing_until_it_is_resumed()
    {
        Submit("one", 1);
        Do(new PauseStudy("one"));
        Assert.Empty(Grant(A, new(1, 0)));

        Do(new ResumeStudy("one"));

        Assert.Single(Grant(A, new(1, 0)));
    }

    [Fact]
    public void A_trial_that_needs_a_gpu_waits_for_one_and_others_fill_the_cores()
    {
        Submit("gpu", 3, new(5, null, Devices.Gpu));
        Submit("any", 4);

        Assert.Equal(["any", "any"], Grant(A, new(2, 0)).Select(StudyOf));
        Assert.Equal(["gpu", "gpu", "any"], Grant(B, new(1, 2)).Select(StudyOf));
    }

    [Fact]
    public void A_trial_goes_to_a_worker_it_has_not_failed_on_while_there_is_one()
    {
        Submit("one", 1);
        var first = Grant(A, new(1, 0)).Single();
        Do(new RecordFault(first.Key, 1, new(FaultKind.Crash, "exit code 139", "")));

        Assert.Empty(Grant(A, new(1, 0)));
        var second = Grant(B, new(1, 0)).Single();
        Do(new RecordFault(second.Key, 2, new(FaultKind.Crash, "exit code 139", "")));

        // It has failed on both: either may try again, or it would wait for ever.
        Assert.Single(Grant(A, new(1, 0)));
    }

    [Fact]
    public void A_worker_that_is_alone_tries_again_itself()
    {
        Submit("one", 1);
        var first = Grant(A, new(1, 0)).Single();
        Do(new RecordFault(first.Key, 1, new(FaultKind.Crash, "exit code 139", "")));

        Assert.Single(Do(new GrantWork(A, new(1, 0), [Fleet[0]])).OfType<TrialLeased>());
    }

    [Fact]
    public void A_trial_that_ran_out_of_memory_gets_twice_the_room_and_one_worker_is_held_free_for_it()
    {
        Submit("one", 6);
        var first = Grant(A, new(1, 0)).Single();
        Do(new RecordFault(first.Key, 1, new(FaultKind.OutOfMemory, "no room", "")));

        // It failed on a, so b (two cores, two GPUs) is the one it may run on.
        Assert.Empty(Grant(B, new(1, 0), Fleet[1]));
        var retry = Grant(B, new(2, 0)).First();

        Assert.Equal((first.Key, 2), (retry.Key, retry.Lease.Slots));
    }

    [Fact]
    public void Room_never_exceeds_the_largest_worker()
    {
        Submit("one", 1);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var granted = Do(new GrantWork(A, new(4, 0), [Fleet[0]])).OfType<TrialLeased>().Single();
            Do(new RecordFault(granted.Key, attempt, new(FaultKind.OutOfMemory, "no room", "")));
        }

        Assert.Equal(4, Do(new GrantWork(A, new(4, 0), [Fleet[0]])).OfType<TrialLeased>().Single().Lease.Slots);
    }

    [Fact]
    public void A_worker_with_little_time_left_is_filled_with_short_trials()
    {
        Submit("long", 3, new(5));
        Submit("short", 3);
        foreach (var granted in Grant(A, new(4, 0)))
        {
            Do(new AcceptResult(granted.Key, 1, new("result", 1, Outcome.Converged, 1, 1, StudyOf(granted) == "long" ? 600 : 5)));
        }

        Submit("lengthy", 2, new(4));
        var lengthy = Grant(A, new(1, 0)).Single();
        Do(new AcceptResult(lengthy.Key, 1, new("result", 1, Outcome.Converged, 1, 1, 600)));

        Assert.Equal("short", StudyOf(Do(new GrantWork(A, new(1, 0), [.. Fleet], 60)).OfType<TrialLeased>().Single()));
        Assert.Equal("lengthy", StudyOf(Do(new GrantWork(A, new(1, 0), [.. Fleet], 3600)).OfType<TrialLeased>().Single()));
    }

    [Fact]
    public void Every_cell_gets_its_first_seed_before_any_gets_its_second()
    {
        Do(Sweep(seeds: 3));

        var first = Grant(A, new(3, 0));
        var second = Grant(B, new(4, 0));

        // Two cells of three seeds: positions 0 to 2 are the first cell's.
        Assert.Equal([0, 3, 1], first.Select(PositionOf));
        Assert.Equal([4, 2, 5], second.Select(PositionOf));
    }

    [Fact]
    public void A_retried_trial_goes_before_the_later_seeds_of_all_cells()
    {
        Do(Sweep(seeds: 3));
        var lost = Grant(A, new(2, 0))[1];

        Do(new RecordFault(lost.Key, 1, new(FaultKind.LostWorker, "gone", "")));

        Assert.Equal([3, 1], Grant(B, new(2, 0)).Select(PositionOf));
    }

    [Fact]
    public void A_study_that_was_submitted_without_its_seeds_goes_by_them_once_they_are_known()
    {
        Do(Sweep(seeds: 0));
        Assert.Equal([0, 1], Grant(A, new(2, 0)).Select(PositionOf));

        Do(Sweep(seeds: 3));

        Assert.Equal([3, 4, 2, 5], Grant(B, new(4, 0)).Select(PositionOf));
        Assert.Empty(Do(Sweep(seeds: 3)));
        Assert.Empty(Do(Sweep(seeds: 0)));
    }

    [Fact]
    public void The_seeds_of_one_study_say_nothing_of_the_turns_of_another()
    {
        Do(Sweep(seeds: 3));
        Submit("other", 2);

        Assert.Equal(["sweep", "other", "sweep", "other"], Grant(A, new(4, 0)).Select(StudyOf));
    }

    private static SubmitStudy Sweep(int seeds) =>
        new("sweep", "sweep", [.. Enumerable.Range(0, 6).Select(number => new TrialKey($"sp{number}".PadRight(64, '0')))]) { Seeds = seeds };

    private int PositionOf(TrialLeased granted) => _state.Places[granted.Key][0].Position;

    private void Submit(string study, int trials, Placement? placement = null) => Do(new SubmitStudy(
        study, study, [.. Enumerable.Range(0, trials).Select(number => new TrialKey($"{study[0]}{study[^1]}{number}".PadRight(64, '0')))], placement));

    private TrialLeased[] Grant(WorkerIdentity worker, SlotCount free, params FleetMember[] fleet) =>
        [.. Do(new GrantWork(worker, free, fleet is [] ? [.. Fleet] : [.. fleet])).OfType<TrialLeased>()];

    private IReadOnlyList<SweepEvent> Do(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(_state, command, DateTimeOffset.UnixEpoch, Policy);
        _state = _state.ApplyAll(decision.Events);
        return decision.Events;
    }

    private string StudyOf(TrialLeased granted) => _state.Places[granted.Key][0].Study;
}
