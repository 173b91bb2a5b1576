using System.Globalization;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// The rules of a slot: the trainer's process is kept for the next trial while it is healthy and replaced when it is not, and every attempt
/// that the slot took ends with one report unless its worker abandons it. What was not the trial's fault is given back, after the worker
/// was told why. A table of the trainer's protocol, all of it about the one attempt.
/// </summary>
internal static class SlotDecider
{
    private const int LongestWords = 2000;

    /// <summary>What follows from a command.</summary>
    /// <param name="state">The slot.</param>
    /// <param name="command">What it is asked or hears.</param>
    /// <param name="slots">Slots of the worker, who share its memory.</param>
    /// <param name="hangTimeout">A trainer that says nothing for this long hangs.</param>
    public static IReadOnlyList<SlotAct> Decide(SlotState state, SlotCommand command, int slots, TimeSpan hangTimeout) => command switch
    {
        SlotCommand.Begin begin => Begin(state, begin.Start),
        SlotCommand.Stop stop when state.Job is { } job => job.IsTold
            ? [new SlotAct.AskToStop(stop.Reason)]
            : End(job, new ReportContent.Released(stop.Reason)),
        SlotCommand.Abandon abandon when state.Job?.Attempt == abandon.Attempt =>
            [new SlotAct.NoteAbandoned(abandon.Attempt), new SlotAct.DiscardTrainer(), new SlotAct.EndJob(abandon.Attempt)],
        SlotCommand.HearNothing silence when state.Job is { } job => Judge(job, silence, hangTimeout),
        SlotCommand.FromTrainer from when from.Trainer == state.Trainer => Listen(state, from, slots),
        SlotCommand.Answer answer when state.Job is { } job && job.Attempt == answer.Attempt => GoOn(state, job, answer),
        _ => [],
    };

    private static IReadOnlyList<SlotAct> Begin(SlotState state, StartTrial start) => state.Job switch
    {
        null => [new SlotAct.TakeJob(start), new SlotAct.ExpectWord(), new SlotAct.MakeFolder(start.Attempt)],
        { } job when job.Attempt == start.Attempt => [],
        _ => [new SlotAct.TellReport(start.Attempt, new ReportContent.Released("the slot trains another trial"))],
    };

