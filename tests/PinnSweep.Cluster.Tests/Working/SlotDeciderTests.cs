using CsCheck;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>What holds in every life of a slot, whatever its trainer, its disk and the store do.</summary>
public sealed class SlotDeciderTests
{
    private const int Lives = 5000;

    [Fact]
    public void Every_attempt_that_is_given_ends_with_one_report_or_is_abandoned() => Always(history =>
    {
        history.Settle();

        Assert.Null(history.State.Job);
        var endings = history.Acts.OfType<SlotAct.TellReport>().Where(tell => tell.Content.EndsAttempt).ToLookup(tell => tell.Attempt);
        var abandoned = history.Acts.OfType<SlotAct.NoteAbandoned>().ToLookup(note => note.Attempt);
        Assert.All(history.Given, given => Assert.Equal(1, endings[given.Attempt].Count() + abandoned[given.Attempt].Count()));
    });

    [Fact]
    public void A_slot_trains_one_attempt_at_a_time() => Always(history =>
    {
        foreach (var (before, _, acts, after) in history.Decisions)
        {
            Assert.True(before.Job is null || !acts.Any(act => act is SlotAct.TakeJob));
            Assert.True(after.Job is null || before.Job is null || after.Job.Attempt == before.Job.Attempt);
        }
    });

    [Fact]
    public void There_is_one_process_at_a_time_and_each_has_a_number_of_its_own() => Always(history =>
    {
        foreach (var (before, _, acts, _) in history.Decisions)
        {
            Assert.All(acts.OfType<SlotAct.StartTrainer>(), start => Assert.True(before.Trainer is null && start.Number == before.Started + 1));
        }
    });

    [Fact]
    public void What_a_replaced_process_says_changes_nothing() => Always(history =>
    {
        foreach (var (before, command, acts, after) in history.Decisions)
        {
            if (command is SlotCommand.FromTrainer from && from.Trainer != before.Trainer)
            {
                Assert.Empty(acts);
                Assert.Same(before, after);
            }
        }
    });

    [Fact]
    public void An_answer_about_another_attempt_than_the_one_in_training_changes_nothing() => Always(history =>
    {
        foreach (var (before, command, acts, _) in history.Decisions)
        {
            if (command is SlotCommand.Answer answer && answer.Attempt != before.Job?.Attempt)
            {
                Assert.Empty(acts);
            }
        }
    });

    [Fact]
    public void A_trial_is_handed_to_a_process_that_is_ready_and_has_not_been_told() => Always(history =>
    {
        foreach (var (_, _, acts, after) in history.Decisions)
        {
            if (acts.OfType<SlotAct.HandOver>().Any())
            {
                Assert.True(after is { Trainer: not null, IsReady: true, Job: { IsPrepared: true, IsTold: false } });
            }
        }
    });

    [Fact]
    public void A_trial_that_no_process_was_told_of_is_not_blamed_for_its_end_or_silence() => Always(history =>
    {
        foreach (var (before, command, acts, _) in history.Decisions)
        {
            if (before.Job is { IsTold: false } && command is not SlotCommand.HearGarbled)
            {
                Assert.DoesNotContain(acts, act => act is SlotAct.TellReport { Content: ReportContent.Faulted } tell && tell.Attempt == before.Job.Attempt);
            }
        }
    });

    [Theory]
    [InlineData("device", "GpuLostException: CUDA_ERROR_ECC_UNCORRECTABLE", 1, "Device")]
    [InlineData("device", "GpuLostException: CUDA_ERROR_LAUNCH_FAILED", 8, "Context")]
    [InlineData("error", "CUDA error: device-side assert triggered", 8, null)]
    public void A_process_that_lost_its_gpu_is_ended_for_all_and_no_trial_is_charged(string kind, string message, int company, string? trouble)
    {
        var attempt = new AttemptId(new(new string('a', 64)), 2);
        var state = new SlotState(1, 1, true, new(new StartTrial(1, attempt, "{}", null)) { IsPrepared = true, IsTold = true });

        var acts = SlotDecider.Decide(state, new SlotCommand.Hear(1, new TrainerProtocol.Failed(2, kind, message), company), 8, TimeSpan.FromMinutes(1));

        Assert.Contains(acts, act => act is SlotAct.KillTrainer);
        Assert.IsType<ReportContent.Released>(acts.OfType<SlotAct.TellReport>().Single().Content);
        Assert.Equal(trouble, acts.OfType<SlotAct.TellTrouble>().SingleOrDefault()?.Trouble.Kind.ToString());
        Assert.Equal(trouble is null, acts.Any(act => act is SlotAct.TellCrowd));
    }

