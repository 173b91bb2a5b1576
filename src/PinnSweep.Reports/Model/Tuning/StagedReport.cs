using System.Collections.Immutable;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>What the report of a study in stages has beside any other.</summary>
internal sealed class StagedReport
{
    private readonly Lazy<StudyReport?> _default;
    private readonly Lazy<ImmutableArray<SearchReport>> _searches;
    private readonly Lazy<ImmutableArray<SearchImportance>> _importances;
    private readonly Lazy<LooksReport?> _looks;

    private readonly StudyResults _results;
    private readonly ReportAxes _axes;

    private StagedReport(StudyResults results, ReportAxes axes, ImmutableHashSet<string> voids)
    {
        (_results, _axes) = (results, axes);
        Plan = results.Plan;
        _default = new(() => IsTuned ? StudyReport.Ordinary(StagedViews.Default(results), axes) : null);
        _searches = new(() => IsTuned ? SearchReports.Of(results, axes.Rows) : []);
        _importances = new(() => SearchImportance.AllOf([.. Searches.Select(search => search.View)]));
        _looks = new(() => LooksReport.Of(results.Plan) is { } looks ? looks with { Comparisons = looks.Comparisons.RemoveAll(comparison => voids.Contains(comparison.Problem)) } : null);
    }

    /// <summary>The same without the comparisons on some problems, by label.</summary>
    public StagedReport Without(ImmutableHashSet<string> problems) => new(_results, _axes, problems);

    /// <summary>The plan with all its decisions.</summary>
    public StudyPlan Plan { get; }

    /// <summary>The rules of its searches; null where it only replicates.</summary>
    public TuneSpec? Tune => Plan.Spec.Tune;

    /// <summary>Whether methods were tuned, so that the report is of what was chosen.</summary>
    public bool IsTuned => Tune is not null;

    /// <summary>Whether anything is chosen yet.</summary>
    public bool IsChosen => Searches.Any(search => search.View.Chosen is not null);

    /// <summary>The same report of the defaults; null where nothing is tuned.</summary>
    public StudyReport? Default => _default.Value;

    /// <summary>The searches; empty where it only replicates.</summary>
    public ImmutableArray<SearchReport> Searches => _searches.Value;

    /// <summary>How much each dimension of each search mattered.</summary>
    public ImmutableArray<SearchImportance> Importances => _importances.Value;

    /// <summary>The looks; null where seeds are fixed.</summary>
    public LooksReport? Looks => _looks.Value;

    /// <summary>Tuned against default, method by method; empty where nothing is tuned.</summary>
    public ImmutableArray<TunedComparison> ComparisonsOf(ReportBlock block) => Other(block) is { } other ? TunedComparison.AllOf(block.Sound, other) : [];

    /// <summary>Whether tuning changes the order of methods.</summary>
    public ImmutableArray<RankingChange> ChangesOf(ReportBlock block) => Other(block) is { } other ? RankingChange.AllOf(block.Sound, other) : [];

    /// <summary>What tuning changes of the comparisons with the control.</summary>
    public ImmutableArray<ConclusionChange> ConclusionsOf(StudyReport report, ReportBlock block) =>
        Other(block) is { } other ? ConclusionChange.AllOf(block.Sound, other, report.ControlRow) : [];

    /// <summary>The report of a study in stages: of what was chosen, where it tunes.</summary>
    public static StudyReport Build(StudyResults results, ReportAxes axes)
    {
        var staged = new StagedReport(results, axes, []);
        var view = staged.IsTuned ? StagedViews.Tuned(results) : results with { Plan = results.Plan with { Spec = results.Plan.Spec with { Seeds = StagedViews.SeedsOf(results.Plan.Spec, results.Plan.Trials) } } };
        var report = StudyReport.Ordinary(view, axes);
        return report with { Header = HeaderOf(report, results, view.Plan), Staged = staged };
    }

    // Where and by what the study was trained is a matter of all its trials.
    private static ReportHeader HeaderOf(StudyReport report, StudyResults results, StudyPlan view)
    {
        var whole = ReportHeader.Of(results, ReportTrial.AllOf(results));
        var everywhere = view.Trials.GroupBy(trial => trial.Description.Seed).Where(seed => seed.Select(trial => trial.CellIndex).Distinct().Count() == view.Cells.Length).Select(seed => seed.Key).ToHashSet();
        return report.Header with
        {
            Engines = whole.Engines,
            Machines = whole.Machines,
            Devices = whole.Devices,
            Commits = whole.Commits,
            Versions = whole.Versions,
            Started = whole.Started,
            Finished = whole.Finished,
            Notices = [.. report.Header.Notices.Union(whole.Notices)],
            CompleteSeeds = report.Header.CompleteSeeds is { } complete ? [.. complete.Where(everywhere.Contains)] : null,
        };
    }

    private ReportBlock? Other(ReportBlock block) =>
        Default?.Blocks.FirstOrDefault(other => other.Fixed.SequenceEqual(block.Fixed));
}
