namespace PinnSweep.Cluster.Working;

/// <summary>The end of a worker: everything is given back, and it is over once that is acknowledged.</summary>
internal static class WorkerDraining
{
    public static void Begin(WorkerCourse course)
    {
        if (!course.State.IsDraining)
        {
            course.Do(new WorkerAct.BeginDrain(course.State.Occupied.Count()));
            course.Say(new Protocol.WorkerProtocol.WorkerDrains(course.State.Identity));
            course.StopAll("the worker is stopping");
        }

        Finish(course);
    }

    public static void Finish(WorkerCourse course)
    {
        if (course.State is { IsDraining: true, Outbox.IsEmpty: true } && !course.State.Occupied.Any())
        {
            course.Do(new WorkerAct.EndDrain());
        }
    }
}
