using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker decided so far, and the state that it leads to.</summary>
/// <param name="state">Before.</param>
/// <param name="now">The time of the decision.</param>
internal sealed class WorkerCourse(WorkerState state, DateTimeOffset now)
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

    public void Report(AttemptId attempt, ReportContent content, string? traceParent = null) =>
        Do(new WorkerAct.MakeReport(new(State.Identity, State.Outbox.NextNumber, attempt, content) { TraceParent = traceParent }, now));

    /// <summary>Asks for as much as is free, if anything may be taken.</summary>
    public void AskForWork()
    {
        if (State is { IsRegistered: true, IsDraining: false, IsChecked: true, Trouble: null, IsFull: false, FreeSlots: { Total: > 0 } free })
        {
            Do(new WorkerAct.AskForWork(free, WorkerPacks.Most(State), PackShapes.Wanted(State)));
        }
    }

    /// <summary>Says who it is and what it has and holds.</summary>
    public void Register(WorkerPolicy policy) => Say(new RegisterWorker(
        State.Identity, State.AllSlots, policy.Software, [.. State.Holding], State.IsDraining, State.WhyPaused)
    {
        Process = policy.Process,
        Buried = State.Buried,
        Machine = policy.Machine,
        Mode = State.Mode,
    });

    public void RenewLeases() =>
        Say(new RenewLeases(State.Identity, [.. State.Holding], State.WhyPaused) { Mode = State.Mode });

    public void StopAll(string reason)
    {
        foreach (var slot in State.Occupied)
        {
            Do(new WorkerAct.StopSlot(slot.Number, reason));
        }
    }
}
