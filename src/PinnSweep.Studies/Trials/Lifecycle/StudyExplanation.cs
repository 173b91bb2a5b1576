namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>Answers what the next stage of a study waits for, in a sentence.</summary>
public static class StudyExplanation
{
    /// <summary>What is still to happen before more trials of it are decided; null where none will be.</summary>
    public static string? Of(StudyState study) => study is not { IsWanted: true, Stage: { IsLast: false } stage } ? null
        : study.Waiting.Count + study.Leased is > 0 and var left
            ? FormattableString.Invariant($"study {study.Name} waits for {left} {(left == 1 ? "trial" : "trials")} of stage {stage.Number} ({stage.Words}) before stage {stage.Number + 1} is decided{(study.IsPaused ? "; it is paused" : "")}")
        : study.IsPaused ? FormattableString.Invariant($"study {study.Name} is paused; stage {stage.Number + 1} is decided after `resume {study.Name}`")
        : stage.AwaitsProposals ? FormattableString.Invariant($"study {study.Name} waits for proposals from outside (stage {stage.Number + 1})")
        : FormattableString.Invariant($"stage {stage.Number + 1} of study {study.Name} is being decided");
}
