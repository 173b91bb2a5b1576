using System.Globalization;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>
/// A random life of a slot. What it has carried out is answered later, well or badly, and once more; trainers that it replaced go on
/// talking. The actor around a slot waits for each answer, so this is more than can happen there.
/// </summary>
internal sealed class SlotHistory
{
    public static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(2);

    private static readonly MachineTrouble Full = new(TroubleKind.Disk, "no space left");
    private static readonly TrialKey Key = new(new string('a', 64));
    private readonly Queue<SlotAct> _asked = new();
    private SlotCommand? _lastAnswer;

    public SlotState State { get; private set; } = SlotState.Idle;

    /// <summary>Each decision: the state before, what was heard, and what followed.</summary>
    public List<(SlotState Before, SlotCommand Command, IReadOnlyList<SlotAct> Acts, SlotState After)> Decisions { get; } = [];

    /// <summary>The worker's grants so far.</summary>
    public List<StartTrial> Given { get; } = [];

    public IEnumerable<SlotAct> Acts => Decisions.SelectMany(decision => decision.Acts);

    public static SlotHistory Of(IEnumerable<SlotMove> moves)
    {
        var history = new SlotHistory();
        foreach (var move in moves)
        {
            history.Do(move);
        }

        return history;
    }

    /// <summary>Everything that was asked is answered well, and the trainer does its part or is gone.</summary>
    public void Settle()
    {
        while (_asked.TryDequeue(out var asked))
        {
            Do(Answer(asked, 0)!);
        }

        if (State is { Job: not null, Trainer: { } starting, IsReady: false })
        {
            Do(new SlotCommand.Hear(starting, new TrainerProtocol.Ready(1, "fused", "0.1.0")));
            Settle();
        }

        if (State is { Job: { IsTold: true } told, Trainer: { } trainer })
        {
            Do(new SlotCommand.Hear(trainer, new TrainerProtocol.Finished(told.Attempt.Number, "result", "hash", 1, Outcome.Converged, 1, 0.5, 1)));
            Settle();
        }

        if (State is { Job: not null, Trainer: { } gone })
        {
            Do(new SlotCommand.SeeEnd(gone, new(134, "", false), 1L << 30));
        }
    }

    public IReadOnlyList<SlotAct> Do(SlotCommand command)
    {
        var before = State;
        var acts = SlotDecider.Decide(State, command, slots: 2, HangTimeout);
        foreach (var act in acts)
        {
            State = State.Apply(act);
            if (Answer(act, 0) is not null)
            {
                _asked.Enqueue(act);
            }
        }

        Decisions.Add((before, command, acts, State));
        return acts;
    }

    private void Do(SlotMove move)
    {
        var trainer = Math.Max(1, State.Started - (move.First == 0 ? 1 : 0));
        var attempt = (State.Job?.Attempt.Number ?? Given.Count) + (move.Second == 0 ? 1 : 0);
        SlotCommand? command = move.Kind switch
        {
            SlotMoveKind.Begin => new SlotCommand.Begin(Give(move)),
            SlotMoveKind.BeginAgain when State.Job is { } job => new SlotCommand.Begin(job.Start),
            SlotMoveKind.Answer when _asked.TryDequeue(out var asked) => _lastAnswer = Answer(asked, move.Second),
            SlotMoveKind.AnswerAgain => _lastAnswer,
            SlotMoveKind.Stop => new SlotCommand.Stop("the study is paused"),
            SlotMoveKind.Abandon when Given.Count > 0 => new SlotCommand.Abandon(Given[^(1 + (move.Second % Math.Min(2, Given.Count)))].Attempt),
            SlotMoveKind.Silence => new SlotCommand.HearNothing(TimeSpan.FromSeconds(move.Second), 1 + (move.First % 3)),
            SlotMoveKind.Ready => new SlotCommand.Hear(trainer, new TrainerProtocol.Ready(1, "fused", "0.1.0")),
            SlotMoveKind.Progress => new SlotCommand.Hear(trainer, new TrainerProtocol.Progress(attempt, 1, 1, 2, 1, 0.5, 100)),
            SlotMoveKind.Checkpointed => new SlotCommand.Hear(trainer, new TrainerProtocol.Checkpointed(attempt, 1, "checkpoint", "hash", 1)),
            SlotMoveKind.Finished => new SlotCommand.Hear(trainer, new TrainerProtocol.Finished(attempt, "result", "hash", 1, Outcome.Converged, 1, 0.5, 1)),
            SlotMoveKind.Stopped => new SlotCommand.Hear(trainer, new TrainerProtocol.Stopped(attempt, 1)),
            SlotMoveKind.Failed => new SlotCommand.Hear(trainer, new TrainerProtocol.Failed(attempt, FailureOf(move.First), "it failed"), 1 + (move.First / 3)),
            SlotMoveKind.Remark => new SlotCommand.Hear(trainer, new TrainerProtocol.Note("warning", "a remark")),
            SlotMoveKind.Garbled => new SlotCommand.HearGarbled(trainer, "Hello"),
            SlotMoveKind.Ended => new SlotCommand.SeeEnd(trainer, EndOf(move.First) with { Company = 1 + (move.First / 4) }, 1L << 30),
            _ => null,
        };
        if (command is not null)
        {
            Do(command);
        }
    }

