using System.Collections.Immutable;

namespace PinnSweep.Reports;

/// <summary>
/// A critical-difference diagram (Demšar 2006): methods at their mean ranks on one axis, best at the left; bars join methods whose mean ranks
/// differ by less than the critical difference.
/// </summary>
/// <param name="Methods">Names and mean ranks, best first.</param>
/// <param name="CriticalDifference">In ranks.</param>
public sealed record RankDiagram(ImmutableArray<(string Name, double Rank)> Methods, double CriticalDifference)
{
    /// <summary>First and last method of each longest run that the critical difference cannot tell apart.</summary>
    public ImmutableArray<(int First, int Last)> Groups()
    {
        var groups = ImmutableArray.CreateBuilder<(int First, int Last)>();
        for (var first = 0; first < Methods.Length; first++)
        {
            var last = first;
            while (last + 1 < Methods.Length && Methods[last + 1].Rank - Methods[first].Rank <= CriticalDifference)
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
        if (!report.IsOverProblems || Aggregate.Of(block, report.ControlRow) is not { Friedman: { } friedman, CriticalDifference: { } difference } aggregate)
        {
            return null;
        }

        var methods = aggregate.Rows.Select(row => (report.RowName(row.Row), row.MeanRank)).ToImmutableArray();
        return new(
            ReportNames.Of("ranks", report, block),
            FormattableString.Invariant($"Mean ranks over {aggregate.Problems} problems, best at the left; bars join methods that Nemenyi's critical difference (CD = {NumberText.Decimal(difference, 3)}, α = 0.05) cannot tell apart. Friedman p {(friedman.P < 0.001 ? "" : "= ")}{NumberText.Probability(friedman.P)}."),
            [],
            [],
            new(methods, difference));
    }
}
