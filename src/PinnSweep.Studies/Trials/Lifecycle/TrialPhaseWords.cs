namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>One word for where a trial stands: waiting, running, accepted, quarantined, cancelled.</summary>
public static class TrialPhaseWords
{
    /// <summary>Of a trial as the coordinator has it.</summary>
    public static string PhaseOf(TrialState trial) => PhaseOf(
        trial.Phase is TrialPhase.Accepted,
        trial.Phase is TrialPhase.Leased,
        trial.Phase is TrialPhase.Quarantined,
        trial.Phase is TrialPhase.Cancelled);

    /// <summary>
    /// Of a trial of which tables and answers tell one thing each. A result is final, and what runs is past what it was before.
    /// </summary>
    public static string PhaseOf(bool hasResult, bool isRunning, bool isQuarantined, bool isCancelled) =>
        hasResult ? "accepted"
        : isRunning ? "running"
        : isQuarantined ? "quarantined"
        : isCancelled ? "cancelled"
        : "waiting";
}
