using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// What a worker does about its machine: on one in trouble no fault is the trial's, and nothing is taken until it is well.
/// </summary>
internal static class WorkerTroubles
{
    /// <summary>What is reported of an attempt's end: on a machine in trouble no fault is the trial's.</summary>
    public static ReportContent Judge(WorkerCourse course, WorkerCommand.HearReport reported)
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

    /// <summary>Takes nothing more and gives back what runs, until the machine is well again.</summary>
    public static void Pause(WorkerCourse course, MachineTrouble trouble)
    {
        if (course.State.Trouble == trouble)
        {
            return;
        }

        var isNew = course.State.Trouble?.Kind != trouble.Kind;
        course.Do(new WorkerAct.Pause(trouble, isNew));
        course.RenewLeases();
        if (isNew)
        {
            course.StopAll(Reason(trouble));
        }
    }

    public static void Look(WorkerCourse course, MachineTrouble? seen)
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
            course.RenewLeases();
        }

        course.AskForWork();
    }

    public static string Reason(MachineTrouble trouble) => $"the worker pauses: {trouble.Reason}";
}
