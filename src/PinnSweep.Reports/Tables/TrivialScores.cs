using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tables;

/// <summary>
/// What fields that solve nothing score on the problems of a table, to be read beside its errors; and on which of them networks settled.
/// </summary>
internal static class TrivialScores
{
    /// <summary>A line for each problem whose results have such scores, where the table is of the same measure.</summary>
    public static IEnumerable<string> Notes(StudyReport report, IEnumerable<ReportCell> cells)
    {
        var problems = cells.SelectMany(cell => cell.Trials).Where(trial => trial.Result is not null).GroupBy(trial => trial.Labels[Factor.Problem], trial => trial.Result!);
        foreach (var problem in problems.Where(_ => report.Header.MetricName == MetricWords.Name("relative_l2")))
        {
            if (problem.Select(result => result.TrivialScores).FirstOrDefault(scores => scores is not null) is { } scores)
            {
                var words = scores.OrderBy(score => score.Value).ThenBy(score => score.Key, StringComparer.Ordinal).Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value:0.0e0}"));
                var settled = problem.Select(result => result.SettledOn).OfType<string>().CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} on {pair.Key}")).ToImmutableArray();
                yield return $"Fields that solve nothing score on {problem.Key}: {string.Join(", ", words)}.{(settled.IsEmpty ? "" : $" Trials that settled on one, trivial whatever it scores: {string.Join(", ", settled)}.")}";
            }
        }
    }
}
