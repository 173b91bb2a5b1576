using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// What a slot does: an event of its state, and for the actor around it something to carry out. Those that are answered by a
/// <see cref="SlotCommand.Answer"/> stand last in a decision.
/// </summary>
internal abstract record SlotAct
{
    private SlotAct()
    {
    }

    /// <summary>The slot trains this from now on.</summary>
    public sealed record TakeJob(StartTrial Start) : SlotAct;

    /// <summary>Answered.</summary>
    public sealed record MakeFolder(AttemptId Attempt) : SlotAct;

    /// <summary>The process with this number of the slot. Answered.</summary>
    public sealed record StartTrainer(int Number, AttemptId Attempt) : SlotAct;

    /// <summary>Answered.</summary>
    public sealed record FetchCheckpoint(AttemptId Attempt, CheckpointReference Checkpoint) : SlotAct;

    /// <summary>Folder and checkpoint are there, or the attempt begins anew.</summary>
    public sealed record PrepareJob(string? ResumeFrom) : SlotAct;

    /// <summary>Tell the trainer what to train. Answered.</summary>
    public sealed record HandOver(SlotJob Job) : SlotAct;

    /// <summary>The trainer has been told.</summary>
    public sealed record NoteTold : SlotAct;

    /// <summary>The trainer writes a checkpoint and ends the attempt.</summary>
    public sealed record AskToStop(string Reason) : SlotAct;

    /// <summary>The attempt is over for this slot; its folder goes.</summary>
    public sealed record EndJob(AttemptId Attempt) : SlotAct;

    public sealed record NoteReady(TrainerProtocol.Ready Ready) : SlotAct;

    /// <summary>The process has ended by itself.</summary>
    public sealed record NoteEnd(int ExitCode) : SlotAct;

    /// <summary>End the process; the next attempt gets a new one.</summary>
    public sealed record DiscardTrainer : SlotAct;

    /// <summary>End the process for all who share it.</summary>
    public sealed record KillTrainer : SlotAct;

    /// <summary>Tell the worker that a process ended, or ran out of memory, with so many trials in it.</summary>
    public sealed record TellCrowd(int Company, bool IsMemory, string Why) : SlotAct;

    /// <summary>From now on silence is measured anew.</summary>
    public sealed record ExpectWord : SlotAct;

    /// <summary>It waited for a processor: it gets so much time more.</summary>
    public sealed record WaitLonger(TimeSpan Time) : SlotAct;

    /// <summary>Answered.</summary>
    public sealed record StoreCheckpoint(AttemptId Attempt, TrainerProtocol.Checkpointed Told) : SlotAct;

    /// <summary>Answered.</summary>
    public sealed record StoreResult(SlotJob Job, TrainerProtocol.Finished Told) : SlotAct;

    public sealed record TellProgress(AttemptId Attempt, AttemptProgress Progress) : SlotAct;

    public sealed record TellReport(AttemptId Attempt, ReportContent Content) : SlotAct;

    public sealed record TellTrouble(MachineTrouble Trouble) : SlotAct;

    public sealed record TellRefusal(string Why) : SlotAct;

    /// <summary>For the trace.</summary>
    public sealed record NotePart(AttemptId Attempt, TrainerProtocol.Part Part) : SlotAct;

    /// <summary>For the log.</summary>
    public sealed record NoteAbandoned(AttemptId Attempt) : SlotAct;

    /// <summary>For the log.</summary>
    public sealed record NoteRemark(AttemptId? Attempt, TrainerProtocol.Note Remark) : SlotAct;
}
