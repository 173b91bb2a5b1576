using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Formats;

/// <summary>The sections that only the report of a study in stages has; none in any other.</summary>
internal static class StagedSections
{
    /// <summary>Before everything else: what the tables are of.</summary>
    public static IEnumerable<ReportSection> Head(StudyReport report) => report.Staged is { } staged
        ? [new(staged.IsTuned ? "Tuning" : "Replication", [.. StagedText.Of(report).Select(text => new ReportPart.Paragraph(text))])]
        : [];

    /// <summary>After the main tables: verdicts, and tuned against default.</summary>
    public static IEnumerable<ReportSection> Results(StudyReport report)
    {
        if (report.Staged is not { } staged)
        {
            yield break;
        }

        if (staged.Looks is { } looks && Section("Seeds until decided", LookTables.Verdicts(looks), LookTables.Looks(looks)) is { } decided)
        {
            yield return decided;
        }

        foreach (var block in report.Blocks)
        {
            if (Section(block.Name.Length > 0 ? $"Tuned against default: {block.Name}" : "Tuned against default", TunedTables.Comparison(report, block), TunedTables.Rankings(report, block), TunedTables.Conclusions(report, block)) is { } tuned)
            {
                yield return tuned;
            }
        }
    }

    /// <summary>Before the figures: what was searched.</summary>
    public static IEnumerable<ReportSection> Searches(StudyReport report) =>
        report.Staged is { IsTuned: true } staged
            ? new[]
            {
                Section("Searches", SearchTables.Searches(report), SearchTables.Found(report), SearchTables.Spaces(report)),
                Section("Rungs", RungTables.Rungs(report), RungTables.Steps(report)),
                Importance(staged),
            }.OfType<ReportSection>()
            : [];

    /// <summary>After the figures of the trials: those of the searches.</summary>
    public static IEnumerable<ReportSection> Figures(StudyReport report)
    {
        if (report.Staged is { IsTuned: true } staged && SearchFigures.Shown(staged) is { IsEmpty: false } figures)
        {
            var others = staged.Searches.Length - SearchFigures.MostShown;
            yield return new(
                "Figures: searches",
                [
                    .. figures.Select(figure => new ReportPart.Figure(figure)),
                    .. staged.Tune!.Rungs is null ? [] : new ReportPart[] { new ReportPart.Paragraph("A proposal that was stopped at a rung counts in these figures with its score there: trained to the end it might have been better, so the expected error above is on the safe side.") },
                    .. others > 0
                        ? new ReportPart[] { new ReportPart.Paragraph(FormattableString.Invariant($"Slices and parallel coordinates of {others} more {(others == 1 ? "search" : "searches")} lie in the folder `figures` of the report in Markdown.")) }
                        : [],
                ]);
        }
    }

    /// <summary>What a study in stages says of itself among the facts.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(StudyReport report)
    {
        if (report.Staged is not { } staged)
        {
            yield break;
        }

        if (staged.Default is { } standard)
        {
            yield return ("trials of defaults", FormattableString.Invariant($"{standard.Header.Planned} planned, {standard.Header.FinishedCount} finished; in the table Tuned against default alone"));
        }

        yield return ("stages", FormattableString.Invariant($"{staged.Plan.Stages.Length} decided, the last: {staged.Plan.Stages[^1].Words}{(staged.Plan.AwaitsStage ? "; more to come" : "")}"));
        if (staged.Tune is { } tune)
        {
            var trials = staged.Searches.Sum(search => search.Trials.Sum(proposal => proposal.Keys.Length));
            yield return ("searches", FormattableString.Invariant($"{staged.Searches.Length}, each with {StagedText.PurseOf(tune)}; {trials} tuning trials on seeds {string.Join(", ", tune.Seeds)}, {NumberText.Duration(staged.Searches.Sum(search => search.Seconds))} of training"));
            yield return ("tuned parameters", $"{string.Join(", ", staged.Searches.SelectMany(search => search.View.Dimensions).Select(dimension => dimension.Name).Distinct())}: section Searches has the values");
            yield return ("tuned by", MetricWords.Name(tune.By) + (tune.By == CurvePoint.ResidualL2 ? "" : " (tuned on the truth)"));
        }
    }

    private static ReportSection? Importance(StagedReport staged) => ImportanceTable.Of(staged.Importances) is { } table
        ? new("Importance of parameters", [new ReportPart.Table(table), .. SearchFigures.Importance(staged) is { } figure ? new ReportPart[] { new ReportPart.Figure(figure) } : []])
        : null;

    private static ReportSection? Section(string title, params TableModel?[] tables) => tables.OfType<TableModel>().ToArray() is { Length: > 0 } some
        ? new(title, [.. some.Select(table => new ReportPart.Table(table))])
        : null;
}
