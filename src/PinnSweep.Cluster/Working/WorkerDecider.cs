using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// The rules of a worker: it asks for as much as it has free slots, takes no more, reports the end of what it took until that is acknowledged, and
/// keeps what it trains while no coordinator speaks. On a machine in trouble no fault is the trial's.
/// A table of what coordinator, slots and node say, all of it about the same few facts.
/// </summary>
internal static class WorkerDecider
{
    /// <summary>What follows from a command.</summary>
    /// <param name="state">The worker.</param>
    /// <param name="command">What it hears.</param>
    /// <param name="now">The time, on a clock that nobody sets.</param>
    /// <param name="policy">Its times.</param>
    public static IReadOnlyList<WorkerAct> Decide(WorkerState state, WorkerCommand command, DateTimeOffset now, WorkerPolicy policy)
    {
        var course = new Course(state, now);
        switch (command)
        {
            case WorkerCommand.Hear { Message: var message } when message.Epoch < state.Epoch:
                course.Do(new WorkerAct.RefuseEpoch(message.Epoch, state.Epoch));
                break;
            case WorkerCommand.Hear hear:
                course.Do(new WorkerAct.NoteWord(hear.Message.Epoch, now));
                Obey(course, hear, policy);
                break;
            case WorkerCommand.HearReport report:
                PassOn(course, report);
                break;
            case WorkerCommand.HearRefusal refusal:
                course.Do(new WorkerAct.TellRefusal(refusal.Why));
                BeginDrain(course);
                break;
            case WorkerCommand.HearTrouble { Trouble: var trouble }:
                course.Do(new WorkerAct.CheckMachine(trouble));
                Pause(course, trouble);
                break;
            case WorkerCommand.SeeMachine seen:
                Look(course, seen.Trouble);
                break;
            case WorkerCommand.LoseSlot lost:
                Replace(course, lost.Number);
                break;
            case WorkerCommand.Drain:
                BeginDrain(course);
                break;
            case WorkerCommand.SayWhoIAm:
                course.Say(new RegisterWorker(
                    state.Identity, state.AllSlots, policy.Software, [.. state.Holding], state.IsDraining, state.Trouble?.Reason)
                {
                    Process = policy.Process,
                    Buried = state.Buried,
                });
                break;
            case WorkerCommand.Poll:
                AskForWork(course);
                WatchTheCoordinator(course, policy);
                break;
            case WorkerCommand.Renew:
                RenewLeases(course);
                break;
            case WorkerCommand.Repeat:
                foreach (var report in state.Outbox.Due(now))
                {
                    course.Do(new WorkerAct.RepeatReport(report, now));
                }

                break;
        }

        return course.Acts;
    }

    private static void Obey(Course course, WorkerCommand.Hear hear, WorkerPolicy policy)
    {
        switch (hear.Message)
        {
            case WorkerRegistered registered:
                course.Do(new WorkerAct.NoteRegistered(registered.BlobUrl, registered.LeaseDuration));
                foreach (var attempt in registered.Abandon)
                {
                    Abandon(course, attempt);
                }

                AskForWork(course);
                break;
            case RegistrationRefused refused:
                WaitForName(course, refused, hear.IsHolderGone, policy);
                break;
            case RegistrationRequired when course.State.IsRegistered:
                course.Do(new WorkerAct.NoteUnregistered());
                break;
            case WorkAvailable:
                AskForWork(course);
                break;
            case StartTrial start:
                Start(course, start);
                break;
            case ReportAcknowledged acknowledged when course.State.Outbox.Find(acknowledged.Number) is { } report:
                course.Do(new WorkerAct.NoteAcknowledged(report, acknowledged.Counted));
                FinishDrain(course);
                break;
            case StopTrial stop when course.State.SlotOf(stop.Attempt) is { } slot:
                course.Do(new WorkerAct.StopSlot(slot.Number, stop.Reason));
                break;
            case DrainRequested:
                BeginDrain(course);
                break;
            case AbandonTrial abandon:
                Abandon(course, abandon.Attempt);
                break;
        }
    }

