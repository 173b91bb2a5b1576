using Microsoft.Extensions.Logging;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Logging;

/// <summary>The names under which log events carry what they are about; the same in every sink and on every node.</summary>
public static class LogProperties
{
    public const string StudyId = nameof(StudyId);
    public const string TrialKey = nameof(TrialKey);
    public const string Attempt = nameof(Attempt);
    public const string Problem = nameof(Problem);
    public const string Network = nameof(Network);
    public const string Balancer = nameof(Balancer);
    public const string Sampler = nameof(Sampler);
    public const string Optimizer = nameof(Optimizer);
    public const string Seed = nameof(Seed);
    public const string Node = nameof(Node);
    public const string Step = nameof(Step);
    public const string RelativeL2 = nameof(RelativeL2);
    public const string Outcome = nameof(Outcome);
    public const string Epoch = nameof(Epoch);
}

/// <summary>Every log event of the product. 1xxx node, 2xxx coordinator, 3xxx worker and trainers, 4xxx command line.</summary>
public static partial class LogEvents
{
    [LoggerMessage(1001, LogLevel.Information, "node {Node} is up at {Address}")]
    public static partial void NodeStarted(ILogger log, string node, string address);

    [LoggerMessage(1002, LogLevel.Information, "node {Node} has left")]
    public static partial void NodeStopped(ILogger log, string node);

    [LoggerMessage(1003, LogLevel.Information, "node {Node} joins by {Seeds}")]
    public static partial void NodeJoins(ILogger log, string node, string seeds);

    [LoggerMessage(1004, LogLevel.Error, "node {Node} was removed from the cluster and ends; its supervisor starts it again")]
    public static partial void NodeRemoved(ILogger log, string node);

    [LoggerMessage(1005, LogLevel.Error, "worker {Node} heard no coordinator for {Seconds} s and ends; its supervisor starts it again, and its trials go on from their checkpoints")]
    public static partial void CoordinatorLost(ILogger log, string node, double seconds);

    [LoggerMessage(1006, LogLevel.Warning, "node {Node} ends before its worker has given back everything; what is left goes on from its last checkpoint elsewhere")]
    public static partial void DrainIncomplete(ILogger log, string node);

    [LoggerMessage(1007, LogLevel.Error, "worker {Node} cannot store what it trains and gives everything back: {Why}")]
    public static partial void BlobsRefused(ILogger log, string node, string why);

    [LoggerMessage(1008, LogLevel.Error, "worker {Node} ends, because its name is taken: {Why}")]
    public static partial void NameTaken(ILogger log, string node, string why);

    [LoggerMessage(1009, LogLevel.Warning, "worker {Node} waits for its name: {Why}")]
    public static partial void NameAwaited(ILogger log, string node, string why);

    [LoggerMessage(2001, LogLevel.Information, "coordinator epoch {Epoch} began with {OpenLeases} open leases")]
    public static partial void EpochBegan(ILogger log, long epoch, int openLeases);

    [LoggerMessage(2002, LogLevel.Information, "study {StudyId} ({StudyName}) submitted: {Trials} trials, {Accepted} of them have a result already")]
    public static partial void StudySubmitted(ILogger log, string studyId, string studyName, int trials, int accepted);

    [LoggerMessage(2003, LogLevel.Information, "study {StudyId} cancelled")]
    public static partial void StudyCancelled(ILogger log, string studyId);

    [LoggerMessage(2004, LogLevel.Information, "study {StudyId} is settled: {Accepted} trials have a result, {Quarantined} are quarantined")]
    public static partial void StudySettled(ILogger log, string studyId, int accepted, int quarantined);

    [LoggerMessage(2005, LogLevel.Information, "study {StudyId} is paused")]
    public static partial void StudyPaused(ILogger log, string studyId);

    [LoggerMessage(2006, LogLevel.Information, "study {StudyId} goes on")]
    public static partial void StudyResumed(ILogger log, string studyId);

    [LoggerMessage(2015, LogLevel.Information, "study {StudyId} goes on to stage {Stage}, {StageWords}: {Trials} trials")]
    public static partial void StudyExtended(ILogger log, string studyId, int stage, string stageWords, int trials);

    [LoggerMessage(2016, LogLevel.Error, "the next stage of study {StudyId} cannot be decided; it is tried again: {Reason}")]
    public static partial void StageFailed(ILogger log, string studyId, string reason, Exception cause);

