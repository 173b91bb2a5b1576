using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>What each level of each factor does on each problem, all other factors being equal.</summary>
internal static class ContrastTable
{
    /// <summary>A line a level and problem; null where there is no contrast.</summary>
    public static TableModel? Of(StudyReport report)
    {
        var contrasts = report.Findings.Contrasts;
        return contrasts.IsEmpty ? null : new(
            "contrasts",
            $"What each level does on each problem, all other factors being equal: ratio of the {report.Header.MetricName} to that of another level, below 1 the level is better.",
            [new("level ÷ other", false), new("problem", false), new("error ratio"), new("95 % interval"), new("p (t by seed)"), new("pairs (seeds)"), new("converged")],
            [
                .. contrasts.Select(contrast => ImmutableArray.Create<TableCell>(
                [
                    contrast.Name,
                    contrast.Problem,
                    TableCell.Of(new Inline.Decimal(contrast.Ratio, 3), new Inline.Words("×")),
                    contrast.RatioInterval is { } interval ? TableCell.Of(new Inline.Decimal(interval.Lower, 2), new Inline.Words(" – "), new Inline.Decimal(interval.Upper, 2)) : "–",
                    contrast.BySeed.Count < 2 ? "–" : NumberText.Probability(contrast.Holm),
                    $"{NumberText.Count(contrast.Pairs)} ({NumberText.Count(contrast.BySeed.Count)})",
                    $"{NumberText.Count(contrast.Converged)} : {NumberText.Count(contrast.ConvergedAgainst)}",
                ])),
            ],
            [
                "Error ratio: geometric mean over pairs of trials that differ in nothing but this factor. The seed is the unit: log10 ratios are averaged in each seed, and interval and p are Student's t of these means, p two-sided and Holm-corrected over this table. Converged: trials of the pairs with the level : with the other.",
                .. report.Trials.Any(trial => trial is { IsFinished: true, Error: null }) ? new[] { "A trial without a finite error counts as the largest error of its problem." } : [],
            ]);
    }
}
