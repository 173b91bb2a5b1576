using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Asks the coordinator to finish what it has begun and stop; the cluster sends it when the node leaves.</summary>
internal sealed record StopCoordinator : INoSerializationVerificationNeeded
{
    /// <summary>The only instance needed.</summary>
    public static StopCoordinator Instance { get; } = new();
}

/// <summary>Something to be said once the decisions before it are durable and in the tables.</summary>
internal abstract record Followup(IActorRef To)
{
    /// <summary>What ends when it is said; null where nobody records.</summary>
    public Activity? Span { get; init; }

    /// <summary>A finished message.</summary>
    public sealed record Say(IActorRef To, object Message) : Followup(To);

    /// <summary>The start of an attempt, still without the trial's description.</summary>
    public sealed record Start(IActorRef To, long Epoch, AttemptId Attempt, CheckpointReference? ResumeFrom, string? Device, int Slots, bool KeepsFinal) : Followup(To)
    {
        /// <summary>The start of an attempt at a trial as it stands.</summary>
        public static Start Of(IActorRef to, CoordinatorState state, AttemptId attempt, Lease lease) =>
            new(to, state.Epoch, attempt, state.Trials[attempt.Key].Checkpoint, lease.Device, lease.Slots, state.KeepsFinal(attempt.Key)) { Continued = state.Trials[attempt.Key].Continued };

        /// <summary>Where the trial began that goes on from another one.</summary>
        public Continuation? Continued { get; init; }
    }
}

/// <summary>Between the coordinator and the actors that write its tables and read its studies.</summary>
internal static class WriterMessages
{
    public sealed record Write(ImmutableArray<SweepEvent> Events, long SequenceNumber, ImmutableArray<Followup> Followups) : INoSerializationVerificationNeeded;

    public sealed record Reconcile(CoordinatorState State, long SequenceNumber) : INoSerializationVerificationNeeded;

    /// <summary>The tables say what the journal says.</summary>
    public sealed record Reconciled : INoSerializationVerificationNeeded;

    public sealed record LoadStudy(string Hash, Placement? Placement, IActorRef Asker) : INoSerializationVerificationNeeded;

    public sealed record StudyLoaded(LoadStudy Asked, string? Name, ImmutableArray<TrialKey> Trials, int Seeds, ImmutableArray<DamagedTrial> Damaged)
        : INoSerializationVerificationNeeded
    {
        /// <summary>How far it is in stages; null of a study without.</summary>
        public StudyStage? Stage { get; init; }

        /// <summary>Those of its trials that may go on from finished ones.</summary>
        public ImmutableArray<ContinuedTrial> Continues { get; init; } = [];
    }

    /// <summary>Decide what comes after the stage that a study has finished.</summary>
    public sealed record DecideStage(string Hash, int Number, ImmutableHashSet<TrialKey> GivenUp) : INoSerializationVerificationNeeded;

    /// <summary>What was decided; a failure where it could not be.</summary>
    public sealed record StageDecided(DecideStage Asked, ExtendStudy? Stage, string? Failure, Exception? Cause = null) : INoSerializationVerificationNeeded
    {
        /// <summary>Results that have to be trained again first.</summary>
        public ImmutableArray<DamagedTrial> Damaged { get; init; } = [];
    }

    /// <summary>Of a study that was submitted to a version which did not tell its seeds.</summary>
    public sealed record CountSeeds(string Hash) : INoSerializationVerificationNeeded;

    public sealed record SeedsCounted(string Hash, int Seeds) : INoSerializationVerificationNeeded;

    public sealed record ReadShapes(string Hash) : INoSerializationVerificationNeeded;

    /// <summary>The shape of each trial of a study, in the order of its plan; null where it cannot be read.</summary>
    public sealed record ShapesRead(string Hash, ImmutableArray<string?> Shapes) : INoSerializationVerificationNeeded;

    public sealed record CheckStudy(string Hash) : INoSerializationVerificationNeeded;

    public sealed record StudyChecked(string Hash, ImmutableArray<DamagedTrial> Damaged) : INoSerializationVerificationNeeded;

    public sealed record Close : INoSerializationVerificationNeeded;
}
