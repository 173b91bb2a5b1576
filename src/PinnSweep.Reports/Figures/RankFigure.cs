using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>The critical-difference diagram of a block with many problems.</summary>
internal static class RankFigure
{
    /// <summary>The diagram of a block as a figure; null where it has fewer than two problems or three methods.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        if (report.Findings[block].Aggregate is not { Friedman: { } friedman } aggregate)
        {
            return null;
        }

        var methods = aggregate.Rows.Select(row => (report.RowName(row.Row), row.MeanRank)).ToImmutableArray();
        var different = report.Findings[block].Pairs.Where(pair => pair.Holm <= Significance.Alpha)
            .SelectMany(pair => new[] { (pair.First, pair.Second), (pair.Second, pair.First) }).ToHashSet();
        var isTested = aggregate.CriticalDifference is not null || report.Findings[block].Pairs.Any(pair => pair.IsAttainable);
        var groups = !isTested ? [] : RankDiagram.Runs(methods.Length, aggregate.CriticalDifference is { } difference
            ? (better, worse) => methods[worse].MeanRank - methods[better].MeanRank <= difference
            : (better, worse) => !different.Contains((aggregate.Rows[better].Row, aggregate.Rows[worse].Row)));
        var bars = !isTested ? "no bars, because with so few problems no signed-rank test can tell methods apart (Holm over all pairs, α = 0.05): they are not tested"
            : $"bars join methods that {Test(aggregate)}";
        return new(
            ReportNames.Of("ranks", report, block),
            FormattableString.Invariant($"Mean ranks over {aggregate.Problems} problems, best at the left; {bars}. Friedman p {(friedman.P < 0.001 ? "" : "= ")}{NumberText.Probability(friedman.P)}."),
            [],
            [],
            new RankDiagram(methods, groups, aggregate.CriticalDifference));
    }

    private static string Test(Aggregate aggregate) => aggregate.CriticalDifference is { } critical
        ? $"Nemenyi's critical difference (CD = {NumberText.Decimal(critical, 3)}, α = 0.05) cannot tell apart"
        : "no signed-rank test over problems (Holm over all pairs, α = 0.05) tells apart";
}
