using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tables;

/// <summary>What tables say of trials that a rule of the study stopped before their budget.</summary>
internal static class StoppedTrials
{
    /// <summary>The note, with how many trials each rule stopped; none where there are none.</summary>
    public static IEnumerable<string> Note(IEnumerable<ReportCell> cells)
    {
        var rules = cells.SelectMany(cell => cell.Trials).Select(trial => trial.Result?.StoppedBy).OfType<string>()
            .CountBy(rule => rule)
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => FormattableString.Invariant($"{rule.Value} by {rule.Key}"));
        return string.Join(", ", rules) is { Length: > 0 } told
            ? [$"Stopped early by the study's own rules: {told}. The error of such a trial is that of its last evaluation and not of the budget; in searches it counts as failed."]
            : [];
    }
}
