using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>What the report of a study with a design has beside any other: its combinations over their points.</summary>
internal sealed class DesignReport
{
    private readonly Lazy<ImmutableArray<PointComparison>> _comparisons;
    private readonly Lazy<ImmutableArray<SearchImportance>> _importances;
    private readonly Lazy<StudyReport> _best;

    private DesignReport(StudyResults results, StudyPlan nominal, ImmutableArray<ReportTrial> trials, ReportAxes axes, string? control)
    {
        Spec = results.Plan.Spec.Design!;
        Levels = ReportLevel.AllOf(results.Plan);
        Combinations = CombinationsOf(results.Plan, trials, axes);
        _comparisons = new(() => PointComparison.AllOf(Combinations, control));
        _importances = new(() => SearchImportance.AllOf([.. Combinations.Where(combination => !combination.Dimensions.IsEmpty).Select(combination => combination.View)]));
        _best = new(() => BestOf(results, nominal, axes));
    }

    /// <summary>The design as declared.</summary>
    public DesignSpec Spec { get; }

    /// <summary>Every level that the points make; the report itself has those of the file.</summary>
    public ImmutableArray<ReportLevel> Levels { get; }

    /// <summary>The combinations in the order of the plan.</summary>
    public ImmutableArray<DesignedCombination> Combinations { get; }

    /// <summary>Combinations with the same points, compared.</summary>
    public ImmutableArray<PointComparison> Comparisons => _comparisons.Value;

    /// <summary>How much each dimension of each combination with ranges matters.</summary>
    public ImmutableArray<SearchImportance> Importances => _importances.Value;

    /// <summary>Each combination at its best point, for figures of curves and fields.</summary>
    public StudyReport Best => _best.Value;

    /// <summary>Combinations that have the same points on the same problem, in the order of the plan; those without ranges apart.</summary>
    public IEnumerable<ImmutableArray<DesignedCombination>> Groups => Combinations.Where(combination => !combination.Dimensions.IsEmpty)
        .GroupBy(combination => (combination.On, First: Combinations.First(other => other.On == combination.On && other.HasPointsOf(combination)).Number))
        .Select(group => group.ToImmutableArray());

    /// <summary>The report of a study with a design: its cells are the combinations with the trials of all their points.</summary>
    public static StudyReport Build(StudyResults results, ReportAxes axes)
    {
        var nominal = DesignViews.Nominal(results.Plan);
        var trials = ReportTrial.AllOf(results);
        var (pooled, points) = Pooled(results.Plan, nominal, _ => true);
        var seen = ReportTrial.AllOf(results with { Plan = pooled });
        ImmutableArray<ReportTrial> apart = [.. seen.Zip(points, (trial, point) => trial with { Replicate = FormattableString.Invariant($"{trial.Seed}/{point}") })];
        var report = StudyReport.Ordinary(results with { Plan = pooled }, axes, apart);
        return report with
        {
            Header = report.Header with { Notices = ReportHeader.Of(results, trials).Notices },
            Trials = trials,
            Levels = DesignViews.Ranged(report.Levels, results.Plan),
            Published = [],
            Design = new(results, nominal, trials, axes, report.ControlRow),
        };
    }

    private StudyReport BestOf(StudyResults results, StudyPlan nominal, ReportAxes axes)
    {
        var keys = Combinations.SelectMany(combination => combination.Best?.Cell!.Trials ?? []).Select(trial => trial.Key).ToHashSet();
        var cells = results.Plan.Trials.Where(trial => keys.Contains(trial.Key)).Select(trial => trial.CellIndex).ToHashSet();
        return StudyReport.Ordinary(results with { Plan = Pooled(results.Plan, nominal, cells.Contains).Plan }, axes);
    }

    private static ImmutableArray<DesignedCombination> CombinationsOf(StudyPlan plan, ImmutableArray<ReportTrial> trials, ReportAxes axes)
    {
        var combinations = DesignViews.Combinations(plan)
            .Where(combination => combination.Cells.Any(cell => cell >= 0) && axes.Only.All(only => combination.Search.Labels[only.Key] == only.Value)).ToArray();
        Factor[] telling = [.. FactorWords.All.Where(factor => factor != axes.Rows && combinations.Select(combination => combination.Search.Labels[factor]).Distinct().Count() > 1)];
        var byCell = plan.Trials.Zip(trials).ToLookup(pair => pair.First.CellIndex, pair => pair.Second);
        return
        [
            .. combinations.Select((combination, number) => new DesignedCombination(
                number + 1,
                combination.Search,
                combination.Search.Labels[axes.Rows],
                string.Join(", ", telling.Select(factor => combination.Search.Labels[factor])),
                MetricWords.Name(plan.Spec.Metric),
                [.. combination.Search.Space.Space.Dimensions.Select(SearchReports.Named)],
                [
                    .. combination.Points.Zip(combination.Cells, (point, cell) => (Point: point, Cell: cell)).Select((pair, i) => new DesignPoint(
                        i + 1, SearchReports.Shown(combination.Search, pair.Point), pair.Cell < 0 ? null : CellOf([.. byCell[pair.Cell].OrderBy(trial => trial.Seed)]))),
                ])),
        ];
    }

    private static ReportCell CellOf(ImmutableArray<ReportTrial> trials) =>
        new("", "", null, trials, LogErrorMean.Of([.. trials.Select(trial => trial.Error).OfType<double>()]), Standing.Unranked);

    /// <summary>The plan with the trials of some points in the cells of their combinations, and what tells each trial's point.</summary>
    private static (StudyPlan Plan, ImmutableArray<string> Points) Pooled(StudyPlan plan, StudyPlan nominal, Func<int, bool> isIn)
    {
        var places = DesignViews.Combinations(plan).Where(combination => combination.Cells.Any(cell => cell >= 0))
            .SelectMany((combination, at) => combination.Cells.Select((cell, point) => (cell, at, point))).Where(place => place.cell >= 0 && isIn(place.cell))
            .DistinctBy(place => place.cell).ToDictionary(place => place.cell);
        PlannedTrial[] kept = [.. plan.Trials.Where(trial => places.ContainsKey(trial.CellIndex))];
        return (
            nominal with { Trials = [.. kept.Select(trial => trial with { CellIndex = places[trial.CellIndex].at })] },
            [.. kept.Select(trial => FormattableString.Invariant($"{places[trial.CellIndex].at}/{places[trial.CellIndex].point}"))]);
    }
}
