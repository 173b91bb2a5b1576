using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>The searches of a study as a report sees them.</summary>
internal static class SearchReports
{
    /// <summary>All searches, in the order of the plan.</summary>
    /// <param name="results">The study as it is stored.</param>
    /// <param name="rows">The factor under comparison: its labels are the methods, all other that vary tell on what.</param>
    public static ImmutableArray<SearchReport> Of(StudyResults results, Factor rows)
    {
        var plan = results.Plan;
        var tuning = plan.Spec.Tune!.Seeds.ToHashSet();
        var trials = plan.Trials.Where(trial => tuning.Contains(trial.Description.Seed)).ToLookup(trial => plan.Cells[trial.CellIndex].Levels);
        var givenUp = results.Quarantined.Select(trial => trial.Key).ToHashSet();
        Factor[] telling = [.. FactorWords.All.Where(factor => factor != rows && plan.Searches.Select(search => search.Labels[factor]).Distinct().Count() > 1)];
        return
        [
            .. SearchState.Of(plan).Select(state =>
            {
                var proposals = state.Points.Select(point => Trials(results, givenUp, [.. trials[state.Search.Space.At(point.Point)].OrderBy(trial => trial.Description.Budget.Steps)])).ToImmutableArray();
                return new SearchReport(state, View(plan, state, proposals, rows, telling), proposals, plan.Spec.Tune!);
            }),
        ];
    }

    /// <summary>The default of a search as it is shown; null where a range has none.</summary>
    public static SpacePoint? Shown(PlannedSearch search) => search.Space.Default() is { } point ? Shown(search, point) : null;

    /// <summary>A point with levels told by their kinds.</summary>
    public static SpacePoint Shown(PlannedSearch search, SpacePoint point) => Shown(point, search.Space.Space);

    private static SearchView View(StudyPlan plan, SearchState state, ImmutableArray<ProposalTrials> trials, Factor rows, Factor[] telling)
    {
        var tune = plan.Spec.Tune!;
        var labels = StagedViews.LabelsOf(state.Search);
        var dimensions = state.Search.Space.Space.Dimensions.Select(Named).ToImmutableArray();
        var judged = state.Points.Where(point => !point.Scores.IsEmpty).ToArray();
        var isTruthKnown = judged.Any(point => double.IsFinite(point.Scores[^1].Truth));
        var standard = state.Search.Space.Default();
        return new(
            state.Number + 1,
            labels[rows],
            string.Join(", ", telling.Select(factor => labels[factor])),
            MetricWords.Name(tune.By),
            dimensions,
            [
                .. judged.Select(point => new ProposalView(
                    point.Number,
                    Shown(point.Point, state.Search.Space.Space),
                    point.Scores[^1].Score,
                    isTruthKnown ? (point.Scores[^1].Failed > 0 ? double.PositiveInfinity : point.Scores[^1].Truth) : null,
                    point.Generation,
                    point.Scores.Length - 1,
                    point.IsCensored(tune),
                    trials[point.Number].Steps)),
            ],
            standard is null ? null : state.Points.Where(point => point.Point == standard).Select(point => (int?)point.Number).FirstOrDefault(),
            state.Chosen,
            dimensions.IsEmpty ? 1 : tune.Trials ?? state.Points.Count);
    }

    // A level that is chosen among others is told by its kind; what it is in full stands in the table of levels.
    private static DimensionView Named(Dimension dimension) => dimension.Scale is DimensionScale.Choice choice && choice.Values.All(IsLevel)
        ? new(dimension.Name, new DimensionScale.Choice([.. choice.Values.Select((_, index) => Short(choice, index))]))
        : new(dimension.Name, dimension.Scale);

    private static SpacePoint Shown(SpacePoint point, SearchSpace space) =>
        new([.. point.Values.Select((value, d) => value is not null && space.Dimensions[d].Scale is DimensionScale.Choice choice && choice.Values.All(IsLevel) ? Short(choice, choice.Values.IndexOf(value)) : value)]);

    private static bool IsLevel(SpecValue value) => value is SpecValue.Map map && map.Entries.GetValueOrDefault("kind") is SpecValue.Text;

    private static SpecValue.Text Short(DimensionScale.Choice choice, int index)
    {
        string Kind(SpecValue value) => ((SpecValue.Map)value).Text("kind");
        var kind = Kind(choice.Values[index]);
        return new(choice.Values.Count(value => Kind(value) == kind) == 1 ? kind : FormattableString.Invariant($"{kind} {index + 1}"));
    }

    private static ProposalTrials Trials(StudyResults results, HashSet<TrialKey> givenUp, ImmutableArray<PlannedTrial> trials)
    {
        var finished = trials.Select(trial => (trial.Description.Seed, Result: results.Results.GetValueOrDefault(trial.Key))).Where(trial => trial.Result is not null).ToArray();

        // A rung goes on from the checkpoint of the one before, so its trial counts the steps of both.
        var longest = finished.GroupBy(trial => trial.Seed).Select(seed => seed.MaxBy(trial => trial.Result!.Steps).Result!).ToArray();
        return new(
            [.. trials.Select(trial => trial.Key.Hex)],
            trials.Where(trial => trial.Description.Budget == trials[0].Description.Budget).All(trial => results.Results.ContainsKey(trial.Key) || givenUp.Contains(trial.Key)),
            finished.Count(trial => trial.Result!.Outcome == Outcome.Diverged),
            trials.Count(trial => !results.Results.ContainsKey(trial.Key) && givenUp.Contains(trial.Key)),
            longest.Sum(result => (long)result.Steps),
            longest.Sum(result => result.Seconds));
    }
}
