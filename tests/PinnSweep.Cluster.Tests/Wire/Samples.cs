using System.Collections.Immutable;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Wire;

/// <summary>One value or more of every type on the wire. The golden bytes are those of the first of each type.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 10, 21, 123, TimeSpan.Zero);
    private const string Trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private static readonly TrialKey Key = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
    private static readonly TrialKey Other = new(new string('f', 64));
    private static readonly WorkerIdentity Worker = new("wörker", "incarnation");
    private static readonly ProcessIdentity Process = new("boot", 4711, 1L << 40);
    private static readonly AttemptId Attempt = new(Key, 2);
    private static readonly Lease Lease = new(2, Worker, 3, At.AddSeconds(60));
    private static readonly CheckpointReference Checkpoint = new(Other.Hex, 1L << 40, 1234);
    private static readonly ResultReference Result = new(Other.Hex, 999, Outcome.Diverged, 20000, double.NaN, 12.5);
    private static readonly Fault Fault = new(FaultKind.OutOfMemory, "no room", "line 1\nline 2");
    private static readonly StudyStage Stage = new(0, "the searches", false);
    private static readonly FaultRecord Record = new(1, Worker, Fault, At);

    private static readonly MachineFacts Machine = new("a processor", 32, 1L << 38, "a system", "auto") { Devices = [new(0, "a GPU", 1L << 37), new(1, "another", null)] };

    private static readonly WorkerPulse Pulse = new(12.5, new(0.75, 1L << 37) { Devices = [new(0, 1L << 30, 0.87), new(1, null, null)] }, new(60.5, 812.25));

    private static readonly SweepEvent[] Life =
    [
        new EpochBegan(3, At),
        new StudySubmitted("hash", "name", [Key, Other], At),
        new StudySubmitted("later", "other", [Other], At),
        new TrialLeased(Key, Lease with { Attempt = 1 }, At),
        new TrialCheckpointed(Key, 1, Checkpoint, At),
        new TrialFaulted(Key, Record, At),
        new TrialLeased(Key, Lease, At),
        new TrialLeased(Other, Lease with { Attempt = 1 }, At),
        new TrialAccepted(Other, 1, Result, At),
        new StudyCancelled("later", At),
    ];

    private static readonly SweepEvent[] Kept =
    [
        new TrialLeased(Key, Lease, At),
        new TrialCheckpointed(Key, 2, Checkpoint with { Step = Result.Steps }, At),
        new TrialAccepted(Key, 2, Result, At) { KeepsFinal = true },
    ];

    public static IReadOnlyList<object> All { get; } =
    [
        new EpochBegan(3, At),
        new JournalMended("event 7 cannot be read", At),
        new StudySubmitted("hash", "name", [Key, Other], At),
        new StudySubmitted("hash", "name", [Key], At, new(7, 3, Devices.Gpu)),
        new StudySubmitted("hash", "name", [Key, Other], At) { Seeds = 2 },
        new StudySubmitted("hash", "name", [Key, Other], At) { Stage = Stage },
        new StudySubmitted("hash", "name", [Key], At) { Continues = [new(Key, Other)] },
        new StudyExtended("hash", Stage with { Number = 1, IsLast = true }, [Other], "{\"number\":1}", At),
        new StudyExtended("hash", Stage with { AwaitsProposals = true }, [], "", At),
        new StudyExtended("hash", Stage with { KeepsFinal = true }, [Key], "", At) { Continues = [new(Key, Other)], Forgets = [Other, Key] },
        new StudyCancelled("hash", At),
        new StudyCancelled("hash", At) { Forgets = [Key] },
        new StudyPaused("hash", At),
        new StudyResumed("hash", At),
        new TrialLeased(Key, Lease, At),
        new TrialLeased(Key, Lease with { Device = Devices.Gpu, Slots = 4 }, At),
        new TrialCheckpointed(Key, 2, Checkpoint, At),
        new TrialAccepted(Key, 2, Result, At),
        new TrialAccepted(Key, 2, Result, At) { KeepsFinal = true },
        .. Enum.GetValues<Outcome>().Select(outcome => new TrialAccepted(Key, 2, Result with { Outcome = outcome, RelativeL2 = 1e-300 }, At)),
        new TrialAccepted(Key, 2, Result with { Network = Key.Hex }, At),
        new TrialAccepted(Key, 2, Result with { Final = Checkpoint with { Step = Result.Steps } }, At),
        new TrialResultLost(Key, 2, "its content is missing", At),
        new TrialCheckpointLost(Key, 2, "its content is damaged", At),
        new TrialReleased(Key, 2, "drain", At),
        new TrialFaulted(Key, Record, At),
        .. Enum.GetValues<FaultKind>().Select(kind => new TrialFaulted(Key, Record with { Fault = Fault with { Kind = kind } }, At)),
        new TrialQuarantined(Key, At),
        new TrialCancelled(Key, At),
        new TrialRetried(Key, At),
        WithoutMoments(CoordinatorState.Empty.ApplyAll(Life)),
        WithoutMoments(CoordinatorState.Empty.ApplyAll([.. Life, new StudySubmitted("hash", "name", [Key, Other], At) { Seeds = 2 }])),
        CoordinatorState.Empty.ApplyAll(Life),
        CoordinatorState.Empty.ApplyAll([new StudySubmitted("hash", "name", [Key], At) { Stage = Stage }, new StudyExtended("hash", Stage with { Number = 1 }, [Other], "{}", At)]),
        CoordinatorState.Empty.ApplyAll([new StudySubmitted("hash", "name", [Key], At) { Stage = Stage with { KeepsFinal = true } }, .. Kept]),
        CoordinatorState.Empty.ApplyAll([
            .. Life.Take(1), new StudySubmitted("hash", "name", [Other], At), new TrialLeased(Other, Lease with { Attempt = 1 }, At),
            new TrialAccepted(Other, 1, Result with { Final = Checkpoint with { Step = Result.Steps } }, At), new StudySubmitted("more", "more", [Key], At) { Continues = [new(Key, Other)] }]),
        CoordinatorState.Empty.ApplyAll(Life).ApplyAll([new TrialQuarantined(Key, At)]),
        CoordinatorState.Empty.ApplyAll(Life).ApplyAll([new TrialCancelled(Key, At)]),
        CoordinatorState.Empty.ApplyAll(Life).ApplyAll([new TrialResultLost(Other, 1, "", At)]),
        CoordinatorState.Empty.ApplyAll(Life).ApplyAll([new TrialCheckpointed(Key, 2, Checkpoint with { Step = 1300 }, At)]),
        CoordinatorState.Empty,

        new RegisterWorker(Worker, new(4, 0), "0.1.0", [Attempt, new(Other, 1)]),
        new RegisterWorker(Worker, new(4, 2), "0.1.0", [], true),
        new RegisterWorker(Worker, new(4, 2), "0.1.0", [], false, "no space") { Process = Process, Buried = "before" },
        new RegisterWorker(Worker, new(4, 2), "0.1.0", []) { Machine = Machine },
        new RegisterWorker(Worker, new(4, 2), "0.1.0", []) { Machine = new(null, 0, null, null, null) },
        .. Enum.GetValues<WorkerMode>().Select(mode => new RegisterWorker(Worker, new(4, 2), "0.1.0", []) { Mode = mode }),
        new RegistrationRefused(3, "held", true, TimeSpan.FromSeconds(60.25), "before", Process),
        new RegistrationRefused(3, "held", false, TimeSpan.FromSeconds(60.25), "before"),
        new WorkerRegistered(3, TimeSpan.FromSeconds(60.25), [Attempt]),
        new WorkerRegistered(3, TimeSpan.FromSeconds(60.25), [], new("http://coordinator:8053/")),
        new RegistrationRequired(3),
        new RequestWork(Worker, new(4, 0)),
        new RequestWork(Worker, new(1, 3), 0.5),
        new RequestWork(Worker, new(0, 16)) { Most = 4 },
        new RequestWork(Worker, new(0, 16)) { Shapes = ["0123456789abcdef", "fedcba9876543210"] },
        new RequestWork(Worker, new(0, 16)) { Shapes = [] },
        new WorkAvailable(3),
        new StartTrial(3, Attempt, "{\"format\":1}", Checkpoint),
        new StartTrial(3, Attempt, "{\"format\":1}", null),
        new StartTrial(3, Attempt, "{\"format\":1}", null, Devices.Gpu, 2),
        new StartTrial(3, Attempt, "{\"format\":1}", null) { KeepsFinal = true },
        new StartTrial(3, Attempt, "{\"format\":1}", null) { TraceParent = Trace },
        new StartTrial(3, Attempt, "{\"format\":1}", Checkpoint) { Continued = new(Other, 1234) },
        new TrialTaken(Worker, Attempt),
        new TrialRefused(Worker, Attempt, "no free slot"),
        new RenewLeases(Worker, [Attempt]),
        new RenewLeases(Worker, [], "no space"),
        .. Enum.GetValues<WorkerMode>().Select(mode => new RenewLeases(Worker, []) { Mode = mode }),
        new RenewLeases(Worker, [Attempt, new(Other, 1), new(Other, 2)]) { Pulse = Pulse with { Places = [new(0, 3), new(1, null), default] } },
        new RenewLeases(Worker, []) { Pulse = new(0.5, MachineLoad.Unknown, new(null, 0)) },
        new RenewLeases(Worker, []) { Pulse = new(0.5, MachineLoad.Unknown, new(null, 0)) { Packs = [new(0, 16, 12, 12) { Gpu = 0, Shape = "helmholtz, mlp", Why = "memory" }, new(16, 16, 0, 0) { Gpu = 3, Trouble = "gone" }, new(32, 4, 0, 4)] } },
        new TrialProgress(Worker, Attempt, new(10, 10.5, 100, double.NaN, double.PositiveInfinity, 812.25)),
        new Report(Worker, 7, Attempt, new ReportContent.Finished(Result)),
        new Report(Worker, 7, Attempt, new ReportContent.Checkpointed(Checkpoint)),
        new Report(Worker, 7, Attempt, new ReportContent.CheckpointLost(Other.Hex, "its content is damaged")),
        new Report(Worker, 7, Attempt, new ReportContent.Faulted(Fault)),
        new Report(Worker, 7, Attempt, new ReportContent.Released("")),
        new Report(Worker, 7, Attempt, new ReportContent.Finished(Result)) { TraceParent = Trace },
        new ReportAcknowledged(3, 7, true),
        new AbandonTrial(3, Attempt),
        new LeasesRenewed(3),
        new StopTrial(3, Attempt, "the study is paused"),
        new DrainRequested(3),
        new RestRequested(3),
        new WorkRequested(3),
        new WorkerDrains(Worker),
        new StudyProtocol.SubmitRequest("hash"),
        new StudyProtocol.SubmitRequest("hash", Placement.Default),
        new StudyProtocol.SubmitRequest("hash", new(-1, null, Devices.Cpu)),
        new StudyProtocol.PauseRequest("hash"),
        new StudyProtocol.ResumeRequest("hash"),
        new StudyProtocol.CheckStudy("hash"),
        new StudyProtocol.LookForStage("hash"),
        new StudyProtocol.GetStudy("hash"),
        new StudyProtocol.GetStudy("hash", 800),
        new StudyProtocol.ListStudies(10, 20),
        new StudyProtocol.StudyList(30, [new("hash", "name", 9, 1, 2, 3, 4, 5, []) { RunningCount = 2, IsPaused = true }]),
        new StudyProtocol.ListWorkers(),
        new StudyProtocol.ListWorkers(400, 20),
        new StudyProtocol.WorkerList(3, 1, [new("w", "akka.tcp://pinnsweep@host:4053", new(3, 1), 2, "0.1.0", true, 0.25)]),
        new StudyProtocol.WorkerList(3, 1, [new("w", "akka.tcp://pinnsweep@host:4053", new(3, 1), 2, "0.1.0", false, 0.25, "no space")]),
        new StudyProtocol.WorkerList(3, 401, [new("w", "akka.tcp://pinnsweep@host:4053", new(3, 1), 2, "0.1.0", true, 0.25)]),
        new StudyProtocol.WorkerList(3, 1, [new("w", "akka.tcp://pinnsweep@host:4053", new(3, 1), 2, "0.1.0", false, 0.25) { Machine = Machine, Pulse = Pulse, Mode = WorkerMode.Resting }]),
        new StudyProtocol.GetWorker("w"),
        new StudyProtocol.WorkerDetail(
            3,
            new("w", "akka.tcp://pinnsweep@host:4053", new(3, 1), 2, "0.1.0", false, 0.25),
            [new(Attempt, "hash", 2, new(1, 0), new(1, 2, 3, double.NaN, double.NaN, 4)), new(Attempt, "hash", 1, default, AttemptProgress.None)]),
        new StudyProtocol.WorkerDetail(3, null, []),
        new StudyProtocol.DrainWorker("w"),
        new StudyProtocol.RestWorker("w"),
        new StudyProtocol.WakeWorker("w"),
        new StudyProtocol.WorkerAnswer("w", true),
        new StudyProtocol.WorkerAnswer("w", true, "it cannot"),
        new StudyProtocol.WhyTrial("0123"),
        new StudyProtocol.TrialAnswer(Key, 1, "waiting", ["it waits", "and waits"]),
        new StudyProtocol.TrialAnswer(null, 2, "", []),
        new StudyProtocol.CancelRequest("hash"),
        new StudyProtocol.RetryRequest("hash"),
        new StudyProtocol.WatchStudy("hash"),
        new StudyProtocol.StudyAnswer("hash", true),
        new StudyProtocol.StudyStatus("hash", "name", 9, 1, 2, 3, 4, 5, [new(Attempt, "w", new(1, 2, 3, double.NaN, double.NaN, 4))]),
        new StudyProtocol.StudyStatus("hash", "name", 9, 1, 2, 3, 4, 5, []) { RunningCount = 500, IsCancelled = true, Placement = new(1, 2) },
        new StudyProtocol.StudyStatus("hash", "name", 9, 1, 2, 3, 0, 5, []) { Stage = Stage },
        new StudyProtocol.StudyStatus("hash", "name", 9, 1, 2, 3, 0, 5, []) { Continued = 4 },
    ];

    /// <summary>A state whose snapshot was written before trials knew when they settled and who wrote their checkpoint.</summary>
    private static CoordinatorState WithoutMoments(CoordinatorState state) =>
        state with { Trials = state.Trials.ToImmutableDictionary(trial => trial.Key, trial => trial.Value with { SettledAt = null, CheckpointOrigin = null }) };
}