    [LoggerMessage(2007, LogLevel.Warning, "{Points} points of running curves could not be written and are kept for the next try")]
    public static partial void CurvesNotWritten(ILogger log, Exception cause, int points);

    [LoggerMessage(2008, LogLevel.Warning, "{Points} points of running curves were dropped while the database was away; results carry the whole curves")]
    public static partial void CurvePointsDropped(ILogger log, int points);

    [LoggerMessage(2010, LogLevel.Information, "worker {Node} registered with {Slots} slots, holding {Held} attempts")]
    public static partial void WorkerRegistered(ILogger log, string node, int slots, int held);

    [LoggerMessage(2011, LogLevel.Warning, "worker {Node} is gone")]
    public static partial void WorkerLost(ILogger log, string node);

    [LoggerMessage(2012, LogLevel.Warning, "worker {Node} pauses: {Why}")]
    public static partial void WorkerSaysItPauses(ILogger log, string node, string why);

    [LoggerMessage(2013, LogLevel.Information, "worker {Node} goes on")]
    public static partial void WorkerSaysItGoesOn(ILogger log, string node);

    [LoggerMessage(2014, LogLevel.Warning, "a second worker called {Node} was refused: {Why}")]
    public static partial void RegistrationRefused(ILogger log, string node, string why);

    [LoggerMessage(2020, LogLevel.Debug, "trial {TrialKey} attempt {Attempt} leased to {Node} in epoch {Epoch}")]
    public static partial void TrialLeased(ILogger log, TrialKey trialKey, int attempt, string node, long epoch);

    [LoggerMessage(2021, LogLevel.Debug, "trial {TrialKey} attempt {Attempt} has a checkpoint at step {Step}")]
    public static partial void TrialCheckpointed(ILogger log, TrialKey trialKey, int attempt, int step);

    [LoggerMessage(2022, LogLevel.Information, "trial {TrialKey} attempt {Attempt} accepted: {Outcome}, relative L2 {RelativeL2} after step {Step}")]
    public static partial void TrialAccepted(ILogger log, TrialKey trialKey, int attempt, Outcome outcome, double relativeL2, int step);

    [LoggerMessage(2023, LogLevel.Information, "trial {TrialKey} attempt {Attempt} given back: {Reason}")]
    public static partial void TrialReleased(ILogger log, TrialKey trialKey, int attempt, string reason);

    [LoggerMessage(2024, LogLevel.Warning, "trial {TrialKey} attempt {Attempt} on {Node} ended by a fault, {Fault}: {Reason}")]
    public static partial void TrialFaulted(ILogger log, TrialKey trialKey, int attempt, string node, FaultKind fault, string reason);

    [LoggerMessage(2025, LogLevel.Error, "trial {TrialKey} is quarantined")]
    public static partial void TrialQuarantined(ILogger log, TrialKey trialKey);

    [LoggerMessage(2026, LogLevel.Information, "trial {TrialKey} cancelled")]
    public static partial void TrialCancelled(ILogger log, TrialKey trialKey);

    [LoggerMessage(2027, LogLevel.Information, "trial {TrialKey} will be tried again")]
    public static partial void TrialRetried(ILogger log, TrialKey trialKey);

    [LoggerMessage(2028, LogLevel.Warning, "the stored result of trial {TrialKey} attempt {Attempt} cannot be read and the trial will be trained again: {Reason}")]
    public static partial void TrialResultLost(ILogger log, TrialKey trialKey, int attempt, string reason);

    [LoggerMessage(2029, LogLevel.Warning, "the stored checkpoint of trial {TrialKey} cannot be read and attempt {Attempt} began anew: {Reason}")]
    public static partial void TrialCheckpointLost(ILogger log, TrialKey trialKey, int attempt, string reason);

    [LoggerMessage(2030, LogLevel.Information, "a report on trial {TrialKey} attempt {Attempt} from {Node} was acknowledged and not counted: {Rejection}")]
    public static partial void ReportNotCounted(ILogger log, TrialKey trialKey, int attempt, string node, Rejection? rejection);

    [LoggerMessage(2040, LogLevel.Error, "the coordinator could not write its journal and starts again from it")]
    public static partial void JournalFailed(ILogger log, Exception? cause);

    [LoggerMessage(2041, LogLevel.Warning, "the coordinator could not save a snapshot; it will recover from older ones and the journal")]
    public static partial void SnapshotFailed(ILogger log, Exception? cause);

