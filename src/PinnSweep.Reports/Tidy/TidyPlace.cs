using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Reports.Tidy;

/// <summary>Where a trial stands in a study that tunes, looks or has a design; nothing in any other.</summary>
/// <param name="Stage">The decision that planned it, from 0.</param>
/// <param name="Kind">What that is for: <c>generation</c>, <c>rung</c>, <c>evaluation</c>, <c>look</c>.</param>
/// <param name="Role"><c>search</c>, <c>tuned</c>, <c>default</c>, <c>default and tuned</c> where a search chose its default, or <c>point</c>
/// of a design.</param>
/// <param name="Search">Its search from 1, as reports number them; of a design the combination.</param>
/// <param name="Proposal">Its proposal from 0; of a design the point from 1; as <c>proposals.csv</c> and <c>points.csv</c> have them.</param>
internal readonly record struct TidyPlace(int? Stage, string? Kind, string? Role, int? Search, int? Proposal)
{
    /// <summary>The place of each trial of a plan, in its order.</summary>
    public static TidyPlace[] AllOf(StudyPlan plan)
    {
        var places = new TidyPlace[plan.Trials.Length];
        if (plan is { Spec.Design: not null, Searches.IsEmpty: false })
        {
            Design(plan, places);
        }
        else if (!plan.Stages.IsEmpty)
        {
            Stages(plan, places);
            if (plan.Spec.Tune is not null)
            {
                Searches(plan, places);
            }
        }

        return places;
    }

    private static void Design(StudyPlan plan, TidyPlace[] places)
    {
        var cells = DesignViews.Combinations(plan).Where(combination => combination.Cells.Any(cell => cell >= 0))
            .SelectMany((combination, at) => combination.Cells.Select((cell, point) => (Cell: cell, At: at + 1, Point: point + 1)))
            .Where(place => place.Cell >= 0).DistinctBy(place => place.Cell).ToDictionary(place => place.Cell);
        for (var i = 0; i < places.Length; i++)
        {
            if (cells.TryGetValue(plan.Trials[i].CellIndex, out var cell))
            {
                places[i] = new(null, null, "point", cell.At, cell.Point);
            }
        }
    }

    private static void Stages(StudyPlan plan, TidyPlace[] places)
    {
        var at = 0;
        foreach (var stage in plan.Stages)
        {
            for (var end = Math.Min(places.Length, at + stage.Trials.Length); at < end; at++)
            {
                places[at] = new(stage.Number, stage.Kind.ToString().ToLowerInvariant(), null, null, null);
            }
        }
    }

    private static void Searches(StudyPlan plan, TidyPlace[] places)
    {
        var states = SearchState.Of(plan);
        var proposals = states.SelectMany(state => state.Points.Select(point => (Levels: state.Search.Space.At(point.Point), state.Number, Proposal: point.Number)))
            .DistinctBy(one => one.Levels).ToDictionary(one => one.Levels, one => (one.Number, one.Proposal));
        var evaluated = Comparisons.Evaluated(plan)
            .SelectMany(pair => new[] { (plan.Cells[pair.Default].Levels, pair.Search, IsDefault: true), (plan.Cells[pair.Chosen].Levels, pair.Search, IsDefault: false) })
            .ToLookup(one => one.Levels, one => (one.Search, one.IsDefault));
        var tuning = plan.Spec.Tune!.Seeds.ToHashSet();
        for (var i = 0; i < places.Length; i++)
        {
            var (levels, seed) = (plan.Cells[plan.Trials[i].CellIndex].Levels, plan.Trials[i].Description.Seed);
            var proposal = proposals.TryGetValue(levels, out var known) ? known : ((int Number, int Proposal)?)null;
            var roles = evaluated[levels].ToArray();
            var role = tuning.Contains(seed) ? "search"
                : roles.Length == 0 ? null
                : !roles.Any(one => one.IsDefault) ? "tuned" : roles.All(one => one.IsDefault) ? "default" : "default and tuned";
            var search = proposal?.Number ?? (roles.Length > 0 ? roles[0].Search : null);
            places[i] = places[i] with { Role = role, Search = search + 1, Proposal = proposal?.Proposal };
        }
    }
}
