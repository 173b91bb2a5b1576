using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a slot is asked by its worker, hears from its trainer, or learns of what it carried out.</summary>
internal abstract record SlotCommand
{
    private SlotCommand()
    {
    }

    /// <summary>The attempt that an answer is about; it counts only while the slot trains that attempt.</summary>
    public abstract record Answer(AttemptId Attempt) : SlotCommand;

    /// <summary>
    /// What trainer number <paramref name="Trainer"/> of this slot lets know; of one that was replaced it counts for nothing.
    /// </summary>
    public abstract record FromTrainer(int Trainer) : SlotCommand;

    /// <summary>Train an attempt.</summary>
    public sealed record Begin(StartTrial Start) : SlotCommand;

    /// <summary>Write a checkpoint and end the attempt.</summary>
    public sealed record Stop(string Reason) : SlotCommand;

    /// <summary>End the attempt at once.</summary>
    public sealed record Abandon(AttemptId Attempt) : SlotCommand;

    /// <summary>
    /// The trainer, which trains so many trials now, has said nothing for too long, and waited so much of it for a processor. Its GPU was looked
    /// at, as after all that may be a trial's fault: what is wrong with it, or null.
    /// </summary>
    public sealed record HearNothing(TimeSpan Waited, int Company = 1, MachineTrouble? Gpu = null) : SlotCommand;

    /// <summary>The trainer said something while it trained so many trials.</summary>
    public sealed record Hear(int Trainer, TrainerProtocol.Event Said, int Company = 1, MachineTrouble? Gpu = null) : FromTrainer(Trainer);

    public sealed record HearGarbled(int Trainer, string Line) : FromTrainer(Trainer);

    /// <summary>The process ended, on a machine with so much memory.</summary>
    public sealed record SeeEnd(int Trainer, TrainerSignal.Ended How, long MachineBytes, MachineTrouble? Gpu = null) : FromTrainer(Trainer);

    /// <summary>The attempt's folder is there.</summary>
    public sealed record FolderMade(AttemptId Attempt) : Answer(Attempt);

    public sealed record TrainerStarted(AttemptId Attempt) : Answer(Attempt);

    public sealed record CheckpointFetched(AttemptId Attempt, string Path) : Answer(Attempt);

    /// <summary>The checkpoint to go on from cannot be had; a worker that is refused everything has seen nothing of it.</summary>
    public sealed record CheckpointUnusable(AttemptId Attempt, string Why, bool WasSeen) : Answer(Attempt);

    /// <summary>The command to train was written, or the process was gone.</summary>
    public sealed record HandedOver(AttemptId Attempt, bool WasWritten) : Answer(Attempt);

    public sealed record CheckpointStored(AttemptId Attempt, CheckpointReference Checkpoint) : Answer(Attempt);

    /// <summary>A checkpoint went lost, which costs time alone.</summary>
    public sealed record CheckpointNotStored(AttemptId Attempt) : Answer(Attempt);

    public sealed record ResultStored(AttemptId Attempt, ResultReference Result) : Answer(Attempt);

    public sealed record ResultUnusable(AttemptId Attempt, string Why) : Answer(Attempt);

    /// <summary>The store refuses whatever this worker asks.</summary>
    public sealed record StoreRefused(AttemptId Attempt, string Why) : Answer(Attempt);

    /// <summary>The machine cannot do what the attempt needs, whatever the trial.</summary>
    public sealed record MachineRefused(AttemptId Attempt, MachineTrouble Trouble) : Answer(Attempt);
}
