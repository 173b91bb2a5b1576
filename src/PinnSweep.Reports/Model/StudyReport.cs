using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model;

/// <summary>Everything a report says, before any format: a pure function of the stored results.</summary>
/// <param name="Header">What a reader must know first.</param>
/// <param name="Axes">The factors on rows and columns.</param>
/// <param name="Blocks">The tables.</param>
/// <param name="Trials">Every planned trial in the order of the plan.</param>
public sealed record StudyReport(
    ReportHeader Header,
    ReportAxes Axes,
    ImmutableArray<ReportBlock> Blocks,
    ImmutableArray<ReportTrial> Trials)
{
    private ReportFindings? _findings;

    // Findings belong to what they were computed of and do not go along with a copy that may differ.
    private StudyReport(StudyReport original)
    {
        (Header, Axes, Blocks, Trials) = original;
        (Published, Levels, HasNemenyi, NotApplicable) = (original.Published, original.Levels, original.HasNemenyi, original.NotApplicable);
        (FigureSize, Staged, Design) = (original.FigureSize, original.Staged, original.Design);
        (Whole, Source, Annotations, Known) = (original.Whole, original.Source, original.Annotations, original.Known);
    }

    /// <summary>What is computed of this report, each once.</summary>
    public ReportFindings Findings
    {
        get
        {
            Interlocked.CompareExchange(ref _findings, new(this), null);
            return _findings;
        }
    }

    /// <summary>
    /// Whether Nemenyi's critical difference is told too. It depends on which other methods are in the pool, so pairs of methods are told
    /// apart by Wilcoxon's test with Holm's correction unless somebody asks.
    /// </summary>
    public bool HasNemenyi { get; init; }

    /// <summary>On what figures are shown; those for a journal's column are legible on a phone too.</summary>
    public FigureSize FigureSize { get; init; }

    /// <summary>Published tables that the study repeats.</summary>
    public ImmutableArray<PublishedTable> Published { get; init; } = [];

    /// <summary>What every label stands for.</summary>
    public ImmutableArray<ReportLevel> Levels { get; init; } = [];

    /// <summary>Cells that are not trained.</summary>
    public ImmutableArray<NotApplicableCell> NotApplicable { get; init; } = [];

    /// <summary>What a study in stages has beside: searches, looks; null of any other. The tables are then of what was chosen.</summary>
    internal StagedReport? Staged { get; init; }

    /// <summary>What a study with a design has beside: its combinations over their points; null of any other. Cells then hold the trials of
    /// all points.</summary>
    internal DesignReport? Design { get; init; }

    /// <summary>All that it was built from, trials of searches included; null in a view within another report.</summary>
    internal StudyResults? Whole { get; init; }

    /// <summary>Where curves and fields of its trials are read.</summary>
    internal StudyResults Source { get; init; } = null!;

    /// <summary>What people added: it stands beside the results and changes none of their numbers.</summary>
    public StudyAnnotations Annotations { get; init; } = StudyAnnotations.None;

    /// <summary>What is known of problems beside the results, by label.</summary>
    public ImmutableSortedDictionary<string, KnownProblem> Known { get; private init; } = ImmutableSortedDictionary<string, KnownProblem>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The row that is the control; null where the control is of another factor.</summary>
    public string? ControlRow => Header.ControlFactor == Axes.Rows ? Header.Control : null;

    /// <summary>Whether columns are problems: only problems are blocks that methods may be ranked over.</summary>
    public bool IsOverProblems => Axes.Columns == Factor.Problem;

    /// <summary>What a table calls a row: the control says that it is.</summary>
    public string RowName(string row) => row == ControlRow ? $"{row} (control)" : row;

    /// <summary>The report of a study.</summary>
    /// <param name="results">What the store knows.</param>
    /// <param name="axes">Factors on rows and columns; <see cref="ReportAxes.For"/> where null.</param>
    public static StudyReport Build(StudyResults results, ReportAxes? axes = null)
    {
        var chosen = axes ?? ReportAxes.For(results.Plan);
        var report = results.Plan is { Spec.Design: not null, Searches.IsEmpty: false } ? DesignReport.Build(results, chosen)
            : results.Plan.Stages.IsEmpty ? Ordinary(results, chosen) : StagedReport.Build(results, chosen);
        return report with
        {
            Whole = results,
            Header = report.Header with { Notices = [.. report.Header.Notices, .. RoundingMix.Warnings(report.Blocks)] },
        };
    }

    /// <summary>
    /// The report with what is known of its problems: on a void one no cell is ranked, and it is in no comparison, rank or conclusion.
    /// </summary>
    /// <param name="known">What is known, by level.</param>
    public StudyReport WithKnown(IReadOnlyDictionary<Level, KnownProblem> known)
    {
        var byLabel = Source.Plan.Cells.Where(cell => known.ContainsKey(cell.Levels.Problem)).DistinctBy(cell => StudyLabels.Of(cell.Levels, cell.Labels, Factor.Problem))
            .ToImmutableSortedDictionary(cell => StudyLabels.Of(cell.Levels, cell.Labels, Factor.Problem), cell => known[cell.Levels.Problem], StringComparer.Ordinal);
        var told = this with { Known = byLabel };
        return told.Voids.IsEmpty ? told : told with
        {
            Blocks = [.. Blocks.Select(block => block.WithVoid(told.VoidOf))],
            Staged = Staged?.Without([.. told.Voids.Select(one => one.Problem)]),
            Header = Header with { Notices = [.. Header.Notices, .. told.Voids.Select(one => $"{one.Problem} is void: {one.Reason}")] },
        };
    }

    /// <summary>Problems on which no error means anything, with the reason.</summary>
    internal ImmutableArray<(string Problem, string Reason)> Voids => [.. Known.Where(pair => pair.Value.Void is not null).Select(pair => (pair.Key, pair.Value.Void!))];

    /// <summary>Why an error of the trial means nothing; null where it does.</summary>
    internal string? VoidOf(ReportTrial trial) => trial.Labels.TryGetValue(Factor.Problem, out var problem) ? Known.GetValueOrDefault(problem)?.Void : null;

    /// <summary>The report of the cells of a plan as they are.</summary>
    internal static StudyReport Ordinary(StudyResults results, ReportAxes axes) => Ordinary(results, axes, ReportTrial.AllOf(results));

    /// <summary>The same of trials that are told apart by more than their seeds.</summary>
    internal static StudyReport Ordinary(StudyResults results, ReportAxes axes, ImmutableArray<ReportTrial> trials) =>
        new(ReportHeader.Of(results, trials), axes, ReportBlock.AllOf(results.Plan, trials, axes), trials)
        {
            Source = results,
            Published = results.Plan.Spec.Published,
            Levels = ReportLevel.AllOf(results.Plan),
            NotApplicable = results.Plan.NotApplicable,
        };
}
