using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>What failed, of which methods, and why.</summary>
internal static class Failures
{
    private const int MostMethods = 3;

    /// <summary>One sentence; none before anything has ended.</summary>
    public static IEnumerable<string> Of(StudyReport report)
    {
        var cells = report.Blocks.SelectMany(block => block.InOrder()).Where(cell => cell.Void is null).ToArray();
        var (finished, ended) = (cells.Sum(cell => cell.Finished), cells.Sum(cell => cell.Finished + cell.Count(TrialStatus.Quarantined)));
        var converged = cells.Sum(cell => cell.Count(TrialStatus.Converged));
        if (ended == 0)
        {
            yield break;
        }

        var stopped = cells.Sum(cell => cell.Stopped) is var count and > 0 ? $"; {Phrases.Count(count, "trial")} {(count == 1 ? "was" : "were")} stopped early by the study's own rules" : "";
        var threshold = $"final {MetricWords.OfOutcome(cells)} below {NumberText.RoundTrip(report.Header.ConvergedBelow)}";
        if (converged == ended)
        {
            yield return $"{finished switch { 1 => "The one finished trial", 2 => "Both finished trials", _ => $"All {Phrases.Count(finished, "finished trial")}" }} converged ({threshold}){stopped}.";
            yield break;
        }

        var failed = (converged, ended) switch
        {
            (0, 1) => "The one trial that ended did not converge",
            (0, _) => $"None of {Phrases.Count(ended, "trial")} converged",
            _ => $"{NumberText.Count(ended - converged)} of {Phrases.Count(ended, "trial")} did not converge",
        };
        yield return $"{failed} ({threshold}): {string.Join("; ", Kinds(cells))}{stopped}.";
    }

    private static IEnumerable<string> Kinds(ReportCell[] cells)
    {
        (TrialStatus Status, string Words)[] kinds =
        [
            (TrialStatus.Diverged, "diverged"),
            (TrialStatus.Stalled, "stalled above it"),
            (TrialStatus.Trivial, $"settled on {Settled(cells)}"),
            (TrialStatus.Quarantined, $"{(cells.Sum(cell => cell.Count(TrialStatus.Quarantined)) == 1 ? "was" : "were")} given up after faults of infrastructure{Fault(cells)}"),
        ];
        foreach (var (status, words) in kinds)
        {
            var methods = cells.GroupBy(cell => cell.Row).Select(row => (Row: row.Key, Count: row.Sum(cell => cell.Count(status)))).Where(row => row.Count > 0)
                .OrderByDescending(row => row.Count).ToArray();
            if (methods.Length > 0)
            {
                var names = methods.Length == 1 ? methods[0].Row : string.Join(", ", methods.Take(MostMethods).Select(row => $"{row.Row} {NumberText.Count(row.Count)}").Concat(methods.Length > MostMethods ? ["…"] : []));
                yield return $"{NumberText.Count(methods.Sum(row => row.Count))} {words} ({names})";
            }
        }
    }

    private static string Settled(ReportCell[] cells)
    {
        var names = cells.SelectMany(cell => cell.Trials).Where(trial => trial.Status == TrialStatus.Trivial).Select(trial => trial.Result?.SettledOn).Distinct().ToArray();
        return names is [{ } name] ? $"the trivial field {name}" : "a trivial field";
    }

    private static string Fault(ReportCell[] cells) =>
        cells.SelectMany(cell => cell.Trials).SelectMany(trial => trial.Status == TrialStatus.Quarantined ? trial.Faults : []).CountBy(fault => fault)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $", mostly {pair.Key}").FirstOrDefault() ?? "";
}
