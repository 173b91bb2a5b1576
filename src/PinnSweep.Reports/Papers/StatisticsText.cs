using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Papers;

/// <summary>Which intervals, tests and corrections the numbers of a report have, each with its source: those that it has, and no others.</summary>
internal static class StatisticsText
{
    /// <summary>Sentences as LaTeX.</summary>
    public static IEnumerable<string> Of(StudyReport report, Citations citations)
    {
        yield return $"Errors are summarized by their geometric mean over seeds; intervals have 95\\,\\% and are Student's $t$ on $\\log_{{10}}$ error; those of failure rates are Wilson's{citations.Of("wilson1927")}.";
        if (report.Design is not null)
        {
            yield return $"Combinations with the same ranges are compared point by point by the paired $t$ test and Wilcoxon's signed-rank test{citations.Of("wilcoxon1945")}, two-sided, with Holm's correction{citations.Of("holm1979")}.";
            yield break;
        }

        var tests = report.Blocks.SelectMany(block => block.Columns.Select(column => Standings.TestOf(block.Column(column)))).OfType<TieTest>().Distinct().ToImmutableArray();
        if (!tests.IsEmpty)
        {
            var t = "the paired $t$ test on $\\log_{10}$ error, because Wilcoxon's test cannot reject with so few seeds";
            var wilcoxon = $"Wilcoxon's signed-rank test{(tests is [TieTest.PairedT] ? "" : citations.Of("wilcoxon1945"))}";
            yield return $"On each problem methods are compared with the best over common seeds by {(tests is [TieTest.PairedT] ? t : tests.Length == 1 ? wilcoxon : $"{wilcoxon}; where seeds are too few for it to reject, the paired $t$ test on $\\log_{{10}}$ error")}, two-sided at $\\alpha = 0.05$, with Holm's correction{citations.Of("holm1979")} within the problem.";
            yield return $"Two methods are practically equivalent where the ratio of their errors lies within a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)} by two one-sided $t$ tests{citations.Of("schuirmann1987")}, and undecided where neither a difference nor equivalence is shown.";
        }

        if (report.Blocks.Any(block => !report.Findings[block].Pairs.IsEmpty))
        {
            yield return $"All pairs are compared by exact signed-rank tests with Holm's correction over the pairs, by the Bayesian signed-rank test{citations.Of("benavoli2017")} with the same factor as region of practical equivalence, and by the probability of a smaller error, Vargha and Delaney's $A$~{citations.Of("vargha2000").TrimStart('~')}.";
        }

        if (report.Blocks.Any(block => !report.Findings[block].Comparisons.IsEmpty))
        {
            yield return "Against the control, error ratios are paired by seed; their $p$ values are two-sided and Holm-corrected over the methods of a table.";
        }

        foreach (var note in report.Blocks.SelectMany(block => AccuracyLegend.Of(report, block)).Where(note => note.StartsWith("Seeds were added", StringComparison.Ordinal) || note.StartsWith("At floor", StringComparison.Ordinal)).Distinct())
        {
            yield return LatexText.Breakable(note);
        }
    }
}
