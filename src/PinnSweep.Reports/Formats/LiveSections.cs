using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// The sections of a report that pages show while its study runs: the tables as they stand, what is undecided, what is published, the cost
/// and the trials behind. The report itself has more.
/// </summary>
internal static class LiveSections
{
    // With more keys than this a page is a list of keys; the list of trials has them in pages.
    private const int MostKeys = 400;
    private const int MostFigures = 12;

    /// <summary>Whether methods may be told apart by rank: in a study that declares looks not before the first.</summary>
    public static bool IsRanked(StudyReport report) => report.Staged?.Looks is not { Looks.IsEmpty: true };

    /// <summary>The report with nothing ranked.</summary>
    public static StudyReport Unranked(StudyReport report) => report with
    {
        Blocks =
        [
            .. report.Blocks.Select(block => block with
            {
                Cells = block.Cells.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Standing = Model.Standing.Unranked }),
            }),
        ],
    };

    /// <summary>The study as it stands.</summary>
    public static IEnumerable<ReportSection> Standing(StudyReport report)
    {
        if (report.Design is not null)
        {
            return [Leading.Sentences(report), .. DesignSections.Head(report), .. DesignSections.Results(report), .. Blocks("Cost", report, block => CostTable.Of(report, block))];
        }

        var isRanked = IsRanked(report);
        return
        [
            Leading.Sentences(report),
            .. StagedSections.Head(report),
            .. isRanked ? [] : new[] { BeforeTheFirstLook(report.Staged!.Looks!) },
            .. Blocks("Accuracy", report, block => AccuracyTable.Of(report, block)),
            .. isRanked && report.Staged?.Looks is null ? Blocks("Undecided", report, block => UndecidedTable.Of(report, block)) : [],
            .. report.Staged?.Looks is { } looks && isRanked ? [ToTheLastLook(report, looks)] : Array.Empty<ReportSection>(),
            .. isRanked ? StagedSections.Results(report) : [],
            .. report.Findings.Reproductions is { IsEmpty: false } all
                ? new ReportSection[] { new("Published and ours", [.. all.Select((reproduction, i) => new ReportPart.Table(ReproductionTable.Of(report, reproduction, i, all.Length)))]) }
                : [],
            .. Blocks("Cost", report, block => CostTable.Of(report, block)),
            .. report.Trials.Length > MostKeys ? [] : Blocks("Evidence", report, block => EvidenceTable.Of(report, block)),
            .. Drawn("Figures", Figures(report).Take(MostFigures)),
        ];
    }

    /// <summary>The searches of a study that tunes, or the points of a design; none in any other.</summary>
    public static IEnumerable<ReportSection> Tuning(StudyReport report)
    {
        if (report.Design is { } design)
        {
            return
            [
                .. DesignSections.Head(report),
                .. DesignSections.Results(report),
                .. DesignSections.Importance(report),
                .. Drawn("Points", DesignFigures.Shown(design)),
            ];
        }

        return report.Staged is not { IsTuned: true } staged ? [] :
        [
            .. StagedSections.Head(report),
            .. StagedSections.Searches(report),
            .. Drawn("What tuning brings", new[] { TuningFigures.ExpectedError([.. staged.Searches.Select(search => search.View)]) }.OfType<FigureModel>()),
            .. staged.Searches.Select(Search).Where(section => !section.Parts.IsEmpty),
            .. IsRanked(report) ? StagedSections.Results(report) : [],
        ];
    }

    /// <summary>The figures of the trials: of all of them what compares nothing, the rest where ranking is allowed.</summary>
    public static IEnumerable<FigureModel> Figures(StudyReport report) => report.Design is { } design
        ? DesignFigures.Shown(design)
        : IsRanked(report) ? ReportFigures.Of(report) : report.Blocks.SelectMany(block => ReportFigures.Trained(report, block));

    private static ReportSection Search(SearchReport search) => new(
        search.View.Dimensions.IsEmpty ? $"Search of {search.View.Title}: nothing to vary" : $"Search of {search.View.Title}",
        search.View.Dimensions.IsEmpty ? [] :
        [
            .. new[] { TuningFigures.Proposals(search.View), search.View.Dimensions.Length > 1 ? TuningFigures.Parallel(search.View) : null, TuningFigures.Slices(search.View) }
                .OfType<FigureModel>().Select(figure => new ReportPart.Figure(figure)),
            .. new[] { ProposalsTable.Of(search) }.OfType<TableModel>().Select(table => new ReportPart.Table(table)),
        ]);

    private static ReportSection BeforeTheFirstLook(LooksReport looks) => new(
        "Nothing is ranked yet",
        [new ReportPart.Paragraph(FormattableString.Invariant($"This study declares looks at {string.Join(", ", looks.Spec.Looks)} seeds. Before the first, means and intervals are shown as they stand, without marks, ranks or tests: whoever looks early and stops at what pleases finds too much."))]);

    private static ReportSection ToTheLastLook(StudyReport report, LooksReport looks)
    {
        var open = looks.Comparisons.Count(comparison => comparison.Verdict == Studies.Replication.Verdict.Open);
        var seconds = report.Blocks.SelectMany(block => block.InOrder()).ToArray() is var cells && cells.Sum(cell => cell.Finished) is var finished and > 0 ? cells.Sum(cell => cell.TotalSeconds) / finished : double.NaN;
        var more = Math.Max(0, looks.Fixed - looks.Spent);
        return new("Undecided", [new ReportPart.Paragraph(open == 0
            ? "Every comparison is decided, or had all seeds that were declared."
            : FormattableString.Invariant($"{open} of {looks.Comparisons.Length} comparisons are open. Deciding them costs at most the seeds up to the last look: {NumberText.Count(more)} more trials{(double.IsFinite(seconds) ? $", {NumberText.Duration(more * seconds)} of training at the pace so far" : "")}."))]);
    }

    private static IEnumerable<ReportSection> Drawn(string title, IEnumerable<FigureModel> figures) =>
        figures.Select(figure => new ReportPart.Figure(figure)).ToArray() is { Length: > 0 } parts ? [new ReportSection(title, [.. parts])] : [];

    private static IEnumerable<ReportSection> Blocks(string title, StudyReport report, Func<ReportBlock, TableModel?> table) =>
        report.Blocks.Select(block => (block.Name, Table: table(block))).Where(pair => pair.Table is not null)
            .Select(pair => new ReportSection(pair.Name.Length > 0 ? $"{title}: {pair.Name}" : title, [new ReportPart.Table(pair.Table!)]));
}
