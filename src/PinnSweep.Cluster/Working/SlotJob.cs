using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a slot is training.</summary>
/// <param name="Start">What the worker was granted.</param>
internal sealed record SlotJob(StartTrial Start)
{
    public AttemptId Attempt => Start.Attempt;

    /// <summary>Its folder is there, and its checkpoint, if one could be fetched.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>The checkpoint file to go on from; null begins anew.</summary>
    public string? ResumeFrom { get; init; }

    /// <summary>Whether the trainer has been told.</summary>
    public bool IsTold { get; init; }

    /// <summary>Why it is to stop; null while it is not.</summary>
    public string? StopReason { get; init; }
}
