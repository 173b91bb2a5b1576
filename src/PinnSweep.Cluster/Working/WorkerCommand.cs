using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker hears from the coordinator, its slots, its machine and its node, or is reminded of by its timers.</summary>
internal abstract record WorkerCommand
{
    private WorkerCommand()
    {
    }

    /// <summary>
    /// The coordinator said something; of a refused name also whether its holder is a process of this machine that is gone.
    /// </summary>
    public sealed record Hear(IFromCoordinator Message, bool IsHolderGone = false) : WorkerCommand;

    /// <summary>A slot tells what became of an attempt, and of which trace that is.</summary>
    public sealed record HearReport(AttemptId Attempt, ReportContent Content, string? TraceParent = null) : WorkerCommand;

    /// <summary>Nothing that a slot trains could be stored.</summary>
    public sealed record HearRefusal(string Why) : WorkerCommand;

    /// <summary>A slot met a machine that cannot train, or a GPU.</summary>
    public sealed record HearTrouble(MachineTrouble Trouble, int Slot) : WorkerCommand;

    /// <summary>The trainer that a slot shares with others ended, or ran out of memory, with so many trials in it.</summary>
    public sealed record HearCrowd(int Slot, int Company, bool IsMemory, string Why) : WorkerCommand;

    /// <summary>How fast the trials of a pack are together was measured.</summary>
    public sealed record SeePace(int Pack, PackMeasure Measure) : WorkerCommand;

    /// <summary>The machine was looked at; null when it is well.</summary>
    public sealed record SeeMachine(MachineTrouble? Trouble) : WorkerCommand;

    /// <summary>A slot has failed and lost track of its process.</summary>
    public sealed record LoseSlot(int Number) : WorkerCommand;

    /// <summary>Write checkpoints, give everything back and take nothing more.</summary>
    public sealed record Drain : WorkerCommand;

    /// <summary>Time to register, while no coordinator has answered.</summary>
    public sealed record SayWhoIAm : WorkerCommand;

    /// <summary>Time to ask for work and to notice a silent coordinator.</summary>
    public sealed record Poll : WorkerCommand;

    /// <summary>Time to renew leases.</summary>
    public sealed record Renew : WorkerCommand;

    /// <summary>Time to repeat what was not acknowledged.</summary>
    public sealed record Repeat : WorkerCommand;
}
