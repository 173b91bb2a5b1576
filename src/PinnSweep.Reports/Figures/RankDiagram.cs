using System.Collections.Immutable;

namespace PinnSweep.Reports;

/// <summary>
/// A critical-difference diagram (Demšar 2006): methods at their mean ranks on one axis, best at the left; bars join methods that cannot be told
/// apart, by Wilcoxon's test of every pair with Holm's correction (Benavoli, Corani, Mangili 2016) or, where it is asked for, by Nemenyi's difference.
/// </summary>
/// <param name="Methods">Names and mean ranks, best first.</param>
/// <param name="Groups">First and last method of each bar.</param>
/// <param name="CriticalDifference">Nemenyi's, in ranks; null where pairs were tested.</param>
public sealed record RankDiagram(ImmutableArray<(string Name, double Rank)> Methods, ImmutableArray<(int First, int Last)> Groups, double? CriticalDifference = null)
{
    /// <summary>First and last of each longest run of neighbours in which no two can be told apart.</summary>
    /// <param name="count">How many methods there are.</param>
    /// <param name="isTied">Whether two of them, the better first, cannot be told apart.</param>
    public static ImmutableArray<(int First, int Last)> Runs(int count, Func<int, int, bool> isTied)
    {
        var groups = ImmutableArray.CreateBuilder<(int First, int Last)>();
        for (var first = 0; first < count; first++)
        {
            var last = first;
            while (last + 1 < count && Enumerable.Range(first, last + 1 - first).All(member => isTied(member, last + 1)))
            {
                last++;
            }

            if (last > first && (groups.Count == 0 || groups[^1].Last < last))
            {
                groups.Add((first, last));
            }
        }

        return groups.ToImmutable();
    }

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
        var groups = !isTested ? [] : Runs(methods.Length, aggregate.CriticalDifference is { } difference
            ? (better, worse) => methods[worse].MeanRank - methods[better].MeanRank <= difference
            : (better, worse) => !different.Contains((aggregate.Rows[better].Row, aggregate.Rows[worse].Row)));
        var bars = !isTested ? "no bars, because with so few problems no signed-rank test can tell methods apart (Holm over all pairs, α = 0.05): they are not tested"
            : $"bars join methods that {Test(aggregate)}";
        return new(
            ReportNames.Of("ranks", report, block),
            FormattableString.Invariant($"Mean ranks over {aggregate.Problems} problems, best at the left; {bars}. Friedman p {(friedman.P < 0.001 ? "" : "= ")}{NumberText.Probability(friedman.P)}."),
            [],
            [],
            new(methods, groups, aggregate.CriticalDifference));
    }

    private static string Test(Aggregate aggregate) => aggregate.CriticalDifference is { } critical
        ? $"Nemenyi's critical difference (CD = {NumberText.Decimal(critical, 3)}, α = 0.05) cannot tell apart"
        : "no signed-rank test over problems (Holm over all pairs, α = 0.05) tells apart";
}
