using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>Where a study stands, in a word.</summary>
internal static class StudyWords
{
    public static string State(StudyStatus study) =>
        study.IsCancelled ? "cancelled"
        : study.IsPaused ? "paused"
        : study is { AwaitsStage: true, Stage.AwaitsProposals: true } ? "awaits proposals"
        : study.AwaitsStage ? "deciding"
        : study.IsSettled ? "done"
        : study.RunningCount > 0 ? "running"
        : "waiting";
}