    [LoggerMessage(2042, LogLevel.Information, "result tables brought up to date with the journal from event {From} to {To}; {Orphans} unused blobs deleted")]
    public static partial void TablesRebuilt(ILogger log, long from, long to, int orphans);

    [LoggerMessage(2050, LogLevel.Information, "the coordinator was kept from its work for {Seconds} s; leases last as much longer")]
    public static partial void ClockLate(ILogger log, double seconds);

    [LoggerMessage(2060, LogLevel.Information, "{Waiting} trials wait, {Running} are trained in {Slots} slots of {Workers} workers")]
    public static partial void CoordinatorLoad(ILogger log, int waiting, int running, int slots, int workers);

    [LoggerMessage(
        2061,
        LogLevel.Information,
        "study {StudyId} ({StudyName}): {Accepted} of {Trials} trials have a result, {Running} are trained, {Waiting} wait, {Quarantined} are given up, {Faults} faults")]
    public static partial void StudyProgress(
        ILogger log, string studyId, string studyName, int accepted, int trials, int running, int waiting, int quarantined, int faults);

    [LoggerMessage(2062, LogLevel.Information, "the journal took {Seconds} s for {Events} events")]
    public static partial void PersistSlow(ILogger log, double seconds, int events);

    [LoggerMessage(2043, LogLevel.Warning, "{Rows} rows of the table of results were damaged or missing and were written again from the journal")]
    public static partial void ResultRowsMended(ILogger log, int rows);

    [LoggerMessage(2044, LogLevel.Warning, "the journal is damaged and the coordinator goes on from what can be read of it and from the tables: {Reason}")]
    public static partial void JournalMended(ILogger log, string reason);

    [LoggerMessage(2045, LogLevel.Error, "the coordinator could not recover from its journal and tries again")]
    public static partial void RecoveryFailed(ILogger log, Exception cause);

    [LoggerMessage(2070, LogLevel.Information, "alert {Alert}, {AlertEvent}: {Finding}")]
    public static partial void AlertRaised(ILogger log, string alert, string alertEvent, string finding);

    [LoggerMessage(2071, LogLevel.Information, "alert {Alert}, {AlertEvent}, was taken by {Hook} at attempt {Attempt}")]
    public static partial void AlertDelivered(ILogger log, string alert, string alertEvent, string hook, int attempt);

    [LoggerMessage(2072, LogLevel.Warning, "alert {Alert}, {AlertEvent}, was not taken by {Hook} and is tried again: {Reason}")]
    public static partial void AlertWaits(ILogger log, string alert, string alertEvent, string hook, string reason);

    [LoggerMessage(2073, LogLevel.Error, "alert {Alert}, {AlertEvent}, is given up: {Hook} did not take it in {Attempts} attempts, the last time: {Reason}")]
    public static partial void AlertGivenUp(ILogger log, string alert, string alertEvent, string hook, int attempts, string reason);

    [LoggerMessage(2074, LogLevel.Warning, "alerts wait, because the store cannot be written")]
    public static partial void AlertsNotStored(ILogger log, Exception cause);

    [LoggerMessage(2075, LogLevel.Information, "the file of alerts has changed and is used: {Hooks}")]
    public static partial void AlertFileChanged(ILogger log, string hooks);

    [LoggerMessage(2076, LogLevel.Warning, "the changed file of alerts is not used, what it said before stays in force: {Reason}")]
    public static partial void AlertFileRefused(ILogger log, string reason);

    [LoggerMessage(
        3001,
        LogLevel.Information,
        "trial {TrialKey} attempt {Attempt} starts on {Node} from step {Step}: {Problem}, {Network}, {Balancer}, {Sampler}, {Optimizer}, seed {Seed}")]
    public static partial void TrialStarted(
        ILogger log, TrialKey trialKey, int attempt, string node, int step, string problem, string network, string balancer, string sampler, string optimizer, long seed);

    [LoggerMessage(
        3002,
        LogLevel.Information,
        "trial {TrialKey} attempt {Attempt} finished on {Node}: {Outcome}, relative L2 {RelativeL2} after step {Step} ({Problem}, {Network}, {Balancer}, {Sampler}, {Optimizer}, seed {Seed})")]
    public static partial void TrialFinished(
        ILogger log, TrialKey trialKey, int attempt, string node, Outcome outcome, double relativeL2, int step, string problem, string network, string balancer, string sampler, string optimizer, long seed);

    [LoggerMessage(3010, LogLevel.Debug, "trainer {ProcessId} started")]
    public static partial void TrainerStarted(ILogger log, int processId);