    private StartTrial Give(SlotMove move)
    {
        var checkpoint = move.Second % 2 == 0 ? new CheckpointReference("blob", 1, 100) : null;
        Given.Add(new(1, new(Key, Given.Count + 1), "{}", checkpoint));
        return Given[^1];
    }

    private static string FailureOf(int choice) => (choice % 3) switch
    {
        0 => TrainerProtocol.Failed.Error,
        1 => TrainerProtocol.Failed.OutOfMemory,
        _ => TrainerProtocol.Failed.Disk,
    };

    private static TrainerSignal.Ended EndOf(int choice) => (choice % 4) switch
    {
        0 => new(139, "", false),
        1 => new(137, "", true, 1L << 29),
        2 => new(137, "", true, 1),
        _ => new(127, "error while loading shared libraries", false),
    };

    /// <summary>What comes of an act, well with 0; null for one that has no answer.</summary>
    private static SlotCommand.Answer? Answer(SlotAct asked, int how) => asked switch
    {
        SlotAct.MakeFolder make => how < 8 ? new SlotCommand.FolderMade(make.Attempt) : new SlotCommand.MachineRefused(make.Attempt, Full),
        SlotAct.StartTrainer start => how < 8 ? new SlotCommand.TrainerStarted(start.Attempt) : new SlotCommand.MachineRefused(start.Attempt, Full),
        SlotAct.FetchCheckpoint fetch => how switch
        {
            < 6 => new SlotCommand.CheckpointFetched(fetch.Attempt, "path"),
            < 9 => new SlotCommand.CheckpointUnusable(fetch.Attempt, "damaged", how < 8),
            _ => new SlotCommand.MachineRefused(fetch.Attempt, Full),
        },
        SlotAct.HandOver hand => new SlotCommand.HandedOver(hand.Job.Attempt, how < 8),
        SlotAct.StoreCheckpoint store => how switch
        {
            < 6 => new SlotCommand.CheckpointStored(store.Attempt, new("hash", 1, 1)),
            < 8 => new SlotCommand.CheckpointNotStored(store.Attempt),
            8 => new SlotCommand.StoreRefused(store.Attempt, "no token"),
            _ => new SlotCommand.MachineRefused(store.Attempt, Full),
        },
        SlotAct.StoreResult store => how switch
        {
            < 6 => new SlotCommand.ResultStored(store.Job.Attempt, new("hash", 1, Outcome.Converged, 1, 0.5, 1)),
            < 8 => new SlotCommand.ResultUnusable(store.Job.Attempt, "no result"),
            8 => new SlotCommand.StoreRefused(store.Job.Attempt, "no token"),
            _ => new SlotCommand.MachineRefused(store.Job.Attempt, Full),
        },
        _ => null,
    };

    public override string ToString() => string.Join('\n', Decisions.Select(decision => string.Create(
        CultureInfo.InvariantCulture, $"{decision.Command} → {string.Join(", ", decision.Acts)}")));
}