    [Fact]
    public void An_end_or_silence_of_a_process_with_several_trials_charges_none_of_them_and_the_worker_is_told() => Always(history =>
    {
        foreach (var (before, command, acts, _) in history.Decisions)
        {
            var company = command switch
            {
                SlotCommand.SeeEnd end when end.Trainer == before.Trainer => end.How.Company,
                SlotCommand.HearNothing silence => silence.Company,
                SlotCommand.Hear { Said: TrainerProtocol.Failed { Kind: TrainerProtocol.Failed.OutOfMemory } } hear => hear.Company,
                _ => 1,
            };
            if (company > 1)
            {
                Assert.DoesNotContain(acts, act => act is SlotAct.TellReport { Content: ReportContent.Faulted });
                Assert.All(acts.OfType<SlotAct.TellCrowd>(), tell => Assert.Equal(company, tell.Company));
            }
            else
            {
                Assert.DoesNotContain(acts, act => act is SlotAct.TellCrowd);
            }
        }
    });

    [Fact]
    public void While_an_attempt_is_there_its_silence_is_measured() => Always(history =>
    {
        var isMeasured = false;
        foreach (var (_, command, acts, after) in history.Decisions)
        {
            isMeasured &= command is not SlotCommand.HearNothing;
            foreach (var act in acts)
            {
                isMeasured = act is SlotAct.ExpectWord or SlotAct.WaitLonger || (isMeasured && act is not SlotAct.EndJob);
            }

            Assert.Equal(after.Job is not null, isMeasured);
        }
    });

    [Fact]
    public void The_worker_hears_of_a_machines_trouble_before_the_attempt_comes_back() => Always(history =>
    {
        foreach (var acts in history.Decisions.Select(decision => decision.Acts.ToList()))
        {
            var told = acts.FindIndex(act => act is SlotAct.TellTrouble or SlotAct.TellRefusal);
            Assert.True(told < 0 || acts.FindIndex(act => act is SlotAct.TellReport { Content: ReportContent.Released }) > told);
        }
    });

    [Fact]
    public void Whatever_is_answered_stands_last_in_its_decision() => Always(history =>
    {
        foreach (var (_, _, acts, _) in history.Decisions)
        {
            Assert.DoesNotContain(
                acts.SkipLast(1),
                act => act is SlotAct.MakeFolder or SlotAct.StartTrainer or SlotAct.FetchCheckpoint or SlotAct.HandOver or SlotAct.StoreCheckpoint or SlotAct.StoreResult);
        }
    });

    [Fact]
    public void After_a_healthy_end_the_process_trains_the_next_trial_too()
    {
        var history = new SlotHistory();
        Train(history, 1);
        history.Do(new SlotCommand.Hear(1, new TrainerProtocol.Finished(1, "result", "hash", 1, Outcome.Converged, 1, 0.5, 1)));
        history.Settle();

        Train(history, 2);

        Assert.Single(history.Acts.OfType<SlotAct.StartTrainer>());
        Assert.Equal([1, 2], history.Acts.OfType<SlotAct.HandOver>().Select(hand => hand.Job.Attempt.Number));
    }

    [Fact]
    public void A_trainer_that_waited_for_a_processor_gets_so_much_time_more_and_a_silent_one_is_killed()
    {
        var history = new SlotHistory();
        Train(history, 1);

        var waited = history.Do(new SlotCommand.HearNothing(TimeSpan.FromSeconds(7)));
        var silent = history.Do(new SlotCommand.HearNothing(TimeSpan.FromSeconds(5)));

        Assert.Equal(new SlotAct.WaitLonger(TimeSpan.FromSeconds(7)), Assert.Single(waited));
        Assert.Contains(silent, act => act is SlotAct.TellReport { Content: ReportContent.Faulted { Fault.Kind: FaultKind.Timeout } });
        Assert.Null(history.State.Trainer);
    }

    private static void Train(SlotHistory history, int number)
    {
        var attempt = new AttemptId(new(new string('b', 64)), number);
        history.Do(new SlotCommand.Begin(new(1, attempt, "{}", null)));
        history.Do(new SlotCommand.FolderMade(attempt));
        if (history.State.IsReady)
        {
            history.Do(new SlotCommand.HandedOver(attempt, true));
            return;
        }

        history.Do(new SlotCommand.TrainerStarted(attempt));
        history.Do(new SlotCommand.Hear(history.State.Trainer!.Value, new TrainerProtocol.Ready(1, "fused", "0.1.0")));
        history.Do(new SlotCommand.HandedOver(attempt, true));
    }

    private static void Always(Action<SlotHistory> holds) => SlotMove.Many.Sample(moves => holds(SlotHistory.Of(moves)), iter: Lives);
}