    [LoggerMessage(3011, LogLevel.Debug, "trainer {ProcessId} is ready: engine {Engine}, version {Version}")]
    public static partial void TrainerReady(ILogger log, int processId, string engine, string version);

    [LoggerMessage(3012, LogLevel.Warning, "trainer {ProcessId} ended with exit code {ExitCode}")]
    public static partial void TrainerEnded(ILogger log, int processId, int exitCode);

    [LoggerMessage(EventId = 3013, Message = "trainer of trial {TrialKey} says: {Text}")]
    public static partial void TrainerSays(ILogger log, LogLevel level, TrialKey? trialKey, string text);

    [LoggerMessage(3014, LogLevel.Information, "result of trial {TrialKey} attempt {Attempt} on {Node} is acknowledged; counted: {Counted}")]
    public static partial void ResultAcknowledged(ILogger log, TrialKey trialKey, int attempt, string node, bool counted);

    [LoggerMessage(
        3015,
        LogLevel.Information,
        "trial {TrialKey} took {Seconds} s of training, which ended on {Node}: {MillisecondsPerStep} ms a step over {Step} steps; {Shape}, {Parameters} parameters")]
    public static partial void TrialTimed(
        ILogger log, TrialKey trialKey, double seconds, string node, double millisecondsPerStep, int step, string shape, int parameters);

    [LoggerMessage(3016, LogLevel.Information, "trial {TrialKey} shows the symptom {Symptom} {Term}: {Finding} ({Problem}, {Balancer})")]
    public static partial void TrialShowsSymptom(ILogger log, TrialKey trialKey, string symptom, string term, string finding, string problem, string balancer);

    [LoggerMessage(3017, LogLevel.Information, "trainers of {Count} more trials on {Node} said: {Text}")]
    public static partial void RemarkRepeated(ILogger log, int count, string node, string text);

    [LoggerMessage(3020, LogLevel.Warning, "checkpoint of trial {TrialKey} at step {Step} cannot be used, so attempt {Attempt} starts anew")]
    public static partial void CheckpointUnusable(ILogger log, Exception cause, TrialKey trialKey, int step, int attempt);

    [LoggerMessage(3021, LogLevel.Warning, "checkpoint of trial {TrialKey} attempt {Attempt} at step {Step} was not stored; the one before stays in force")]
    public static partial void CheckpointNotStored(ILogger log, Exception cause, TrialKey trialKey, int attempt, int step);

    [LoggerMessage(3026, LogLevel.Warning, "the trained network of trial {TrialKey} attempt {Attempt} was not stored; its result stands without")]
    public static partial void NetworkNotStored(ILogger log, Exception cause, TrialKey trialKey, int attempt);

    [LoggerMessage(3027, LogLevel.Warning, "the state at the end of trial {TrialKey} attempt {Attempt} was not stored; its result stands without, and more steps are trained anew")]
    public static partial void EndNotStored(ILogger log, Exception cause, TrialKey trialKey, int attempt);

    [LoggerMessage(3022, LogLevel.Information, "trial {TrialKey} attempt {Attempt} is no longer {Node}'s and is stopped")]
    public static partial void AttemptAbandoned(ILogger log, TrialKey trialKey, int attempt, string node);

    [LoggerMessage(3023, LogLevel.Warning, "a message of coordinator epoch {Epoch} came after epoch {HighestEpoch} and was refused")]
    public static partial void StaleEpochRefused(ILogger log, long epoch, long highestEpoch);

    [LoggerMessage(3024, LogLevel.Error, "slot {Slot} of {Node} failed and was replaced")]
    public static partial void SlotReplaced(ILogger log, int slot, string node);

    [LoggerMessage(3025, LogLevel.Warning, "blob {Blob} waits for the coordinator's node and is tried again until it answers: {Reason}")]
    public static partial void BlobWaits(ILogger log, string blob, string reason);

    [LoggerMessage(3030, LogLevel.Information, "worker {Node} stops: {Running} trials write checkpoints and are given back")]
    public static partial void DrainBegan(ILogger log, string node, int running);

    [LoggerMessage(3033, LogLevel.Information, "worker {Node} rests until it is told to take work again: {Running} trials write checkpoints and are given back")]
    public static partial void RestBegan(ILogger log, string node, int running);

    [LoggerMessage(3034, LogLevel.Information, "worker {Node} was told to take work again")]
    public static partial void WorkTakenUp(ILogger log, string node);

