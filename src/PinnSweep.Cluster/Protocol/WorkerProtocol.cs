using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Protocol;

/// <summary>Marks what may travel between nodes; each has a row in the wire table.</summary>
public interface IClusterMessage;

/// <summary>What a coordinator tells a worker. A worker refuses an epoch lower than the highest it has seen.</summary>
internal interface IFromCoordinator : IClusterMessage
{
    /// <summary>The coordinator incarnation that speaks.</summary>
    long Epoch { get; }
}

/// <summary>What a worker tells the coordinator about itself or its attempts.</summary>
public interface IFromWorker : IClusterMessage
{
    /// <summary>Who speaks.</summary>
    WorkerIdentity Worker { get; }
}

/// <summary>
/// Pull: a worker registers, asks for as many trials as it has free slots, says that it took them, renews its leases while they run, and
/// repeats each report until it is acknowledged. Acknowledged means durable.
/// </summary>
public static class WorkerProtocol
{
    /// <summary>Repeated until answered, and whenever a coordinator asks for it.</summary>
    /// <param name="Worker">Who speaks.</param>
    /// <param name="Slots">Trials it trains at the same time.</param>
    /// <param name="Software">Its version.</param>
    /// <param name="Holding">What it trains, or has not reported yet.</param>
    /// <param name="IsDraining">It takes nothing new: it rests or ends.</param>
    /// <param name="Paused">Why its machine cannot train now; null when it can.</param>
    public sealed record RegisterWorker(
        WorkerIdentity Worker, SlotCount Slots, string Software, ImmutableArray<AttemptId> Holding, bool IsDraining = false, string? Paused = null) : IFromWorker
    {
        /// <summary>Its process, where it can be told; null for one of an older version.</summary>
        public ProcessIdentity? Process { get; init; }

        /// <summary>The incarnation of its name whose process the worker saw to be gone; null when it saw none.</summary>
        public string? Buried { get; init; }

        /// <summary>Whether it takes work.</summary>
        public WorkerMode Mode { get; init; }

        /// <summary>What its machine is; null for one of an older version.</summary>
        public MachineFacts? Machine { get; init; }
    }

    /// <summary>
    /// The name is held by another worker that lives, or may live. The worker asks again for as long as it is told to, and then gives up; a
    /// worker of an older version does not understand this and asks for ever, which harms nobody.
    /// </summary>
    /// <param name="Epoch">Of the coordinator.</param>
    /// <param name="Reason">Who holds the name, for people.</param>
    /// <param name="IsFinal">The holder has spoken since this worker first asked, so waiting is in vain.</param>
    /// <param name="Patience">How long a holder that is silent may keep the name.</param>
    /// <param name="Holder">The incarnation that holds it.</param>
    /// <param name="HolderProcess">Its process, where it said; a worker beside it can see whether it is gone.</param>
    public sealed record RegistrationRefused(
        long Epoch, string Reason, bool IsFinal, TimeSpan Patience, string Holder, ProcessIdentity? HolderProcess = null) : IFromCoordinator;

    /// <summary>The worker may ask for work. It stops the attempts to be abandoned: they are no longer its own.</summary>
    /// <param name="Epoch">Of the coordinator.</param>
    /// <param name="LeaseDuration">Leases are renewed four times in it.</param>
    /// <param name="Abandon">Of those it said to hold.</param>
    /// <param name="BlobUrl">Where a worker without the store sends checkpoints and results.</param>
    public sealed record WorkerRegistered(
        long Epoch, TimeSpan LeaseDuration, ImmutableArray<AttemptId> Abandon, Uri? BlobUrl = null) : IFromCoordinator;

    /// <summary>This coordinator does not know the worker that just spoke.</summary>
    public sealed record RegistrationRequired(long Epoch) : IFromCoordinator;

    /// <summary>
    /// The worker has slots to fill, and so much time where it must stop soon. Nothing is sent to a worker that did not ask.
    /// </summary>
    public sealed record RequestWork(WorkerIdentity Worker, SlotCount Free, double? SecondsLeft = null) : IFromWorker
    {
        /// <summary>Attempts that it takes at most, however many slots are free; null where slots alone count.</summary>
        public int? Most { get; init; }

        /// <summary>
        /// Ids of the shapes of trials that run where it has room, the most frequent first: others of these shapes share a device with them as
        /// one program. Empty for an idle worker, null where shapes do not matter: no trials share a device, or the version is older.
        /// </summary>
        public ImmutableArray<string>? Shapes { get; init; }
    }

    /// <summary>A hint to a worker whose last request was not filled.</summary>
    public sealed record WorkAvailable(long Epoch) : IFromCoordinator;

