using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a slot is training.</summary>
internal sealed class SlotJob(StartTrial start, string folder)
{
    public AttemptId Attempt => start.Attempt;

    public StartTrial Start => start;

    public string Folder => folder;

    public TrialDescription Description { get; } = TrialDescription.Parse(start.Description);

    /// <summary>The checkpoint file to go on from, once fetched.</summary>
    public string? ResumeFrom { get; set; }

    /// <summary>Whether the trainer has been told.</summary>
    public bool IsTold { get; set; }

    /// <summary>Why it is to stop; null while it is not.</summary>
    public string? StopReason { get; set; }
}
