using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Formats;

/// <summary>Puts the parts of a report in reading order.</summary>
internal static class DocumentComposer
{
    /// <summary>The whole report.</summary>
    public static ReportDocument Compose(StudyReport report) => VisibleDocument.Of(new ReportDocument(
        report.Header.Study,
        [.. Leading.Before(report, report.Design is not null ? [.. DesignSections.Of(report)] :
        [
            .. StagedSections.Head(report),
            .. report.Blocks.Select(block => new ReportSection(
                block.Name.Length > 0 ? $"Accuracy: {block.Name}" : "Accuracy",
                [new ReportPart.Table(AccuracyTable.Of(report, block)), .. Tables(FreshRunTable.Of(report, block))])),
            .. AnnotationSections.External(report),
            .. StagedSections.Results(report),
            new("Levels", [new ReportPart.Table(LevelsTable.Of(report))]),
            .. report.Findings.Reproductions is { IsEmpty: false } reproductions
                ? new ReportSection[] { new("Published and ours", [.. reproductions.SelectMany((reproduction, i) => Tables(ReproductionTable.Of(report, reproduction, i, reproductions.Length), PublishedWinnersTable.Of(report, reproduction, i, reproductions.Length)))]) }
                : [],
            .. Section("Robustness", report, block => [RobustnessTable.Of(report, block)]),
            .. Factors(report),
            .. Section("Equal steps, equal time", report, block => [ParityTable.Of(report, block)]),
            .. Section(YardstickTable.Title, report, block => [YardstickTable.Of(report, block)]),
            .. report.Blocks.Select(block => new ReportSection(
                block.Name.Length > 0 ? $"Cost: {block.Name}" : "Cost",
                [new ReportPart.Table(CostTable.Of(report, block))])),
            .. report.Blocks.Select(block => new ReportSection(block.Name.Length > 0 ? $"Comparisons: {block.Name}" : "Comparisons", Comparisons(report, block)))
                .Where(section => section.Parts.Length > 0),
            .. report.Staged?.Looks is null ? Section("Undecided", report, block => [UndecidedTable.Of(report, block)]) : [],
            .. StagedSections.Searches(report),
            .. report.Blocks.Select(block => (Block: block, Figures: ReportFigures.Of(report, block)))
                .Where(pair => pair.Figures.Length > 0)
                .Select(pair => new ReportSection(
                    pair.Block.Name.Length > 0 ? $"Figures: {pair.Block.Name}" : "Figures",
                    [.. pair.Figures.Select(figure => new ReportPart.Figure(figure))])),
            .. StagedSections.Figures(report),
            .. DiagnosisTable.SectionsOf(report),
            .. AnnotationSections.Notes(report),
            new("The study", [new ReportPart.Facts(Facts(report))]),
            .. report.Blocks.Select(block => new ReportSection(
                block.Name.Length > 0 ? $"Evidence: {block.Name}" : "Evidence",
                [new ReportPart.Table(EvidenceTable.Of(report, block))])),
        ])]));

    private static ImmutableArray<ReportPart> Comparisons(StudyReport report, ReportBlock block) =>
    [
        .. block.Columns.Select(column => ControlTable.Of(report, block, column)).Prepend(AggregateTable.Of(report, block))
            .Append(PairTable.Of(report, block, report.Findings[block].Pairs))
            .OfType<TableModel>()
            .Select(table => new ReportPart.Table(table)),
    ];

    private static IEnumerable<ReportPart> Tables(params TableModel?[] tables) => tables.OfType<TableModel>().Select(table => new ReportPart.Table(table));

    private static IEnumerable<ReportSection> Section(string title, StudyReport report, Func<ReportBlock, IEnumerable<TableModel?>> tables) =>
        report.Blocks.Select(block => new ReportSection(
                block.Name.Length > 0 ? $"{title}: {block.Name}" : title,
                [.. tables(block).OfType<TableModel>().Where(table => !table.Rows.IsEmpty).Select(table => new ReportPart.Table(table))]))
            .Where(section => section.Parts.Length > 0);