    [LoggerMessage(1020, LogLevel.Information, "the certificates have changed and are used for new connections: {Certificates}")]
    public static partial void CertificatesChanged(ILogger log, string certificates);

    [LoggerMessage(1021, LogLevel.Warning, "changed certificates are not used, those from before stay in force: {Reason}")]
    public static partial void CertificatesRefused(ILogger log, string reason);

    [LoggerMessage(1022, LogLevel.Warning, "{Certificate}; {Remedy}")]
    public static partial void CertificateEnds(ILogger log, string certificate, string remedy);

    [LoggerMessage(3040, LogLevel.Warning, "worker {Node} trains at most {Lanes} trials at once in trainer {Pack} from now on, and charges none of them: {Why}")]
    public static partial void PackNarrowed(ILogger log, string node, int lanes, int pack, string why);

    [LoggerMessage(3041, LogLevel.Warning, "GPU {Gpu} of worker {Node} failed so that its trainer cannot use it any more ({Strikes} of {Limit} without a checkpoint or result between); a new trainer goes on, and no trial is charged: {Why}")]
    public static partial void GpuStruck(ILogger log, int gpu, string node, int strikes, int limit, string why);

    [LoggerMessage(3042, LogLevel.Error, "GPU {Gpu} of worker {Node} is taken out of use, which is charged to no trial: {Why}. {Remedy}")]
    public static partial void GpuDrained(ILogger log, int gpu, string node, string why, string remedy);

    [LoggerMessage(3043, LogLevel.Warning, "worker {Node} tries the GPUs again that were out of use")]
    public static partial void GpusRestored(ILogger log, string node);

    [LoggerMessage(EventId = 3044, Message = "worker {Node} trains at most {Lanes} trials of {Shape} at once on {Hardware} from now on: {Why}")]
    public static partial void ShapeLimited(ILogger log, LogLevel level, string node, int lanes, string shape, string hardware, string why);

    [LoggerMessage(3031, LogLevel.Warning, "worker {Node} pauses and gives back what it trains, which is charged to no trial; it goes on by itself when this is over: {Why}")]
    public static partial void WorkerPaused(ILogger log, string node, string why);

    [LoggerMessage(3032, LogLevel.Warning, "worker {Node} goes on: its machine is well again")]
    public static partial void WorkerGoesOn(ILogger log, string node);

    [LoggerMessage(1031, LogLevel.Warning, "node {Node} left the cluster too slowly and ends all the same; nothing is lost")]
    public static partial void NodeLeftLate(ILogger log, string node);

    [LoggerMessage(1010, LogLevel.Information, "serves HTTP at {Address}")]
    public static partial void HttpServed(ILogger log, Uri address);

    [LoggerMessage(1011, LogLevel.Warning, "a request from {Peer} was refused with status {Status} ({Method}); {LeftOut} more like it before")]
    public static partial void RequestRefused(ILogger log, string peer, int status, string method, int leftOut);

    [LoggerMessage(1012, LogLevel.Error, "a request failed: {Method} {Route}")]
    public static partial void RequestFailed(ILogger log, Exception cause, string method, string route);

    [LoggerMessage(1040, LogLevel.Warning, "metrics or traces could not be sent: {Reason}; {LeftOut} more like it before. Nothing else waits for that; --otlp and the variables OTEL_EXPORTER_OTLP_… say where to")]
    public static partial void OtlpTrouble(ILogger log, string reason, int leftOut);

    [LoggerMessage(4004, LogLevel.Warning, "no coordinator has answered for {Seconds} s: {Reason}; the run waits and goes on by itself")]
    public static partial void CoordinatorAwaited(ILogger log, int seconds, string reason);

    [LoggerMessage(4001, LogLevel.Information, "study {StudyName} begins: {Trials} trials, {Slots} slots, store {Store}; plan {StudyId}")]
    public static partial void RunBegan(ILogger log, string studyName, int trials, int slots, string store, string studyId);

    [LoggerMessage(4002, LogLevel.Information, "study {StudyName} ended: {End}, {Done} of {Trials} trials, {Faults} faults retried; plan {StudyId}")]
    public static partial void RunEnded(ILogger log, string studyName, string end, int done, int trials, int faults, string studyId);

    [LoggerMessage(4003, LogLevel.Information, "a clean stop was asked for; plan {StudyId}")]
    public static partial void StopRequested(ILogger log, string studyId);
}
