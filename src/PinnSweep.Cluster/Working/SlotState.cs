namespace PinnSweep.Cluster.Working;

/// <summary>One trainer process and the attempt it trains. Built by <see cref="Apply"/> alone.</summary>
/// <param name="Trainer">The number of the process among those of this slot; null while there is none.</param>
/// <param name="Started">Processes started so far.</param>
/// <param name="IsReady">Whether the process takes commands.</param>
/// <param name="Job">What it trains; null while it is idle.</param>
internal sealed record SlotState(int? Trainer, int Started, bool IsReady, SlotJob? Job)
{
    /// <summary>A slot that nothing was asked of.</summary>
    public static SlotState Idle { get; } = new(null, 0, false, null);

    /// <summary>Whether an event of this attempt number is of the attempt in training.</summary>
    public bool IsTraining(int attempt) => Job is { IsTold: true } job && job.Attempt.Number == attempt;

    /// <summary>The state after an act. Refuses nothing.</summary>
    public SlotState Apply(SlotAct act) => act switch
    {
        SlotAct.TakeJob take => this with { Job = new(take.Start) },
        SlotAct.StartTrainer start => this with { Trainer = start.Number, Started = start.Number, IsReady = false },
        SlotAct.PrepareJob prepare => this with { Job = Job! with { IsPrepared = true, ResumeFrom = prepare.ResumeFrom } },
        SlotAct.NoteReady => this with { IsReady = true },
        SlotAct.NoteTold => this with { Job = Job! with { IsTold = true } },
        SlotAct.AskToStop stop => this with { Job = Job! with { StopReason = stop.Reason } },
        SlotAct.EndJob => this with { Job = null },
        SlotAct.NoteEnd or SlotAct.DiscardTrainer or SlotAct.KillTrainer => this with { Trainer = null, IsReady = false },
        _ => this,
    };
}
