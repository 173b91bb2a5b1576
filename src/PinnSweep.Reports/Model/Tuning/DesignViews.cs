using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>A study with a design, seen as one with a cell for each combination of levels, whatever its points.</summary>
internal static class DesignViews
{
    /// <summary>The combinations, each with its cells in the order of the points, −1 where one is left out; in the order of the plan.</summary>
    public static ImmutableArray<(PlannedSearch Search, ImmutableArray<SpacePoint> Points, ImmutableArray<int> Cells)> Combinations(StudyPlan plan)
    {
        var design = plan.Spec.Design!;
        var ranged = plan.Searches.Select(search => (
            search,
            SpaceDesign.Points(search.Space.Space, design.Kind, design.Count, design.Seed),
            DesignedSearches.CellsOf(plan, search))).ToArray();
        var taken = ranged.SelectMany(combination => combination.Item3).ToHashSet();
        return
        [
            .. ranged.Concat(plan.Cells.Index().Where(cell => !taken.Contains(cell.Index))
                .Select(cell => (Alone(cell.Item.Levels, cell.Item.Labels), ImmutableArray.Create(new SpacePoint([])), ImmutableArray.Create(cell.Index))))
                .OrderBy(combination => combination.Item3.Where(cell => cell >= 0).DefaultIfEmpty(int.MaxValue).Min()),
        ];
    }

    /// <summary>The plan with a cell for each combination and no trials, whose labels axes are chosen by.</summary>
    public static StudyPlan Nominal(StudyPlan plan)
    {
        var combinations = Combinations(plan);
        var trained = combinations.Where(combination => combination.Cells.Any(cell => cell >= 0)).Select(combination => combination.Search).ToArray();
        var factors = plan.Spec.Factors.ToImmutableSortedDictionary(factor => factor.Key, factor => trained.Select(search => Level(search, factor.Key)).Distinct().ToImmutableArray());
        return plan with
        {
            Cells = [.. trained.Select(search => new Cell(search.Default, search.Labels))],
            NotApplicable = LeftOut(plan, combinations),
            Trials = [],
            Searches = [],
            Stages = [],
            Spec = plan.Spec with
            {
                Factors = factors,
                Notes = factors.Select(factor => (factor.Key, Notes: factor.Value.Select(level => NoteOf(plan, factor.Key, level, combinations)).ToArray()))
                    .Where(factor => factor.Notes.All(note => note is not null)).ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Notes.Select(note => note!).ToImmutableArray()),
                Combinations = null,
                Design = null,
            },
        };
    }

    /// <summary>Levels with the words of a range where they have one: a value that no trial had would mislead.</summary>
    public static ImmutableArray<ReportLevel> Ranged(ImmutableArray<ReportLevel> levels, StudyPlan plan) =>
    [
        .. levels.Select(level => plan.Searches.Where(search => search.Labels[level.Factor] == level.Label).Select(search => search.Levels[level.Factor][0])
            .FirstOrDefault(space => !space.Ranges.IsEmpty) is { } space ? level with { Parameters = WithRanges(level.Parameters, space) } : level),
    ];

    private static SpecValue.Map WithRanges(SpecValue.Map parameters, LevelSpace space) => (SpecValue.Map)space.Ranges
        .SelectMany(range => range.Targets.Select(target => (Target: target, range.Scale)))
        .Where(range => range.Target.Part == ListPart.Whole)
        .Aggregate((SpecValue)parameters, (set, range) => range.Target.Path.Set(set, new SpecValue.Text(new DimensionView("", range.Scale).Words.Trim())));

    // A combination of which no point can be trained is told once, others not at all: the points say which are left out.
    private static ImmutableArray<NotApplicableCell> LeftOut(
        StudyPlan plan, ImmutableArray<(PlannedSearch Search, ImmutableArray<SpacePoint> Points, ImmutableArray<int> Cells)> combinations)
    {
        var all = plan.NotApplicable.DistinctBy(cell => cell.Levels).ToDictionary(cell => cell.Levels);
        var designed = combinations.Select(combination => (
            combination.Search,
            IsWhole: combination.Cells.All(cell => cell < 0),
            LeftOut: combination.Points.Select(combination.Search.Space.At).Where(all.ContainsKey).ToArray())).ToArray();
        var ofDesign = designed.SelectMany(combination => combination.LeftOut).ToHashSet();
        return
        [
            .. plan.NotApplicable.Where(cell => !ofDesign.Contains(cell.Levels)),
            .. designed.Where(combination => combination.IsWhole && combination.LeftOut.Length > 0)
                .Select(combination => all[combination.LeftOut[0]] with { Levels = combination.Search.Default, Labels = combination.Search.Labels }),
        ];
    }

    // A level with ranges has the note of one that a point made of it: which parameters are not the default is the same for all.
    private static LevelNote? NoteOf(StudyPlan plan, Factor factor, Level level, IEnumerable<(PlannedSearch Search, ImmutableArray<SpacePoint> Points, ImmutableArray<int> Cells)> combinations) =>
        combinations.Where(combination => Level(combination.Search, factor) == level)
            .SelectMany(combination => combination.Cells).Where(cell => cell >= 0)
            .Select(cell => plan.Spec.NoteOf(factor, plan.Cells[cell].Levels[factor])).FirstOrDefault(note => note is not null);

    private static PlannedSearch Alone(CellLevels levels, ImmutableSortedDictionary<Factor, string> labels)
    {
        var own = FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => StudyLabels.Of(levels, labels, factor));
        return new(own[Factor.Problem], own, FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => ImmutableArray.Create(new LevelSpace(levels[factor], []))));
    }

    private static Level Level(PlannedSearch search, Factor factor) => search.Levels[factor][0].Level;
}
