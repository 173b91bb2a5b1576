using System.Collections.Immutable;
using PinnSweep.Studies.Lifecycle;

namespace PinnSweep.Cluster.Protocol;

/// <summary>What people, through their command line, ask of the coordinator. A study is in the store before it is submitted.</summary>
public static class StudyProtocol
{
    /// <summary>Train a stored study.</summary>
    public sealed record SubmitStudy(string Hash) : IClusterMessage;

    /// <summary>Stop wanting a study.</summary>
    public sealed record CancelStudy(string Hash) : IClusterMessage;

    /// <summary>Let its quarantined trials wait again.</summary>
    public sealed record RetryStudy(string Hash) : IClusterMessage;

    /// <summary>Send <see cref="StudyStatus"/> now, while it changes, and at its end.</summary>
    public sealed record WatchStudy(string Hash) : IClusterMessage;

    /// <summary>The request is durable, or the study is not known.</summary>
    public sealed record StudyAnswer(string Hash, bool IsKnown) : IClusterMessage;

    /// <summary>Where a study stands.</summary>
    public sealed record StudyStatus(
        string Hash,
        string Name,
        int Planned,
        int Accepted,
        int Quarantined,
        int Cancelled,
        int Waiting,
        int Faults,
        ImmutableArray<RunningAttempt> Running) : IClusterMessage
    {
        /// <summary>Nothing more happens unasked.</summary>
        public bool IsSettled => Waiting == 0 && Running.IsEmpty;
    }

    /// <summary>An attempt in training with its last progress.</summary>
    public sealed record RunningAttempt(
        AttemptId Attempt, string Worker, int Step, double Completed, double Total, double RelativeL2, double StepsPerSecond);
}