    /// <summary>
    /// Another worker has this one's name. If that is its own earlier process it is gone or falls silent, so it asks again for as long as a living one
    /// could be silent, and a little longer.
    /// </summary>
    private static void WaitForName(Course course, RegistrationRefused refused, bool isHolderGone, WorkerPolicy policy)
    {
        if (course.State.RefusedAt is null)
        {
            course.Do(new WorkerAct.AwaitName(refused.Reason, course.Now));
        }

        if (isHolderGone)
        {
            course.Do(new WorkerAct.BuryHolder(refused.Holder));
        }
        else if (refused.IsFinal || course.Now - course.State.RefusedAt > (1.25 * refused.Patience) + policy.RegisterEvery)
        {
            course.Do(new WorkerAct.GiveNameUp(refused.Reason));
        }
    }

    private static void AskForWork(Course course)
    {
        if (course.State is { IsRegistered: true, IsDraining: false, IsChecked: true, Trouble: null, FreeSlots: { Total: > 0 } free })
        {
            course.Do(new WorkerAct.AskForWork(free));
        }
    }

    private static void WatchTheCoordinator(Course course, WorkerPolicy policy)
    {
        // Not served itself, it could not have heard anybody.
        var late = course.Now - course.State.PolledAt - policy.PollEvery;
        course.Do(new WorkerAct.NotePoll(course.Now, late > policy.PollEvery ? late : TimeSpan.Zero));
        var silence = course.Now - course.State.HeardAt;
        if (silence > policy.Watchdog)
        {
            course.Do(new WorkerAct.LoseCoordinator(silence));
        }
    }

    /// <summary>A grant that was said again while its attempt runs, or while its end is on its way to the coordinator, begins nothing.</summary>
    private static void Start(Course course, StartTrial start)
    {
        var state = course.State;
        if (state.SlotOf(start.Attempt) is null && !state.Ended.Contains(start.Attempt))
        {
            var whyNot = state.IsDraining ? "the worker is stopping" : state.Trouble is { } trouble ? PauseReason(trouble) : null;

            // Cores first for an attempt that takes any kind, as the coordinator counts. One that needs more room keeps the other slots empty.
            var free = state.Slots.Where(slot => whyNot is null && slot.Attempt is null && (start.Device is null || slot.Kind == start.Device))
                .OrderBy(slot => slot.Kind == Devices.Cpu ? 0 : 1)
                .Take(start.Room)
                .Select(slot => slot.Number)
                .ToArray();
            if (free.Length < start.Room)
            {
                course.Say(new TrialRefused(state.Identity, start.Attempt, whyNot ?? "no free slot"));
                return;
            }

            course.Do(new WorkerAct.Occupy(start, [.. free]));
        }

        course.Say(new TrialTaken(state.Identity, start.Attempt));
    }

    private static void Abandon(Course course, AttemptId attempt)
    {
        if (course.State.SlotOf(attempt) is { } slot)
        {
            course.Do(new WorkerAct.Abandon(attempt, slot.Number));
            FinishDrain(course);
            AskForWork(course);
        }
    }

    private static void PassOn(Course course, WorkerCommand.HearReport reported)
    {
        course.Report(reported.Attempt, Judge(course, reported));
        if (reported.Content.EndsAttempt && course.State.SlotOf(reported.Attempt) is not null)
        {
            course.Do(new WorkerAct.Free(reported.Attempt));
            AskForWork(course);
        }
    }