    private static IEnumerable<ReportSection> Factors(StudyReport report)
    {
        if (report.Findings.Factors is { } effects)
        {
            yield return new(
                "Factors",
                [
                    new ReportPart.Table(FactorTables.Effects(report, effects)),
                    new ReportPart.Table(FactorTables.Levels(report, effects)),
                    .. Tables(ContrastTable.Of(report)),
                    .. ContrastFigure.Of(report) is { } contrasts ? new ReportPart[] { new ReportPart.Figure(contrasts) } : [],
                    .. HeatFigures.Factors(report) is { } figure ? new ReportPart[] { new ReportPart.Figure(figure) } : [],
                ]);
        }
    }

    /// <summary>The header as names and values.</summary>
    public static ImmutableArray<(string Name, string Value)> Facts(StudyReport report)
    {
        var header = report.Header;
        var facts = ImmutableArray.CreateBuilder<(string, string)>();
        facts.Add(("study", header.Study));
        facts.Add(("plan", header.Hash));
        facts.AddRange(StudyLock.Facts(header.Locks));
        facts.Add(("metric", $"{header.MetricName} {(header.Metric == CurvePoint.ResidualL2 ? "at points that no trial trains on" : "on a test grid that is never a collocation set")}"));
        facts.Add(("budget", header.OtherBudgets.IsEmpty ? $"{header.BudgetText} for every trial" : header.BudgetText));
        facts.Add(("seeds", $"{header.Seeds.Length} ({string.Join(", ", header.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))})"));
        foreach (var (factor, labels) in header.Levels)
        {
            // One level says in full what it is; of several the table has it.
            var levels = report.Levels.Where(level => level.Factor == factor).ToArray();
            facts.Add((factor.ToWord(), levels is [var only] ? LevelWords.Line(only, isWhole: true)
                : string.Join("; ", header.Methods is { } set && set.Factors.Contains(factor) ? levels.Select(level => level.Label).Distinct() : labels)));
        }

        if (header.Methods is { } methods)
        {
            facts.AddRange(methods.All.Select(method => ("method", methods.Words(method) is { Length: > 0 } words ? $"{method.Name}: {words}" : method.Name)));
        }

        facts.Add(("levels", $"{(LevelsTable.AreDefaultsKnown(report) ? "*: not the default; " : "")}section Levels has every level in full"));
        if (header.Control is { } control)
        {
            facts.Add(("control", control));
        }

        facts.Add(("statistics", $"α = 0.05, two-sided, Holm's correction for several tests; intervals of 95 %; practical equivalence within a factor {NumberText.RoundTrip(WinTieLoss.EquivalenceFactor)}"));
        facts.Add(("trials", $"{header.Planned} planned, {header.FinishedCount} finished{(header.CompleteSeedsText is { } complete ? $"; {complete}" : "")}"));
        facts.AddRange(StagedSections.Facts(report));
        facts.Add(("outcomes", string.Join(", ", header.Counts.Where(pair => pair.Value > 0)
            .Select(pair => FormattableString.Invariant($"{pair.Value} {StatusWords.Of(pair.Key)}")))));
        facts.Add(("faults retried", header.FaultsRetried.ToString(CultureInfo.InvariantCulture)));
        facts.AddRange(header.NotApplicable.Select(cell => ("n/a", $"{cell.Name}: {cell.Reason}")));
        facts.AddRange(header.Notices.Select(notice => ("notice", notice)));
        Add("engine", header.Engines);
        Add("machine", header.Machines);
        Add("device", header.Devices ?? []);
        Add("commit", header.Commits);
        Add("versions", header.Versions);
        if (header is { Started: { } started, Finished: { } finished })
        {
            facts.Add(("trained", $"{Time(started)} to {Time(finished)}"));
        }

        return facts.ToImmutable();

        void Add(string name, ImmutableArray<string> seen)
        {
            if (!seen.IsEmpty)
            {
                facts.Add((name, string.Join("; ", seen)));
            }
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
