using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Figures;

/// <summary>The heat maps of a report: probability of improvement between methods, and errors over pairs of factors.</summary>
internal static class HeatFigures
{
    /// <summary>P(row beats column) for all pairs of methods of a block; null for fewer than three methods.</summary>
    public static FigureModel? Improvement(StudyReport report, ReportBlock block, ImmutableArray<PairComparison> pairs)
    {
        string[] rows = [.. block.Rows.Where(row => pairs.Any(pair => pair.First == row || pair.Second == row))];
        if (rows.Length < 3)
        {
            return null;
        }

        double Of(string first, string second) =>
            pairs.FirstOrDefault(pair => pair.First == first && pair.Second == second) is { } forward ? forward.Improvement
            : pairs.FirstOrDefault(pair => pair.First == second && pair.Second == first) is { } backward ? 1 - backward.Improvement
            : double.NaN;

        // Best first: the method that beats the others most often.
        var ordered = rows.OrderByDescending(row => rows.Where(other => other != row).Average(other => Of(row, other))).ThenBy(row => block.Rows.IndexOf(row)).ToArray();
        var values = ordered.Select(row => ordered.Select(column => Of(row, column)).ToImmutableArray()).ToImmutableArray();
        ImmutableArray<string> names = [.. ordered.Select(report.RowName)];
        return new(
            ReportNames.Of("improvement", report, block),
            "P(A > B): probability that a trial of the method at the left has a smaller error than one of the method above, mean over problems; ½ is white, the better methods are first.",
            [],
            [])
        {
            Heat =
            [
                new("", names, names, values, [.. values.Select(row => row.Select(value => double.IsNaN(value) ? "" : NumberText.Fixed(value, 2)).ToImmutableArray())], HeatScale.Probability),
            ],
        };
    }

    /// <summary>
    /// Geometric mean error over the levels of every pair of factors that vary, problems apart; null where fewer than two vary.
    /// </summary>
    public static FigureModel? Factors(StudyReport report)
    {
        var trials = report.Trials.Where(trial => trial.IsFinished && report.VoidOf(trial) is null).ToArray();
        var factors = FactorWords.All.Where(factor => trials.Select(trial => trial.Labels[factor]).Distinct().Count() > 1).ToArray();
        var maps = factors.SelectMany((first, i) => factors.Skip(i + 1).Select(second => Map(report, trials, first, second))).ToImmutableArray();
        return maps.IsEmpty ? null : new(
            "factors",
            $"Geometric mean of the {report.Header.MetricName} over the levels of each pair of factors, all other factors and seeds averaged; darker is worse. Trials without a finite error are left out of the mean and counted as −n.",
            [],
            [])
        {
            Heat = maps,
        };
    }

    private static HeatMap Map(StudyReport report, ReportTrial[] trials, Factor first, Factor second)
    {
        // The factor with more levels goes down, where there is room.
        var (down, across) = report.Header.Levels[first].Length >= report.Header.Levels[second].Length ? (first, second) : (second, first);
        var (rows, columns) = (report.Header.Levels[down], report.Header.Levels[across]);
        var cells = trials.ToLookup(trial => (trial.Labels[down], trial.Labels[across]));
        var means = rows.Select(row => columns.Select(column => LogErrorMean.Of([.. cells[(row, column)].Select(trial => trial.Error).OfType<double>()]).Mean).ToImmutableArray()).ToImmutableArray();
        var texts = rows.Select((row, r) => columns.Select((column, c) =>
        {
            var without = cells[(row, column)].Count(trial => trial.Error is null);
            var mean = double.IsNaN(means[r][c]) ? "" : NumberText.Scientific(means[r][c], 2);
            return without == 0 ? mean : FormattableString.Invariant($"{mean} −{without}");
        }).ToImmutableArray()).ToImmutableArray();
        return new($"{report.Axes.WordOf(down)} × {report.Axes.WordOf(across)}", rows, columns, means, texts, HeatScale.Logarithmic);
    }
}
