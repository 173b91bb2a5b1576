using CsCheck;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>What holds in every life of a worker, whatever crosses, comes late, comes twice or fails.</summary>
public sealed class WorkerDeciderTests
{
    private const int Lives = 3000;

    [Fact]
    public void No_slot_trains_two_and_the_worker_knows_what_each_trains() => Always(history => Assert.Empty(history.Contradictions));

    [Fact]
    public void An_attempt_gets_free_slots_of_its_kind_and_as_many_as_it_needs() => Always(history =>
    {
        foreach (var (before, command, acts, _) in history.Decisions)
        {
            foreach (var occupy in acts.OfType<WorkerAct.Occupy>())
            {
                var places = occupy.Slots.Select(number => before.Slots[number]).ToArray();
                Assert.Equal(occupy.Start.Slots, places.Distinct().Count());
                Assert.All(places, place => Assert.Null(place.Attempt));
                Assert.All(places, place => Assert.True(occupy.Start.Device is null || occupy.Start.Device == place.Kind));
                Assert.Equal(occupy.Start, Assert.IsType<WorkerCommand.Hear>(command).Message);
            }
        }
    });

    [Fact]
    public void No_more_trials_share_a_trainer_than_it_bears_and_memory_is_remembered() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            foreach (var occupy in acts.OfType<WorkerAct.Occupy>())
            {
                var pack = before.Slots[occupy.Slots[0]].Pack;
                Assert.True(after.Slots.Count(slot => slot.Pack == pack && slot.Trains) <= (before.LimitOf(pack)?.Lanes ?? int.MaxValue));
            }

            foreach (var (pack, limit) in after.PackLimits)
            {
                Assert.InRange(limit.Lanes, 1, after.Slots.Count(slot => slot.Pack == pack));
                Assert.True(before.LimitOf(pack) is not { IsKept: true } kept || (limit.IsKept && limit.Lanes <= kept.Lanes));
            }

