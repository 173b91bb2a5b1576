namespace PinnSweep.Api;

/// <summary>One word for where a study stands.</summary>
internal static class StudyStateWords
{
    public static string Of(StudyModel study) =>
        study.IsCancelled ? "cancelled" : study.IsPaused ? "paused" : study.IsSettled ? "settled" : study.RunningCount > 0 ? "running"
        : study.Stage is { AwaitsProposals: true } ? "awaits proposals" : study is { Waiting: 0, Stage: not null } ? "deciding" : "waiting";
}
