using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker does with attempts: takes them while it has room, and passes on how they ended.</summary>
internal static class WorkerGrants
{
    /// <summary>
    /// A grant that was said again while its attempt runs, or while its end is on its way to the coordinator, begins nothing.
    /// </summary>
    public static void Start(WorkerCourse course, StartTrial start)
    {
        var state = course.State;
        if (state.SlotOf(start.Attempt) is null && !state.Ended.Contains(start.Attempt))
        {
            var whyNot = state.Ends ? WorkerDraining.Stopping : state.IsDraining ? WorkerDraining.Resting : state.Trouble is { } trouble ? WorkerTroubles.Reason(trouble) : null;

            // Cores first for an attempt that takes any kind, as the coordinator counts; then where others of its shape train. One that
            // needs more room keeps the other slots empty.
            var shape = state.HasPacks ? TrialShape.OfText(start.Description) : null;
            var ranks = PackShapes.Ranks(state, shape);
            var bearing = WorkerPacks.Bearing(state, shape);
            var free = state.Open.Where(slot => whyNot is null && (start.Device is null || slot.Kind == start.Device) && bearing.Contains(slot.Pack))
                .OrderBy(slot => slot.Kind == Devices.Cpu ? 0 : 1)
                .ThenBy(slot => ranks[slot.Pack])
                .Take(start.Slots)
                .Select(slot => slot.Number)
                .ToArray();
            if (free.Length < start.Slots)
            {
                if (whyNot is null && state.Open.Any(slot => !bearing.Contains(slot.Pack)))
                {
                    // Until one of those ends that are in its way: else it would be granted the same again, and again.
                    course.Do(new WorkerAct.NoteFull());
                }

                course.Say(new TrialRefused(state.Identity, start.Attempt, whyNot ?? "no free slot"));
                return;
            }

            course.Do(new WorkerAct.Occupy(start, [.. free], shape));
        }

        course.Say(new TrialTaken(state.Identity, start.Attempt));
    }

    public static void Abandon(WorkerCourse course, AttemptId attempt)
    {
        if (course.State.SlotOf(attempt) is { } slot)
        {
            course.Do(new WorkerAct.Abandon(attempt, slot.Number));
            WorkerDraining.Finish(course);
            course.AskForWork();
        }
    }

    public static void PassOn(WorkerCourse course, WorkerCommand.HearReport reported)
    {
        course.Report(reported.Attempt, WorkerTroubles.Judge(course, reported), reported.TraceParent);
        if (reported.Content is ReportContent.Finished or ReportContent.Checkpointed && course.State.SlotOf(reported.Attempt) is { } trained)
        {
            WorkerGpus.Forgive(course, trained);
        }

        if (reported.Content is ReportContent.Finished && course.State.SlotOf(reported.Attempt) is { } ended)
        {
            WorkerPacks.Widen(course, ended);
        }

        if (reported.Content.EndsAttempt && course.State.SlotOf(reported.Attempt) is not null)
        {
            course.Do(new WorkerAct.Free(reported.Attempt));
            course.AskForWork();
        }
    }

    public static void Replace(WorkerCourse course, int number)
    {
        course.Do(new WorkerAct.ReplaceSlot(number));
        if (course.State.Slots[number] is { Trains: true, Attempt: { } attempt })
        {
            course.Do(new WorkerAct.Free(attempt));
            course.Report(attempt, new ReportContent.Faulted(new(FaultKind.Error, "the worker's slot failed", "")));
            course.AskForWork();
        }
    }
}
