using Akka.Actor;
using PinnSweep.Cluster.Protocol;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Orders to workers: end, rest, take work again. What was ordered is said again some times while the worker says that it does something
/// else, for a message may be lost. Once it does so it knows itself, and tells the coordinator that comes next.
/// </summary>
/// <param name="batch">Says what is to be said.</param>
internal sealed class WorkerOrders(DecisionBatch batch)
{
    private const int MostTimes = 3;

    public void Drain(StudyProtocol.DrainWorker drain, IActorRef asker) => Order(drain.Name, WorkerMode.Draining, asker);

    public void Rest(StudyProtocol.RestWorker rest, IActorRef asker) => Order(rest.Name, WorkerMode.Resting, asker);

    public void Wake(StudyProtocol.WakeWorker wake, IActorRef asker) => Order(wake.Name, WorkerMode.Working, asker);

    /// <summary>A worker says that it takes nothing more.</summary>
    public void NoteDrain(WorkerDrains drains)
    {
        if (batch.Roster.Find(drains.Worker) is { } worker)
        {
            worker.Mode = WorkerMode.Draining;
            Follow(worker);
        }
    }

    /// <summary>The worker has said what it does: an order that it has not heard is said again.</summary>
    public void Follow(RosterEntry worker)
    {
        // One whose node ends cannot be called back, and says so each time.
        if (worker.Asked == worker.Mode || worker.AskedTimes >= MostTimes)
        {
            worker.Asked = null;
        }

        if (worker.Asked is { } asked)
        {
            worker.AskedTimes++;
            Say(worker, asked);
        }
    }

    private void Order(string name, WorkerMode mode, IActorRef asker)
    {
        var worker = batch.Roster.Find(name);
        var refusal = worker is null ? null : WhyNot(worker, mode);
        if (worker is not null && refusal is null)
        {
            (worker.Asked, worker.AskedTimes) = (mode, 1);
            Say(worker, mode);
        }

        batch.Say(asker, new StudyProtocol.WorkerAnswer(name, worker is not null, refusal));
    }

    private static string? WhyNot(RosterEntry worker, WorkerMode mode) => (mode, worker.Mode) switch
    {
        (WorkerMode.Draining, _) => null,
        (_, WorkerMode.Untold) => $"worker {worker.Worker.Name} is of version {worker.Software}, which can end but not rest: drain it without --keep, and start it again when it is to work",
        (WorkerMode.Resting, WorkerMode.Draining) => $"worker {worker.Worker.Name} is draining and ends; undrain it first",
        _ => null,
    };

    private void Say(RosterEntry worker, WorkerMode mode) => batch.Say(worker.Actor, mode switch
    {
        WorkerMode.Resting => new RestRequested(batch.State.Epoch),
        WorkerMode.Working => new WorkRequested(batch.State.Epoch),
        _ => (object)new DrainRequested(batch.State.Epoch),
    });
}
