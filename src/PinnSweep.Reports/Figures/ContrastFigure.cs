using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Figures;

/// <summary>The contrasts of a study with their intervals, problem by problem.</summary>
internal static class ContrastFigure
{
    /// <summary>The figure; null where there is no contrast with an interval.</summary>
    public static FigureModel? Of(StudyReport report)
    {
        var contrasts = report.Findings.Contrasts;
        if (!contrasts.Any(contrast => contrast.RatioInterval is not null))
        {
            return null;
        }

        string[] names = [.. contrasts.Select(contrast => contrast.Name).Distinct()];
        ImmutableArray<IntervalPanel> panels = [.. report.Header.Levels[Factor.Problem].Where(problem => contrasts.Any(contrast => contrast.Problem == problem)).Select(problem => Panel(problem, names, contrasts))];
        var shown = panels.SelectMany(panel => panel.Rows).Select(row => row?.Mark).ToHashSet();
        return new(
            "contrasts",
            $"What each level does on each problem, all other factors being equal: geometric mean of the ratio of the {report.Header.MetricName} with its 95 % interval over seeds, left of the line the level is better. Filled: shown by a t test of the seeds' means, Holm-corrected over all. Shaded: practical equivalence, a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)} either way.",
            [],
            [])
        {
            Intervals = new("error ratio", [.. names], panels)
            {
                IsShared = true,
                Marks = [.. Words.Where(word => shown.Contains(word.Mark))],
            },
        };
    }

    private static readonly ImmutableArray<(IntervalMark Mark, string Text)> Words = [(IntervalMark.Better, "better"), (IntervalMark.Worse, "worse"), (IntervalMark.Open, "nothing shown")];

    private static IntervalPanel Panel(string problem, string[] names, ImmutableArray<LevelContrast> contrasts) => new(
        problem,
        [.. names.Select(name => contrasts.FirstOrDefault(contrast => contrast.Problem == problem && contrast.Name == name)).Select(contrast => contrast is null ? null : Row(contrast))])
    {
        Lines = [(1, IntervalLine.Solid)],
        Shaded = new(1 / WinTieLoss.EquivalenceFactor, WinTieLoss.EquivalenceFactor),
    };

    private static IntervalRow Row(LevelContrast contrast) => new(
        contrast.Ratio,
        contrast.RatioInterval,
        contrast.Holm > Significance.Alpha ? IntervalMark.Open : contrast.Ratio < 1 ? IntervalMark.Better : IntervalMark.Worse)
    {
        Words = contrast.RatioInterval is { } known ? $"{NumberText.Decimal(contrast.Ratio, 3)} [{NumberText.Decimal(known.Lower, 2)}, {NumberText.Decimal(known.Upper, 2)}]" : NumberText.Decimal(contrast.Ratio, 3),
    };
}
