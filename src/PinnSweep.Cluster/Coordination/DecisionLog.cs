using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>One log event for each journalled decision.</summary>
internal static class DecisionLog
{
    public static void Write(ILogger log, SweepEvent happened, CoordinatorState after)
    {
        switch (happened)
        {
            case EpochBegan began:
                LogEvents.EpochBegan(log, began.Epoch, after.Running.Count);
                break;
            case JournalMended mended:
                LogEvents.JournalMended(log, mended.Reason);
                break;
            case StudySubmitted submitted:
                LogEvents.StudySubmitted(log, submitted.Hash, submitted.Name, submitted.Trials.Length, after.Studies[submitted.Hash].Accepted);
                break;
            case StudyExtended extended:
                LogEvents.StudyExtended(log, extended.Hash, extended.Stage.Number, extended.Stage.Words, extended.Trials.Length);
                break;
            case StudyCancelled cancelled:
                LogEvents.StudyCancelled(log, cancelled.Hash);
                break;
            case StudyPaused paused:
                LogEvents.StudyPaused(log, paused.Hash);
                break;
            case StudyResumed resumed:
                LogEvents.StudyResumed(log, resumed.Hash);
                break;
            case TrialLeased { Lease: var lease } leased:
                LogEvents.TrialLeased(log, leased.Key, lease.Attempt, lease.Worker.Name, lease.Epoch);
                break;
            case TrialCheckpointed marked:
                LogEvents.TrialCheckpointed(log, marked.Key, marked.Attempt, marked.Checkpoint.Step);
                break;
            case TrialAccepted { Result: var result } accepted:
                LogEvents.TrialAccepted(log, accepted.Key, accepted.Attempt, result.Outcome, result.RelativeL2, result.Steps);
                break;
            case TrialResultLost lost:
                LogEvents.TrialResultLost(log, lost.Key, lost.Attempt, lost.Reason);
                break;
            case TrialCheckpointLost lost:
                LogEvents.TrialCheckpointLost(log, lost.Key, lost.Attempt, lost.Reason);
                break;
            case TrialReleased released:
                LogEvents.TrialReleased(log, released.Key, released.Attempt, released.Reason);
                break;
            case TrialFaulted { Record: var record } faulted:
                LogEvents.TrialFaulted(log, faulted.Key, record.Attempt, record.Worker.Name, record.Fault.Kind, record.Fault.Message);
                break;
            case TrialQuarantined quarantined:
                LogEvents.TrialQuarantined(log, quarantined.Key);
                break;
            case TrialCancelled cancelled:
                LogEvents.TrialCancelled(log, cancelled.Key);
                break;
            case TrialRetried retried:
                LogEvents.TrialRetried(log, retried.Key);
                break;
        }
    }

    /// <summary>Logs the studies that these events settled; true when there are any.</summary>
    public static bool WriteSettled(ILogger log, IEnumerable<SweepEvent> events, CoordinatorState after)
    {
        var settled = events
            .Where(happened => happened is TrialAccepted or TrialQuarantined or TrialCancelled)
            .SelectMany(happened => after.Places[((TrialEvent)happened).Key])
            .Select(place => after.Studies[place.Study])
            .Where(study => study.IsSettled)
            .DistinctBy(study => study.Hash)
            .ToArray();
        foreach (var study in settled)
        {
            LogEvents.StudySettled(log, study.Hash, study.Accepted, study.Quarantined);
        }

        return settled.Length > 0;
    }
}
