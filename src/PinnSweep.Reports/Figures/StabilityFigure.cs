using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>Rank stability: the probability of each place of each method in a fresh study.</summary>
internal static class StabilityFigure
{
    // What is rarer is written as nothing.
    private const double SmallestTold = 0.005;

    // The last column has all further places: nobody asks whether a method would be twelfth or thirteenth.
    private const int MostPlaces = 10;

    /// <summary>The figure of a block; null where nothing can be drawn again.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block)
    {
        var all = report.Findings[block].Stability;
        var by = report.Findings[block].Aggregate is { } aggregate
            ? FormattableString.Invariant($"by mean rank over {aggregate.Problems} problems")
            : $"by the geometric mean of the {report.Header.MetricName}{(block.Columns.Length == 1 ? $" on {block.Columns[0]}" : "")}";
        return all.IsEmpty ? null : new(
            ReportNames.Of("rank-stability", report, block),
            FormattableString.Invariant($"Probability of each place in a fresh study with as many seeds, methods ordered {by}: the trials of each method and problem drawn again with replacement ({MeanRankBootstrap.Resamples} resamples, seed {StratifiedBootstrap.Seed}). The first column is the probability to win. Failures rank last, ties share their places. With few seeds this is surer than it should be."),
            [],
            [])
        {
            Heat = [.. all.Select(stability => Map(report, stability))],
        };
    }

    private static HeatMap Map(StudyReport report, RankStability stability)
    {
        var (all, places) = (stability.Rows.Length, stability.Places);
        var isLong = all > MostPlaces;
        if (isLong)
        {
            places = [.. places.Select(shares => shares[..(MostPlaces - 1)].Add(shares[(MostPlaces - 1)..].Sum()))];
        }

        return new(
            stability.Title,
            [.. stability.Rows.Select(report.RowName)],
            [.. Enumerable.Range(1, places[0].Length).Select(place => isLong && place == MostPlaces ? FormattableString.Invariant($"{place}–{all}") : place.ToString(CultureInfo.InvariantCulture))],
            places,
            [.. places.Select(shares => shares.Select(p => p < SmallestTold ? "" : NumberText.Fixed(p, 2)).ToImmutableArray())],
            HeatScale.Share);
    }
}