    /// <summary>Folder, process, checkpoint, hand-over: each step follows from the answer to the one before.</summary>
    private static IReadOnlyList<SlotAct> GoOn(SlotState state, SlotJob job, SlotCommand.Answer answer) => answer switch
    {
        SlotCommand.FolderMade when job.IsPrepared => [],
        SlotCommand.FolderMade when state.Trainer is null => [new SlotAct.StartTrainer(state.Started + 1, job.Attempt)],
        SlotCommand.FolderMade or SlotCommand.TrainerStarted => job switch
        {
            { IsPrepared: true } => [],
            { Start.ResumeFrom: { } checkpoint } => [new SlotAct.FetchCheckpoint(job.Attempt, checkpoint)],
            _ => Prepare(state, job, null),
        },
        SlotCommand.CheckpointFetched fetched => job.IsPrepared ? [] : Prepare(state, job, fetched.Path),
        SlotCommand.CheckpointUnusable unusable => job.IsPrepared ? [] : BeginAnew(state, job, unusable),
        SlotCommand.HandedOver { WasWritten: true } => [new SlotAct.NoteTold(), new SlotAct.ExpectWord()],
        // One that is gone already has not met the trial; its end follows.
        SlotCommand.HandedOver => [new SlotAct.ExpectWord()],
        // A store that was away for a while kept this slot from listening, which is no silence of its trainer.
        SlotCommand.CheckpointStored stored => [Tell(job, new ReportContent.Checkpointed(stored.Checkpoint)), new SlotAct.ExpectWord()],
        SlotCommand.CheckpointNotStored => [new SlotAct.ExpectWord()],
        SlotCommand.ResultStored stored => End(job, new ReportContent.Finished(stored.Result)),
        SlotCommand.ResultUnusable unusable => Fail(job, FaultKind.Error, unusable.Why),
        SlotCommand.StoreRefused refused =>
        [
            new SlotAct.DiscardTrainer(), new SlotAct.TellRefusal(refused.Why), .. End(job, new ReportContent.Released("the worker's blobs are refused"))
        ],
        SlotCommand.MachineRefused refused => GiveBack(job, refused.Trouble),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer.GetType().Name, "not an answer to a slot"),
    };

    /// <summary>Training again from the start gives the same numbers, only later.</summary>
    private static IReadOnlyList<SlotAct> BeginAnew(SlotState state, SlotJob job, SlotCommand.CheckpointUnusable unusable)
    {
        var lost = unusable.WasSeen && job.Start.ResumeFrom is { } checkpoint
            ? Tell(job, new ReportContent.CheckpointLost(checkpoint.Blob, Shorten(unusable.Why)))
            : null;
        return lost is null ? Prepare(state, job, null) : [lost, .. Prepare(state, job, null)];
    }

    private static IReadOnlyList<SlotAct> Prepare(SlotState state, SlotJob job, string? resumeFrom)
    {
        var prepared = job with { IsPrepared = true, ResumeFrom = resumeFrom };
        return state.IsReady ? [new SlotAct.PrepareJob(resumeFrom), new SlotAct.HandOver(prepared)] : [new SlotAct.PrepareJob(resumeFrom)];
    }

    private static IReadOnlyList<SlotAct> Listen(SlotState state, SlotCommand.FromTrainer from, int slots) => from switch
    {
        SlotCommand.Hear hear => state.Job is null ? Hear(state, hear) : [new SlotAct.ExpectWord(), .. Hear(state, hear)],
        SlotCommand.HearGarbled garbled => state.Job is { } job
            ? Fail(job, FaultKind.Error, "the trainer broke the protocol", Shorten(garbled.Line))
            : [new SlotAct.DiscardTrainer()],
        SlotCommand.SeeEnd end => [new SlotAct.NoteEnd(end.How.ExitCode), .. state.Job is { } job ? EndBy(job, end, slots) : []],
        _ => throw new ArgumentOutOfRangeException(nameof(from), from.GetType().Name, "not a word of a trainer"),
    };

    private static IReadOnlyList<SlotAct> Hear(SlotState state, SlotCommand.Hear hear) => (hear.Said, state.Job) switch
    {
        (TrainerProtocol.Ready ready, { IsPrepared: true, IsTold: false } job) => [new SlotAct.NoteReady(ready), new SlotAct.HandOver(job)],
        (TrainerProtocol.Ready ready, _) => [new SlotAct.NoteReady(ready)],
        (TrainerProtocol.Note remark, var job) => [new SlotAct.NoteRemark(job?.Attempt, remark)],
        (TrainerProtocol.Part part, { } job) when state.IsTraining(part.Attempt) => [new SlotAct.NotePart(job.Attempt, part)],
        (TrainerProtocol.Progress progress, { } job) when state.IsTraining(progress.Attempt) => [new SlotAct.TellProgress(job.Attempt, progress.Told())],
        (TrainerProtocol.Checkpointed told, { } job) when state.IsTraining(told.Attempt) => [new SlotAct.StoreCheckpoint(job.Attempt, told)],
        (TrainerProtocol.Finished told, { } job) when state.IsTraining(told.Attempt) => [new SlotAct.StoreResult(job, told)],
        (TrainerProtocol.Stopped stopped, { } job) when state.IsTraining(stopped.Attempt) =>
            End(job, new ReportContent.Released(job.StopReason ?? "the trainer stopped unasked")),
        (TrainerProtocol.Failed failed, { } job) when state.IsTraining(failed.Attempt) => (hear.Gpu ?? TrainerExit.ToTrouble(failed), TrainerExit.KindOf(failed)) switch
        {
            ({ } trouble, _) => GiveBack(job, trouble),
            // Which of them it was nobody can tell, and none can go on in this process.
            (null, _) when hear.Company > 1 && TroubleSigns.IsOfContext(failed.Message) => [new SlotAct.KillTrainer(), .. Disperse(job, hear.Company, isMemory: false, "the trainer lost its GPU")],
            // Memory is what all in it used up together.
            (null, FaultKind.OutOfMemory) when hear.Company > 1 => [new SlotAct.DiscardTrainer(), .. Disperse(job, hear.Company, isMemory: true, "the trainer ran out of memory")],
            (null, var kind) => Fail(job, kind, Shorten(failed.Message)),
        },
        _ => [],
    };

    /// <summary>A trainer that ended before it was told of the trial says nothing of the trial.</summary>
    private static IReadOnlyList<SlotAct> EndBy(SlotJob job, SlotCommand.SeeEnd end, int slots) =>
        (end.Gpu ?? TrainerExit.ToTrouble(end.How, job.IsTold, slots, end.MachineBytes)) is { } trouble
            ? GiveBack(job, trouble)
            : TrainerExit.ToFault(end.How) is var fault && end.How.Company > 1
                ? Disperse(job, end.How.Company, fault.Kind == FaultKind.OutOfMemory, fault.Message)
                : End(job, new ReportContent.Faulted(fault));

    /// <summary>
    /// Which of several trials ended their process nobody can tell, so none is charged: they are trained with fewer beside them until one ends
    /// it alone.
    /// </summary>
    private static IReadOnlyList<SlotAct> Disperse(SlotJob job, int company, bool isMemory, string why) =>
    [
        new SlotAct.TellCrowd(company, isMemory, why),
        .. End(job, new ReportContent.Released(string.Create(CultureInfo.InvariantCulture, $"no fault of the trial as far as is known: {why} while it trained {company} trials at once; with fewer it is tried again"))),
    ];

    /// <summary>A trainer that waits for a processor is not silent by its own fault: it gets as much time more as it waited.</summary>
    private static IReadOnlyList<SlotAct> Judge(SlotJob job, SlotCommand.HearNothing heard, TimeSpan hangTimeout)
    {
        if (heard.Waited > hangTimeout / 20)
        {
            return [new SlotAct.WaitLonger(heard.Waited)];
        }

        var silence = string.Create(CultureInfo.InvariantCulture, $"the trainer said nothing for {hangTimeout.TotalSeconds} s and was killed");
        return heard.Gpu is { } gpu ? [new SlotAct.KillTrainer(), .. GiveBack(job, gpu)]
            : job.IsTold && heard.Company > 1 ? [new SlotAct.KillTrainer(), .. Disperse(job, heard.Company, isMemory: false, silence)]
            : job.IsTold
            ? Fail(job, FaultKind.Timeout, silence)
            : GiveBack(job, new(TroubleKind.Trainer, $"{silence} before it was ready"));
    }

    private static IReadOnlyList<SlotAct> Fail(SlotJob job, FaultKind kind, string message, string detail = "") =>
        [new SlotAct.DiscardTrainer(), .. End(job, new ReportContent.Faulted(new(kind, message, detail)))];

    /// <summary>
    /// No fault of the trial: the worker is told first, so that it asks for nothing more. A process that lost its GPU is of no use to the
    /// others that share it.
    /// </summary>
    private static IReadOnlyList<SlotAct> GiveBack(SlotJob job, MachineTrouble trouble) =>
    [
        trouble.Kind is TroubleKind.Context or TroubleKind.Device ? new SlotAct.KillTrainer() : new SlotAct.DiscardTrainer(),
        new SlotAct.TellTrouble(trouble),
        .. End(job, new ReportContent.Released($"no fault of the trial: {trouble.Reason}")),
    ];

    private static IReadOnlyList<SlotAct> End(SlotJob job, ReportContent content) => [Tell(job, content), new SlotAct.EndJob(job.Attempt)];

    private static SlotAct.TellReport Tell(SlotJob job, ReportContent content) => new(job.Attempt, content);

    private static string Shorten(string text) => text.Length <= LongestWords ? text : $"{text[..LongestWords]}…";
}
