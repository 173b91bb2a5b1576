using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// The rules of a worker: it asks for as much as it has free slots, takes no more, reports the end of what it took until that is
/// acknowledged, and keeps what it trains while no coordinator speaks. A table of what coordinator, slots and node say; what is behind a
/// word stands in <see cref="WorkerGrants"/>, <see cref="WorkerTroubles"/> and <see cref="WorkerDraining"/>.
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
        var course = new WorkerCourse(state, now);
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
                WorkerGrants.PassOn(course, report);
                break;
            case WorkerCommand.HearRefusal refusal:
                course.Do(new WorkerAct.TellRefusal(refusal.Why));
                WorkerDraining.Begin(course, DrainKind.End);
                break;
            case WorkerCommand.HearTrouble heard when WorkerGpus.Fail(course, heard, policy):
                break;
            case WorkerCommand.HearTrouble { Trouble: var trouble }:
                course.Do(new WorkerAct.CheckMachine(trouble));
                WorkerTroubles.Pause(course, trouble);
                break;
            case WorkerCommand.HearCrowd crowd:
                WorkerPacks.Narrow(course, crowd);
                break;
            case WorkerCommand.SeePace seen:
                WorkerPacks.Probe(course, seen);
                break;
            case WorkerCommand.SeeMachine seen:
                WorkerTroubles.Look(course, seen.Trouble);
                break;
            case WorkerCommand.LoseSlot lost:
                WorkerGrants.Replace(course, lost.Number);
                break;
            case WorkerCommand.Drain:
                WorkerDraining.Begin(course, DrainKind.End);
                break;
            case WorkerCommand.SayWhoIAm:
                course.Register(policy);
                break;
            case WorkerCommand.Poll:
                course.AskForWork();
                WatchTheCoordinator(course, policy);
                break;
            case WorkerCommand.Renew:
                course.RenewLeases();
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

    private static void Obey(WorkerCourse course, WorkerCommand.Hear hear, WorkerPolicy policy)
    {
        switch (hear.Message)
        {
            case WorkerRegistered registered:
                course.Do(new WorkerAct.NoteRegistered(registered.BlobUrl, registered.LeaseDuration));
                foreach (var attempt in registered.Abandon)
                {
                    WorkerGrants.Abandon(course, attempt);
                }

                course.AskForWork();
                break;
            case RegistrationRefused refused:
                WaitForName(course, refused, hear.IsHolderGone, policy);
                break;
            case RegistrationRequired when course.State.IsRegistered:
                course.Do(new WorkerAct.NoteUnregistered());
                break;
            case WorkAvailable:
                course.AskForWork();
                break;
            case StartTrial start:
                WorkerGrants.Start(course, start);
                break;
            case ReportAcknowledged acknowledged when course.State.Outbox.Find(acknowledged.Number) is { } report:
                course.Do(new WorkerAct.NoteAcknowledged(report, acknowledged.Counted));
                WorkerDraining.Finish(course);
                break;
            case StopTrial stop when course.State.SlotOf(stop.Attempt) is { } slot:
                course.Do(new WorkerAct.StopSlot(slot.Number, stop.Reason));
                break;
            case DrainRequested:
                WorkerDraining.Begin(course, DrainKind.Order);
                break;
            case RestRequested:
                WorkerDraining.Begin(course, DrainKind.Rest);
                break;
            case WorkRequested:
                WorkerDraining.TakeBack(course);
                WorkerGpus.Restore(course, policy);
                break;
            case AbandonTrial abandon:
                WorkerGrants.Abandon(course, abandon.Attempt);
                break;
        }
    }

    /// <summary>
    /// Another worker has this one's name. If that is its own earlier process it is gone or falls silent, so it asks again for as long as a
    /// living one could be silent, and a little longer.
    /// </summary>
    private static void WaitForName(WorkerCourse course, RegistrationRefused refused, bool isHolderGone, WorkerPolicy policy)
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

    private static void WatchTheCoordinator(WorkerCourse course, WorkerPolicy policy)
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
}
