namespace PinnSweep.Cluster.Working;

/// <summary>
/// The end of a worker, or its rest: everything is given back. An end is over once that is acknowledged; a rest, and an end that has not come
/// yet, are taken back by a word of the coordinator.
/// </summary>
internal static class WorkerDraining
{
    public const string Resting = "the worker rests";
    public const string Stopping = "the worker is stopping";

    public static void Begin(WorkerCourse course, DrainKind kind)
    {
        var before = course.State;
        if (before.Drain < kind)
        {
            course.Do(new WorkerAct.BeginDrain(before.Occupied.Count(), kind, kind == DrainKind.Rest || !before.Ends));
            if (kind == DrainKind.Rest)
            {
                course.RenewLeases();
            }
            else if (!before.Ends)
            {
                course.Say(new Protocol.WorkerProtocol.WorkerDrains(before.Identity));
            }

            if (!before.IsDraining)
            {
                course.StopAll(kind == DrainKind.Rest ? Resting : Stopping);
            }
        }

        Finish(course);
    }

    /// <summary>Takes work again, if nothing but an order stands against it.</summary>
    public static void TakeBack(WorkerCourse course)
    {
        if (course.State.Drain is DrainKind.Rest or DrainKind.Order)
        {
            course.Do(new WorkerAct.TakeUpWork());
            course.AskForWork();
        }

        // Who asked wants to know what became of it.
        course.RenewLeases();
    }

    public static void Finish(WorkerCourse course)
    {
        if (course.State is { Ends: true, Outbox.IsEmpty: true } && !course.State.Occupied.Any())
        {
            course.Do(new WorkerAct.EndDrain());
        }
    }
}
