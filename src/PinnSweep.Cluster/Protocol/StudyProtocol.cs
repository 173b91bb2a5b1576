using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Protocol;

/// <summary>What people, through their command line, ask of the coordinator. A study is in the store before it is submitted.</summary>
public static class StudyProtocol
{
    /// <summary>Train a stored study; no placement keeps the one it has.</summary>
    public sealed record SubmitRequest(string Hash, Placement? Placement = null) : IClusterMessage;

    /// <summary>Grant nothing of it; what runs writes a checkpoint and is given back.</summary>
    public sealed record PauseRequest(string Hash) : IClusterMessage;

    /// <summary>End a pause.</summary>
    public sealed record ResumeRequest(string Hash) : IClusterMessage;

    /// <summary>Stop wanting a study.</summary>
    public sealed record CancelRequest(string Hash) : IClusterMessage;

    /// <summary>Let its quarantined trials wait again.</summary>
    public sealed record RetryRequest(string Hash) : IClusterMessage;

    /// <summary>A result of the study could not be read: look at all of them and have trained again what is lost. Not answered.</summary>
    public sealed record CheckStudy(string Hash) : IClusterMessage;

    /// <summary>The next stage of the study may be in the store: look for it. Not answered.</summary>
    public sealed record LookForStage(string Hash) : IClusterMessage;

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
        /// <summary>Attempts in training; of many only the first <see cref="MaxListed"/> that were asked for are in the list.</summary>
        public int RunningCount { get; init; } = Running.Length;

        /// <summary>A frame between nodes holds 128,000 bytes, and what is larger vanishes.</summary>
        public const int MaxListed = 400;

        /// <summary>Waits for <see cref="ResumeRequest"/>.</summary>
        public bool IsPaused { get; init; }

        /// <summary>Wanted no more.</summary>
        public bool IsCancelled { get; init; }

        /// <summary>How it shares the workers.</summary>
        public Placement Placement { get; init; } = Placement.Default;

        /// <summary>How far it is in stages; null of a study without.</summary>
        public StudyStage? Stage { get; init; }

        /// <summary>Trials that began where others with fewer steps had ended.</summary>
        public int Continued { get; init; }

        /// <summary>All its trials are settled and the next stage is being decided, or waits for proposals from outside.</summary>
        public bool AwaitsStage => !IsCancelled && Stage is { IsLast: false } && Waiting == 0 && RunningCount == 0;

