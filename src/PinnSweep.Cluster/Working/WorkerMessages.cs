using Akka.Actor;
using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>Asks a worker to checkpoint and give back what it trains and take nothing more; answered by <see cref="Drained"/>.</summary>
internal sealed record Drain : INoSerializationVerificationNeeded;

/// <summary>Everything a worker had to report is acknowledged.</summary>
public sealed record Drained : INoSerializationVerificationNeeded;

/// <summary>Between a worker and its slots.</summary>
internal static class SlotMessages
{
    public sealed record Train(StartTrial Start) : INoSerializationVerificationNeeded;

    /// <summary>Write a checkpoint and end the attempt.</summary>
    public sealed record StopTraining(string Reason) : INoSerializationVerificationNeeded;

    /// <summary>End the attempt at once; nobody wants to hear of it.</summary>
    public sealed record Abandon(AttemptId Attempt) : INoSerializationVerificationNeeded;

    public sealed record Progressed(AttemptId Attempt, AttemptProgress Progress) : INoSerializationVerificationNeeded;

    /// <summary>The coordinator's node refuses this worker's blobs, so nothing it trains could be stored.</summary>
    public sealed record BlobsRefused(string Why) : INoSerializationVerificationNeeded;

    /// <summary>The slot's machine cannot train, whatever the trial.</summary>
    public sealed record MachineFailed(MachineTrouble Trouble) : INoSerializationVerificationNeeded;

    /// <summary>A trainer that several slots share ended, or ran out of memory, with so many trials in it.</summary>
    public sealed record Crowded(int Company, bool IsMemory, string Why) : INoSerializationVerificationNeeded;

    /// <summary>With the traceparent of what the slot did.</summary>
    public sealed record Reported(AttemptId Attempt, ReportContent Content, string? TraceParent = null) : INoSerializationVerificationNeeded;
}
