using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>
/// A study that tunes, seen as an ordinary one: a cell for each search, with the levels and labels of its default, so that tables of tuned
/// and of default methods line up. Only trials of the evaluation are in it; those of the searches never enter a comparison.
/// </summary>
internal static class StagedViews
{
    /// <summary>Each method with what its search chose; without trials where nothing is chosen yet.</summary>
    public static StudyResults Tuned(StudyResults results) => View(results, pair => pair.Chosen);

    /// <summary>Each method with its defaults, on the same seeds.</summary>
    public static StudyResults Default(StudyResults results) => View(results, pair => pair.Default);

    /// <summary>The cells of a study as its file has them, whose labels axes are chosen by; of an ordinary study the plan itself.</summary>
    public static StudyPlan Nominal(StudyPlan plan) => plan.Spec.Tune is null ? plan : plan with
    {
        Cells = [.. plan.Searches.Select(search => new Cell(search.Default, LabelsOf(search)))],
        NotApplicable = Unsearched(plan),
        Trials = [],
        Searches = [],
        Stages = [],
    };

    /// <summary>The labels of a search; of a factor whose levels it chooses among, that it does.</summary>
    public static ImmutableSortedDictionary<Factor, string> LabelsOf(PlannedSearch search) =>
        search.Labels.ToImmutableSortedDictionary(label => label.Key, label => search.Levels[label.Key].Length > 1 ? $"tuned {label.Key.ToWord()}" : label.Value);

    /// <summary>The seeds that trials of an evaluation have, in the order of the study; all of the study where there is none yet.</summary>
    public static ImmutableArray<long> SeedsOf(StudySpec spec, IEnumerable<PlannedTrial> trials)
    {
        var planned = trials.Select(trial => trial.Description.Seed).ToHashSet();
        return planned.Count == 0 ? spec.Seeds : [.. spec.Seeds.Where(planned.Contains)];
    }

    private static StudyResults View(StudyResults results, Func<(int Search, int Default, int Chosen), int> cellOf)
    {
        var plan = results.Plan;
        var seeds = plan.Spec.Seeds.ToHashSet();
        var byCell = plan.Trials.Where(trial => seeds.Contains(trial.Description.Seed)).ToLookup(trial => trial.CellIndex);
        ImmutableArray<PlannedTrial> trials = [.. Comparisons.Evaluated(plan).SelectMany(pair => byCell[cellOf(pair)].Select(trial => trial with { CellIndex = pair.Search }))];
        return results with { Plan = Nominal(plan) with { Spec = Ordinary(plan.Spec, trials), Trials = trials } };
    }

    private static StudySpec Ordinary(StudySpec spec, ImmutableArray<PlannedTrial> trials) => spec with
    {
        Seeds = SeedsOf(spec, trials),
        Tune = null,
        Replicate = null,
        Combinations = null,
    };

    /// <summary>Levels that are left open are no rows of a table: a combination without a search is told once.</summary>
    private static ImmutableArray<NotApplicableCell> Unsearched(StudyPlan plan)
    {
        string Own(CellLevels levels) => string.Join('\n', plan.Spec.Tune!.Each.Select(factor => levels[factor].ToString()));
        var open = plan.Searches.SelectMany(search => search.Levels.Where(levels => levels.Value.Length > 1)).Select(levels => levels.Key).ToHashSet();
        var searched = plan.Searches.Select(search => Own(search.Default)).ToHashSet();
        return [.. plan.NotApplicable.Where(cell => !searched.Contains(Own(cell.Levels))).DistinctBy(cell => Own(cell.Levels)).Select(cell => cell with
        {
            Labels = cell.Labels.ToImmutableSortedDictionary(label => label.Key, label => open.Contains(label.Key) ? $"tuned {label.Key.ToWord()}" : label.Value),
        })];
    }
}