    /// <summary>What is reported of an attempt's end: on a machine in trouble no fault is the trial's.</summary>
    private static ReportContent Judge(Course course, WorkerCommand.HearReport reported)
    {
        switch (reported.Content)
        {
            case ReportContent.Checkpointed or ReportContent.Finished:
                course.Do(new WorkerAct.NoteProgress());
                return reported.Content;
            case ReportContent.Faulted { Fault.Kind: FaultKind.Crash } when course.State.Trouble is null:
                course.Do(new WorkerAct.NoteCrash(reported.Attempt.Key));
                if (course.State.Crashes.IsSuspicious)
                {
                    var suspicion = new MachineTrouble(
                        TroubleKind.Trainer, $"{CrashStreak.Limit} different trials crashed here one after another and none got on; the trainer checks itself");
                    course.Do(new WorkerAct.CheckMachine(suspicion));
                    Pause(course, suspicion);
                }

                break;
        }

        return reported.Content is ReportContent.Faulted && course.State.Trouble is { } trouble
            ? new ReportContent.Released($"no fault of the trial: {trouble.Reason}")
            : reported.Content;
    }

    private static void RenewLeases(Course course) =>
        course.Say(new RenewLeases(course.State.Identity, [.. course.State.Holding], course.State.Trouble?.Reason));

    /// <summary>Takes nothing more and gives back what runs, until the machine is well again.</summary>
    private static void Pause(Course course, MachineTrouble trouble)
    {
        if (course.State.Trouble == trouble)
        {
            return;
        }

        var isNew = course.State.Trouble?.Kind != trouble.Kind;
        course.Do(new WorkerAct.Pause(trouble, isNew));
        RenewLeases(course);
        if (isNew)
        {
            StopAll(course, PauseReason(trouble));
        }
    }

    private static void Look(Course course, MachineTrouble? seen)
    {
        course.Do(new WorkerAct.NoteLook());
        if (seen is not null)
        {
            Pause(course, seen);
            return;
        }

        if (course.State.Trouble is not null)
        {
            course.Do(new WorkerAct.GoOn());
            RenewLeases(course);
        }

        AskForWork(course);
    }

    private static void Replace(Course course, int number)
    {
        course.Do(new WorkerAct.ReplaceSlot(number));
        if (course.State.Slots[number] is { Trains: true, Attempt: { } attempt })
        {
            course.Do(new WorkerAct.Free(attempt));
            course.Report(attempt, new ReportContent.Faulted(new(FaultKind.Error, "the worker's slot failed", "")));
            AskForWork(course);
        }
    }

    private static void BeginDrain(Course course)
    {
        if (!course.State.IsDraining)
        {
            course.Do(new WorkerAct.BeginDrain(course.State.Occupied.Count()));
            course.Say(new WorkerDrains(course.State.Identity));
            StopAll(course, "the worker is stopping");
        }

        FinishDrain(course);
    }

    private static void FinishDrain(Course course)
    {
        if (course.State is { IsDraining: true, Outbox.IsEmpty: true } && !course.State.Occupied.Any())
        {
            course.Do(new WorkerAct.EndDrain());
        }
    }

    private static void StopAll(Course course, string reason)
    {
        foreach (var slot in course.State.Occupied)
        {
            course.Do(new WorkerAct.StopSlot(slot.Number, reason));
        }
    }

    private static string PauseReason(MachineTrouble trouble) => $"the worker pauses: {trouble.Reason}";

    /// <summary>What was decided so far, and the state that it leads to.</summary>
    private sealed class Course(WorkerState state, DateTimeOffset now)
    {
        private readonly List<WorkerAct> _acts = [];

        public DateTimeOffset Now => now;

        public WorkerState State { get; private set; } = state;

        public IReadOnlyList<WorkerAct> Acts => _acts;

        public void Do(WorkerAct act)
        {
            _acts.Add(act);
            State = State.Apply(act);
        }

        public void Say(IFromWorker message) => Do(new WorkerAct.Say(message));

        public void Report(AttemptId attempt, ReportContent content) =>
            Do(new WorkerAct.MakeReport(new(State.Identity, State.Outbox.NextNumber, attempt, content), now));
    }
}