    /// <summary>The lease of an attempt with all that is needed to train it.</summary>
    /// <param name="Epoch">Of the coordinator.</param>
    /// <param name="Attempt">What is leased.</param>
    /// <param name="Description">The trial.</param>
    /// <param name="ResumeFrom">The checkpoint to go on from.</param>
    /// <param name="Device">The kind of slot; null takes any.</param>
    /// <param name="Slots">Slots to occupy.</param>
    public sealed record StartTrial(
        long Epoch, AttemptId Attempt, string Description, CheckpointReference? ResumeFrom, string? Device = null, int Slots = 1) : IFromCoordinator
    {
        /// <summary>The checkpoint at its end is wanted too: a trial with more steps may go on from it.</summary>
        public bool KeepsFinal { get; init; }

        /// <summary>Where the trial began if it goes on from the end of another one; null where that is at step 0.</summary>
        public Continuation? Continued { get; init; }

        /// <summary>The W3C traceparent of the grant; null where the coordinator's node records no traces.</summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>The attempt has a slot.</summary>
    public sealed record TrialTaken(WorkerIdentity Worker, AttemptId Attempt) : IFromWorker;

    /// <summary>The attempt has no slot; it is given back.</summary>
    public sealed record TrialRefused(WorkerIdentity Worker, AttemptId Attempt, string Reason) : IFromWorker;

    /// <summary>
    /// The worker and these attempts are alive. Sent also by an idle worker: the answer tells it that there is a coordinator.
    /// </summary>
    /// <param name="Worker">Who speaks.</param>
    /// <param name="Holding">What it trains, or has not reported yet.</param>
    /// <param name="Paused">Why its machine cannot train now; null when it can.</param>
    public sealed record RenewLeases(WorkerIdentity Worker, ImmutableArray<AttemptId> Holding, string? Paused = null) : IFromWorker
    {
        /// <summary>Whether it takes work.</summary>
        public WorkerMode Mode { get; init; }

        /// <summary>What it tells of itself; null for one of an older version.</summary>
        public WorkerPulse? Pulse { get; init; }
    }

    /// <summary>The coordinator heard the renewal.</summary>
    public sealed record LeasesRenewed(long Epoch) : IFromCoordinator;

    /// <summary>Write a checkpoint and give the attempt back.</summary>
    public sealed record StopTrial(long Epoch, AttemptId Attempt, string Reason) : IFromCoordinator;

    /// <summary>Write checkpoints, give everything back and take nothing new.</summary>
    public sealed record DrainRequested(long Epoch) : IFromCoordinator;

    /// <summary>
    /// Write checkpoints, give everything back and take nothing new until told so. Said only to workers that know how to rest; said again until
    /// they do.
    /// </summary>
    public sealed record RestRequested(long Epoch) : IFromCoordinator;

    /// <summary>Take work again, if nothing but an order stands against it.</summary>
    public sealed record WorkRequested(long Epoch) : IFromCoordinator;

    /// <summary>The worker takes nothing new and ends.</summary>
    public sealed record WorkerDrains(WorkerIdentity Worker) : IFromWorker;

    /// <summary>Where an attempt stands; also renews its lease. Not journalled.</summary>
    public sealed record TrialProgress(WorkerIdentity Worker, AttemptId Attempt, AttemptProgress Progress) : IFromWorker;

    /// <summary>Something that must not be lost.</summary>
    /// <param name="Worker">Who speaks.</param>
    /// <param name="Number">Told back in the acknowledgement; unique within the worker's incarnation.</param>
    /// <param name="Attempt">The attempt it is about.</param>
    /// <param name="Content">What happened to it.</param>
    public sealed record Report(WorkerIdentity Worker, long Number, AttemptId Attempt, ReportContent Content) : IFromWorker
    {
        /// <summary>The W3C traceparent of what the worker did for the attempt; null where its grant had none.</summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>What a report says.</summary>
    public abstract record ReportContent
    {
        private ReportContent()
        {
        }

        /// <summary>True when the attempt ends with this report.</summary>
        public bool EndsAttempt => this is not (Checkpointed or CheckpointLost);

        /// <summary>A checkpoint is stored.</summary>
        public sealed record Checkpointed(CheckpointReference Checkpoint) : ReportContent;

        /// <summary>The checkpoint to go on from cannot be read; the attempt begins anew.</summary>
        public sealed record CheckpointLost(string Blob, string Reason) : ReportContent;

        /// <summary>The result is stored.</summary>
        public sealed record Finished(ResultReference Result) : ReportContent;

        /// <summary>The attempt ended by a fault.</summary>
        public sealed record Faulted(Fault Fault) : ReportContent;

        /// <summary>The attempt was stopped on purpose.</summary>
        public sealed record Released(string Reason) : ReportContent;
    }

    /// <summary>
    /// The report is durable, or changes nothing (<paramref name="Counted"/> is false): either way it need not be repeated.
    /// </summary>
    public sealed record ReportAcknowledged(long Epoch, long Number, bool Counted) : IFromCoordinator;

    /// <summary>The attempt is no longer this worker's.</summary>
    public sealed record AbandonTrial(long Epoch, AttemptId Attempt) : IFromCoordinator;
}