        /// <summary>Nothing more happens unasked.</summary>
        public bool IsSettled => Waiting == 0 && RunningCount == 0 && !AwaitsStage;
    }

    /// <summary>An attempt in training with its last progress.</summary>
    public sealed record RunningAttempt(AttemptId Attempt, string Worker, AttemptProgress Progress);

    /// <summary>The studies, the newest first, <paramref name="Take"/> of them after the first <paramref name="Skip"/>.</summary>
    public sealed record ListStudies(int Skip, int Take) : IClusterMessage;

    /// <summary>A page of studies; what runs is left out.</summary>
    public sealed record StudyList(int Total, ImmutableArray<StudyStatus> Studies) : IClusterMessage;

    /// <summary>
    /// Where one study stands: <see cref="StudyStatus"/>, or <see cref="StudyAnswer"/> when it is not known. What runs is listed from
    /// <paramref name="FromPosition"/> of the plan on.
    /// </summary>
    public sealed record GetStudy(string Hash, int FromPosition = 0) : IClusterMessage;

    /// <summary>The registered workers, <paramref name="Take"/> of them after the first <paramref name="Skip"/>.</summary>
    public sealed record ListWorkers(int Skip = 0, int Take = StudyStatus.MaxListed) : IClusterMessage;

    /// <summary>A page of the registered workers, by name, and how many there are.</summary>
    public sealed record WorkerList(long Epoch, int Total, ImmutableArray<WorkerSummary> Workers) : IClusterMessage;

    /// <summary>A registered worker.</summary>
    /// <param name="Name">Stable over restarts.</param>
    /// <param name="Address">Its node.</param>
    /// <param name="Slots">Trials it trains at the same time.</param>
    /// <param name="Running">Trials it trains now.</param>
    /// <param name="Software">Its version.</param>
    /// <param name="IsDraining">It takes nothing new: it rests or ends.</param>
    /// <param name="SilentSeconds">Time since it was last heard.</param>
    /// <param name="Paused">Why its machine cannot train now; null when it can.</param>
    public sealed record WorkerSummary(
        string Name, string Address, SlotCount Slots, int Running, string Software, bool IsDraining, double SilentSeconds, string? Paused = null)
    {
        /// <summary>Whether it takes work, or was told not to.</summary>
        public WorkerMode Mode { get; init; }

        /// <summary>What its machine is; null where it did not say.</summary>
        public MachineFacts? Machine { get; init; }

        /// <summary>What it last told of itself, without the places of attempts; null where it did not.</summary>
        public WorkerPulse? Pulse { get; init; }

        /// <summary>About as many bytes as it takes between nodes, and not fewer.</summary>
        internal int Size => 80 + Bytes(Name) + Bytes(Address) + Bytes(Software) + Bytes(Paused)
            + (Machine is null ? 0 : 40 + Bytes(Machine.Processor) + Bytes(Machine.System) + Bytes(Machine.Engine) + Machine.Devices.Sum(device => 30 + Bytes(device.Name)))
            + (Pulse is null ? 0 : 60 + (40 * Pulse.Load.Devices.Length) + Pulse.Packs.Sum(pack => 40 + Bytes(pack.Shape) + Bytes(pack.Why) + Bytes(pack.Trouble)));

        private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>One registered worker with what it trains.</summary>
    public sealed record GetWorker(string Name) : IClusterMessage;

    /// <summary>A registered worker, or null; and what it trains, of which at most <see cref="StudyStatus.MaxListed"/> are listed.</summary>
    public sealed record WorkerDetail(long Epoch, WorkerSummary? Worker, ImmutableArray<HeldAttempt> Training) : IClusterMessage;

    /// <summary>An attempt that a worker holds.</summary>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Study">The hash of a study that wants it.</param>
    /// <param name="Slots">Slots that it occupies.</param>
    /// <param name="Place">Where on the worker; nothing while it has not said.</param>
    /// <param name="Progress">Its last progress.</param>
    public sealed record HeldAttempt(AttemptId Attempt, string Study, int Slots, HeldPlace Place, AttemptProgress Progress);

    /// <summary>Have a worker write checkpoints, give back what it trains and take nothing new.</summary>
    public sealed record DrainWorker(string Name) : IClusterMessage;

    /// <summary>Have a worker write checkpoints, give back what it trains and take nothing new until <see cref="WakeWorker"/>.</summary>
    public sealed record RestWorker(string Name) : IClusterMessage;

    /// <summary>Have a worker take work again that rests, or that was drained and has not ended.</summary>
    public sealed record WakeWorker(string Name) : IClusterMessage;

    /// <summary>The worker was told, or is not known.</summary>
    /// <param name="Name">The worker.</param>
    /// <param name="IsKnown">False where none of that name is registered.</param>
    /// <param name="Refusal">Why it was not told; null where it was.</param>
    public sealed record WorkerAnswer(string Name, bool IsKnown, string? Refusal = null) : IClusterMessage;

    /// <summary>What a trial waits for. A key, or the beginning of one.</summary>
    public sealed record WhyTrial(string Key) : IClusterMessage;

    /// <summary>Where a trial stands and why.</summary>
    /// <param name="Key">Null when no trial or several begin like this.</param>
    /// <param name="Matches">Trials that begin like this.</param>
    /// <param name="Phase">waiting, running, accepted, quarantined, cancelled.</param>
    /// <param name="Lines">Sentences: first where it stands, then its faults.</param>
    public sealed record TrialAnswer(TrialKey? Key, int Matches, string Phase, ImmutableArray<string> Lines) : IClusterMessage;
}
