namespace PinnSweep.Studies.Registration;

/// <summary>A promise that can no longer be changed.</summary>
/// <param name="Promise">What was promised.</param>
/// <param name="At">When.</param>
/// <param name="Program">Version and commit of the program that planned it.</param>
/// <param name="ResultsBefore">Trials of the study that had a result in the store already: who locks then may have seen them.</param>
public sealed record LockedStudy(StudyPromise Promise, DateTimeOffset At, string Program, int ResultsBefore)
{
    /// <summary>When, and how many results there were: <c>2026-11-30 08:15 UTC, before its first result</c>.</summary>
    public string When => FormattableString.Invariant(
        $"{At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {(ResultsBefore == 0 ? "before its first result" : $"after {ResultsBefore} {(ResultsBefore == 1 ? "result" : "results")}")}");
}
