using Google.Protobuf;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Wire.Proto;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Wire;

/// <summary>
/// Every type that is journalled or travels, with its manifest: the short name that stands beside the bytes. The digit is the version; a
/// manifest that was ever written stays here.
/// </summary>
internal static class WireTable
{
    private static readonly WireRow[] Rows =
    [
        WireRow.Of<EpochBegan, EpochBeganEvent>("epoch-began-1", EventWire.Write, EpochBeganEvent.Parser, EventWire.Read),
        WireRow.Of<JournalMended, JournalMendedEvent>("journal-mended-1", EventWire.Write, JournalMendedEvent.Parser, EventWire.Read),
        WireRow.Of<StudySubmitted, StudySubmittedEvent>("study-submitted-1", EventWire.Write, StudySubmittedEvent.Parser, EventWire.Read),
        WireRow.Of<StudyExtended, StudyExtendedEvent>("study-extended-1", EventWire.Write, StudyExtendedEvent.Parser, EventWire.Read),
        WireRow.Of<StudyCancelled, StudyCancelledEvent>("study-cancelled-1", EventWire.Write, StudyCancelledEvent.Parser, EventWire.Read),
        WireRow.Of<StudyPaused, StudyPausedEvent>("study-paused-1", EventWire.Write, StudyPausedEvent.Parser, EventWire.Read),
        WireRow.Of<StudyResumed, StudyResumedEvent>("study-resumed-1", EventWire.Write, StudyResumedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialLeased, TrialLeasedEvent>("trial-leased-1", EventWire.Write, TrialLeasedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialCheckpointed, TrialCheckpointedEvent>("trial-checkpointed-1", EventWire.Write, TrialCheckpointedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialAccepted, TrialAcceptedEvent>("trial-accepted-1", EventWire.Write, TrialAcceptedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialResultLost, TrialResultLostEvent>("trial-result-lost-1", EventWire.Write, TrialResultLostEvent.Parser, EventWire.Read),
        WireRow.Of<TrialCheckpointLost, TrialCheckpointLostEvent>("trial-checkpoint-lost-1", EventWire.Write, TrialCheckpointLostEvent.Parser, EventWire.Read),
        WireRow.Of<TrialReleased, TrialReleasedEvent>("trial-released-1", EventWire.Write, TrialReleasedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialFaulted, TrialFaultedEvent>("trial-faulted-1", EventWire.Write, TrialFaultedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialQuarantined, TrialQuarantinedEvent>("trial-quarantined-1", EventWire.Write, TrialQuarantinedEvent.Parser, EventWire.Read),
        WireRow.Of<TrialCancelled, TrialCancelledEvent>("trial-cancelled-1", EventWire.Write, TrialCancelledEvent.Parser, EventWire.Read),
        WireRow.Of<TrialRetried, TrialRetriedEvent>("trial-retried-1", EventWire.Write, TrialRetriedEvent.Parser, EventWire.Read),
        WireRow.Of<CoordinatorState, CoordinatorSnapshot>("coordinator-1", EventWire.Write, CoordinatorSnapshot.Parser, EventWire.Read),

        WireRow.Of<RegisterWorker, RegisterWorkerMessage>("register-worker-1", ProtocolWire.Write, RegisterWorkerMessage.Parser, ProtocolWire.Read),
        WireRow.Of<WorkerRegistered, WorkerRegisteredMessage>("worker-registered-1", ProtocolWire.Write, WorkerRegisteredMessage.Parser, ProtocolWire.Read),
        WireRow.Of<RegistrationRequired, RegistrationRequiredMessage>("registration-required-1", ProtocolWire.Write, RegistrationRequiredMessage.Parser, ProtocolWire.Read),
        WireRow.Of<RegistrationRefused, RegistrationRefusedMessage>("registration-refused-1", ProtocolWire.Write, RegistrationRefusedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<RequestWork, RequestWorkMessage>("request-work-1", ProtocolWire.Write, RequestWorkMessage.Parser, ProtocolWire.Read),
        WireRow.Of<WorkAvailable, WorkAvailableMessage>("work-available-1", ProtocolWire.Write, WorkAvailableMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StartTrial, StartTrialMessage>("start-trial-1", ProtocolWire.Write, StartTrialMessage.Parser, ProtocolWire.Read),
        WireRow.Of<TrialTaken, TrialTakenMessage>("trial-taken-1", ProtocolWire.Write, TrialTakenMessage.Parser, ProtocolWire.Read),
        WireRow.Of<TrialRefused, TrialRefusedMessage>("trial-refused-1", ProtocolWire.Write, TrialRefusedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<RenewLeases, RenewLeasesMessage>("renew-leases-1", ProtocolWire.Write, RenewLeasesMessage.Parser, ProtocolWire.Read),
        WireRow.Of<TrialProgress, TrialProgressMessage>("trial-progress-1", ProtocolWire.Write, TrialProgressMessage.Parser, ProtocolWire.Read),
        WireRow.Of<Report, ReportMessage>("report-1", ProtocolWire.Write, ReportMessage.Parser, ProtocolWire.Read),
        WireRow.Of<ReportAcknowledged, ReportAcknowledgedMessage>("report-acknowledged-1", ProtocolWire.Write, ReportAcknowledgedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<AbandonTrial, AbandonTrialMessage>("abandon-trial-1", ProtocolWire.Write, AbandonTrialMessage.Parser, ProtocolWire.Read),
        WireRow.Of<LeasesRenewed, LeasesRenewedMessage>("leases-renewed-1", ProtocolWire.Write, LeasesRenewedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StopTrial, StopTrialMessage>("stop-trial-1", ProtocolWire.Write, StopTrialMessage.Parser, ProtocolWire.Read),
        WireRow.Of<DrainRequested, DrainRequestedMessage>("drain-requested-1", ProtocolWire.Write, DrainRequestedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<RestRequested, RestRequestedMessage>("rest-requested-1", ProtocolWire.Write, RestRequestedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<WorkRequested, WorkRequestedMessage>("work-requested-1", ProtocolWire.Write, WorkRequestedMessage.Parser, ProtocolWire.Read),
        WireRow.Of<WorkerDrains, WorkerDrainsMessage>("worker-drains-1", ProtocolWire.Write, WorkerDrainsMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.SubmitRequest, SubmitStudyMessage>("submit-study-1", ProtocolWire.Write, SubmitStudyMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.CancelRequest, CancelStudyMessage>("cancel-study-1", ProtocolWire.Write, CancelStudyMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.RetryRequest, RetryStudyMessage>("retry-study-1", ProtocolWire.Write, RetryStudyMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.WatchStudy, WatchStudyMessage>("watch-study-1", ProtocolWire.Write, WatchStudyMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.StudyAnswer, StudyAnswerMessage>("study-answer-1", ProtocolWire.Write, StudyAnswerMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.StudyStatus, StudyStatusMessage>("study-status-1", ProtocolWire.Write, StudyStatusMessage.Parser, ProtocolWire.Read),
        WireRow.Of<StudyProtocol.PauseRequest, PauseStudyMessage>("pause-study-1", QueryWire.Write, PauseStudyMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.ResumeRequest, ResumeStudyMessage>("resume-study-1", QueryWire.Write, ResumeStudyMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.CheckStudy, CheckStudyMessage>("check-study-1", QueryWire.Write, CheckStudyMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.LookForStage, LookForStageMessage>("look-for-stage-1", QueryWire.Write, LookForStageMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.ListStudies, ListStudiesMessage>("list-studies-1", QueryWire.Write, ListStudiesMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.StudyList, StudyListMessage>("study-list-1", QueryWire.Write, StudyListMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.GetStudy, GetStudyMessage>("get-study-1", QueryWire.Write, GetStudyMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.ListWorkers, ListWorkersMessage>("list-workers-1", QueryWire.Write, ListWorkersMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.WorkerList, WorkerListMessage>("worker-list-1", QueryWire.Write, WorkerListMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.GetWorker, GetWorkerMessage>("get-worker-1", QueryWire.Write, GetWorkerMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.WorkerDetail, WorkerDetailMessage>("worker-detail-1", QueryWire.Write, WorkerDetailMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.DrainWorker, DrainWorkerMessage>("drain-worker-1", QueryWire.Write, DrainWorkerMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.RestWorker, RestWorkerMessage>("rest-worker-1", QueryWire.Write, RestWorkerMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.WakeWorker, WakeWorkerMessage>("wake-worker-1", QueryWire.Write, WakeWorkerMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.WorkerAnswer, WorkerAnswerMessage>("worker-answer-1", QueryWire.Write, WorkerAnswerMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.WhyTrial, WhyTrialMessage>("why-trial-1", QueryWire.Write, WhyTrialMessage.Parser, QueryWire.Read),
        WireRow.Of<StudyProtocol.TrialAnswer, TrialAnswerMessage>("trial-answer-1", QueryWire.Write, TrialAnswerMessage.Parser, QueryWire.Read),
    ];

    internal static IReadOnlyDictionary<Type, WireRow> ByType { get; } = Rows.ToDictionary(row => row.Type);

    internal static IReadOnlyDictionary<string, WireRow> ByManifest { get; } = Rows.ToDictionary(row => row.Manifest, StringComparer.Ordinal);

    /// <summary>All types with a row.</summary>
    public static IEnumerable<Type> Types => Rows.Select(row => row.Type);

    /// <summary>All manifests.</summary>
    public static IEnumerable<string> Manifests => Rows.Select(row => row.Manifest);
}

/// <summary>One type on the wire.</summary>
internal sealed record WireRow(Type Type, string Manifest, Func<object, IMessage> Write, Func<byte[], object> Read)
{
    public static WireRow Of<T, TWire>(string manifest, Func<T, IMessage> write, MessageParser<TWire> parser, Func<TWire, T> read)
        where T : notnull
        where TWire : IMessage<TWire> =>
        new(typeof(T), manifest, value => write((T)value), bytes => read(parser.ParseFrom(bytes)));
}