            if (command is WorkerCommand.HearCrowd crowd)
            {
                Assert.True(after.LimitOf(after.Slots[crowd.Slot].Pack)!.Lanes <= Math.Max(1, crowd.Company / 2));
            }
        }
    });

    [Fact]
    public void Every_grant_is_answered_at_once_as_taken_or_refused_and_refused_only_for_a_reason() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            if (command is not WorkerCommand.Hear { Message: StartTrial start } || start.Epoch < before.Epoch)
            {
                continue;
            }

            var said = acts.OfType<WorkerAct.Say>().Select(say => say.Message).ToArray();
            if (Assert.Single(said) is TrialRefused refused)
            {
                Assert.Equal(start.Attempt, refused.Attempt);
                Assert.Null(after.SlotOf(start.Attempt));
                Assert.True(before.IsDraining || before.Trouble is not null || before.FreeSlots.Of(start.Device) < start.Slots);
            }
            else
            {
                Assert.Equal(start.Attempt, Assert.IsType<TrialTaken>(said[0]).Attempt);
                Assert.Contains(start.Attempt, after.Holding);
            }
        }
    });

    [Fact]
    public void Every_attempt_that_was_taken_ends_with_one_report_or_is_abandoned() => Always(history =>
    {
        history.Settle();

        Assert.Empty(history.State.Occupied);
        Assert.True(history.State.Outbox.IsEmpty);
        var endings = history.Acts.OfType<WorkerAct.MakeReport>().Where(make => make.Report.Content.EndsAttempt).ToLookup(make => make.Report.Attempt);
        var abandoned = history.Acts.OfType<WorkerAct.Abandon>().Select(abandon => abandon.Attempt).ToHashSet();
        foreach (var taken in history.Acts.OfType<WorkerAct.Occupy>().GroupBy(occupy => occupy.Start.Attempt))
        {
            Assert.Single(taken);
            Assert.InRange(endings[taken.Key].Count(), abandoned.Contains(taken.Key) ? 0 : 1, 1);
        }
    });

    [Fact]
    public void A_worker_that_drains_or_pauses_asks_for_nothing_and_takes_nothing() => Always(history =>
    {
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            if (after.IsDraining || after.Trouble is not null)
            {
                Assert.DoesNotContain(acts, act => act is WorkerAct.Occupy or WorkerAct.AskForWork);
            }
        }
    });

    [Fact]
    public void It_asks_for_no_more_than_its_free_slots() => Always(history =>
    {
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            // A decision that gives a GPU back may ask before it and behind it: the coordinator leases no more than the worker has.
            var asked = acts.OfType<WorkerAct.AskForWork>().ToList();
            Assert.All(asked, ask => Assert.InRange(ask.Slots.Total, 1, after.FreeSlots.Total));
            Assert.All(asked.TakeLast(1), ask => Assert.Equal(after.FreeSlots, ask.Slots));
        }
    });

    [Fact]
    public void Silence_of_the_coordinator_and_the_timers_end_nothing_that_runs() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            if (command is WorkerCommand.SayWhoIAm or WorkerCommand.Poll or WorkerCommand.Renew or WorkerCommand.Repeat)
            {
                Assert.True(before.Slots.SequenceEqual(after.Slots));
                Assert.DoesNotContain(acts, act => act is WorkerAct.StopSlot or WorkerAct.Abandon);
            }
        }
    });

    [Fact]
    public void What_it_holds_is_named_in_every_renewal_until_its_end_is_acknowledged() => Always(history =>
    {
        foreach (var (before, _, acts, _) in history.Decisions)
        {
            foreach (var renewal in acts.OfType<WorkerAct.Say>().Select(say => say.Message).OfType<RenewLeases>())
            {
                Assert.Empty(before.Occupied.Select(place => place.Attempt!.Value).Except(renewal.Holding));
                Assert.Empty(before.Outbox.Open.Where(report => report.Content.EndsAttempt).Select(report => report.Attempt).Except(renewal.Holding));
            }
        }
    });

    [Fact]
    public void A_coordinator_of_an_earlier_epoch_changes_nothing() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            if (command is WorkerCommand.Hear { Message: var message } && message.Epoch < before.Epoch)
            {
                Assert.IsType<WorkerAct.RefuseEpoch>(Assert.Single(acts));
                Assert.Same(before, after);
            }
        }
    });

    [Fact]
    public void What_a_coordinator_says_twice_it_may_as_well_have_said_once() => Always(history =>
    {
        foreach (var (_, command, acts, after) in history.Decisions.ToArray())
        {
            if (command is WorkerCommand.Hear { Message: not RegistrationRefused } && Decide(after, command) is var again)
            {
                Assert.Equal(WorkerHistory.Dump(after), WorkerHistory.Dump(again.Aggregate(after, (state, act) => state.Apply(act))));
                Assert.DoesNotContain(again, act => act is WorkerAct.Occupy or WorkerAct.Abandon or WorkerAct.MakeReport);
            }
        }
    });

    [Fact]
    public void A_report_is_said_again_until_it_is_acknowledged_and_no_longer() => Always(history =>
    {
        var open = new HashSet<long>();
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            Assert.All(acts.OfType<WorkerAct.RepeatReport>(), repeat => Assert.Contains(repeat.Report.Number, open));
            open.UnionWith(acts.OfType<WorkerAct.MakeReport>().Select(make => make.Report.Number));
            open.ExceptWith(acts.OfType<WorkerAct.NoteAcknowledged>().Select(acknowledged => acknowledged.Report.Number));

            Assert.Equal(open.Order(), after.Outbox.Open.Select(report => report.Number));
            Assert.Equal(after.Outbox.Open, Decide(after, new WorkerCommand.Repeat(), seconds: 1e6).OfType<WorkerAct.RepeatReport>().Select(repeat => repeat.Report));
        }
    });

    [Fact]
    public void On_a_machine_in_trouble_no_fault_is_the_trials() => Always(history =>
    {
        foreach (var (_, command, acts, after) in history.Decisions)
        {
            if (command is WorkerCommand.HearReport && after.Trouble is not null)
            {
                Assert.DoesNotContain(acts, act => act is WorkerAct.MakeReport { Report.Content: ReportContent.Faulted });
            }
        }
    });

    [Fact]
    public void Crashes_are_the_machines_after_three_trials_in_a_row_until_one_gets_on_or_a_look_finds_nothing() => Always(history =>
    {
        var crashed = new HashSet<TrialKey>();
        var isChecked = false;
        foreach (var (before, _, acts, after) in history.Decisions)
        {
            var isPaused = before.Trouble is not null;
            foreach (var act in acts)
            {
                switch (act)
                {
                    case WorkerAct.NoteCrash crash:
                        Assert.False(isPaused);
                        crashed.Add(crash.Key);
                        break;
                    case WorkerAct.NoteProgress or WorkerAct.GoOn:
                        crashed.Clear();
                        isChecked = act is WorkerAct.GoOn;
                        break;
                }
            }

            Assert.Equal(crashed.Count >= 3 && !isChecked, after.Crashes.IsSuspicious);
            Assert.True(after.Trouble is not null || !after.Crashes.IsSuspicious);
        }
    });

    [Fact]
    public void A_drain_ends_when_nothing_runs_and_everything_is_acknowledged_and_not_before() => Always(history =>
    {
        history.Do(new WorkerCommand.Drain());
        history.Settle();

        Assert.Contains(history.Acts, act => act is WorkerAct.EndDrain);
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            Assert.True(after is { IsDraining: true, Outbox.IsEmpty: true } || !acts.Any(act => act is WorkerAct.EndDrain));
            Assert.True(!after.Occupied.Any() || !acts.Any(act => act is WorkerAct.EndDrain));
        }
    });

    [Fact]
    public void A_worker_that_rests_gives_everything_back_and_never_ends_by_that() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            Assert.True(after.Drain != DrainKind.Rest || !acts.Any(act => act is WorkerAct.EndDrain));
            if (command is WorkerCommand.Hear { Message: RestRequested } && before is { IsDraining: false } && after.IsDraining)
            {
                Assert.Equal(before.Occupied.Count(), acts.OfType<WorkerAct.StopSlot>().Count());
                Assert.Contains(acts, act => act is WorkerAct.Say { Message: RenewLeases { Mode: WorkerMode.Resting } });
            }
        }
    });

    [Fact]
    public void An_order_is_taken_back_by_a_word_of_the_coordinator_alone_and_an_end_of_the_node_by_nothing() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            var isTakenBack = command is WorkerCommand.Hear { Message: WorkRequested };
            Assert.True(after.Drain >= before.Drain || (isTakenBack && before.Drain != DrainKind.End));
            if (isTakenBack && acts.Any(act => act is WorkerAct.TakeUpWork))
            {
                Assert.Contains(acts, act => act is WorkerAct.Say { Message: RenewLeases { Mode: WorkerMode.Working } });
                Assert.Equal(
                    after is { IsRegistered: true, IsChecked: true, Trouble: null, FreeSlots.Total: > 0 },
                    acts.Any(act => act is WorkerAct.AskForWork));
            }

            // The node leaves after this, with whatever was taken since.
            Assert.True(!acts.Any(act => act is WorkerAct.EndDrain) || after.Drain == DrainKind.End);
        }
    });

    [Fact]
    public void A_worker_beside_a_coordinator_is_called_back_from_a_drain_that_is_over()
    {
        var history = new WorkerHistory();
        var state = history.State with { EndsWhenDrained = false, IsRegistered = true, IsChecked = true, Epoch = 3 };
        state = Decide(state, new WorkerCommand.Hear(new DrainRequested(3))).Aggregate(state, (before, act) => before.Apply(act));
        Assert.Equal(WorkerMode.Draining, state.Mode);

        var acts = Decide(state, new WorkerCommand.Hear(new WorkRequested(3)));

        Assert.Contains(acts, act => act is WorkerAct.AskForWork);
        Assert.Equal(WorkerMode.Working, acts.Aggregate(state, (before, act) => before.Apply(act)).Mode);
    }

    [Fact]
    public void What_a_worker_does_is_in_every_registration_and_renewal() => Always(history =>
    {
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            Assert.All(acts.OfType<WorkerAct.Say>().Select(say => say.Message).OfType<RegisterWorker>(), said => Assert.Equal((after.Mode, after.IsDraining), (said.Mode, said.IsDraining)));
            Assert.All(acts.OfType<WorkerAct.Say>().Select(say => say.Message).OfType<RenewLeases>(), said => Assert.Equal(after.Mode, said.Mode));
        }
    });

    [Fact]
    public void A_fresh_worker_asks_for_work_once_it_is_registered_and_its_machine_was_looked_at()
    {
        var history = new WorkerHistory();

        Assert.DoesNotContain(history.Do(new WorkerCommand.Hear(new WorkerRegistered(1, TimeSpan.FromSeconds(60), []))), act => act is WorkerAct.AskForWork);
        Assert.Equal(new SlotCount(2, 1), Assert.Single(history.Do(new WorkerCommand.SeeMachine(null)).OfType<WorkerAct.AskForWork>()).Slots);
    }

    /// <summary>
    /// Cores go first and GPUs have the lower numbers, so the slot that trains need not be the first of an attempt's slots.
    /// </summary>
    [Fact]
    public void A_word_about_an_attempt_goes_to_the_slot_that_trains_it()
    {
        var history = WorkerHistory.Of([new(WorkerMoveKind.Grant, 0, 1), new(WorkerMoveKind.Grant, 1, 10)]);
        var occupy = history.Acts.OfType<WorkerAct.Occupy>().Last();
        Assert.Equal([2, 0], occupy.Slots);

        var stop = history.Do(new WorkerCommand.Hear(new StopTrial(3, occupy.Start.Attempt, "the study is paused")));
        var abandon = history.Do(new WorkerCommand.Hear(new AbandonTrial(3, occupy.Start.Attempt)));

        Assert.Equal(2, Assert.Single(stop.OfType<WorkerAct.StopSlot>()).Slot);
        Assert.Equal(2, Assert.Single(abandon.OfType<WorkerAct.Abandon>()).Slot);
        Assert.Equal(new SlotCount(1, 1), history.State.FreeSlots);
    }

    /// <summary>
    /// The coordinator never grants an attempt again that it counted as ended; a copy of the grant that comes so late is trained, until the
    /// coordinator, to whom it is reported as taken, takes it away.
    /// </summary>
    [Fact]
    public void A_grant_that_comes_after_its_end_was_acknowledged_is_reported_as_taken()
    {
        var history = WorkerHistory.Of([new(WorkerMoveKind.Grant, 0, 2)]);
        var grant = history.Acts.OfType<WorkerAct.Occupy>().Single().Start;
        history.Settle();

        var acts = history.Do(new WorkerCommand.Hear(grant));

        Assert.Contains(acts, act => act is WorkerAct.Say { Message: TrialTaken });
        history.Do(new WorkerCommand.Hear(new AbandonTrial(3, grant.Attempt)));
        Assert.Empty(history.State.Occupied);
    }

    private static IReadOnlyList<WorkerAct> Decide(WorkerState state, WorkerCommand command, double seconds = 0) => WorkerDecider.Decide(
        state, command, DateTimeOffset.UnixEpoch.AddSeconds(seconds), new("0.1.0", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), null));

    private static void Always(Action<WorkerHistory> holds) => WorkerMove.Many.Sample(moves => holds(WorkerHistory.Of(moves)), iter: Lives);
}
