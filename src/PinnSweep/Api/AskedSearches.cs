using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Api;

/// <summary>The searches of a study in the words of the interface.</summary>
internal static class AskedSearches
{
    /// <summary>What is asked, from the store alone.</summary>
    public static AskModel Of(IStudyStore store, StudyPlan plan)
    {
        var unsettled = Unsettled(store, plan);
        var states = unsettled.IsEmpty && StageMachine.AwaitsProposals(plan) ? StageMachine.Seen(plan, StoredFigures.Of(store, plan).Of) : SearchState.Of(plan);
        return new(
            plan.Spec.Name,
            plan.Hash,
            unsettled.IsEmpty && StageMachine.AwaitsProposals(plan),
            plan.Stages.Length,
            unsettled.Length,
            plan.Spec.Tune!.By,
            [.. states.Select(state => Search(plan, state))]);
    }

    /// <summary>The trials of the last stage whose result is still to come; those before are settled.</summary>
    public static ImmutableArray<TrialKey> Unsettled(IStudyStore store, StudyPlan plan) =>
        store.Unsettled([.. plan.Trials.Skip(plan.Trials.Length - plan.Stages[^1].Trials.Length).Select(trial => trial.Key)]);

    /// <summary>A point as it is told: a map without what means nothing at it.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Point(SearchSpace space, SpacePoint point) => space.Dimensions
        .Select((dimension, i) => (dimension.Name, Value: point.Values[i]))
        .Where(entry => entry.Value is not null)
        .ToDictionary(entry => entry.Name, entry => Json(entry.Value!));

    private static AskedSearchModel Search(StudyPlan plan, SearchState state)
    {
        var space = state.Search.Space.Space;
        var left = StageMachine.LeftOf(plan, state);
        var stages = plan.Stages.SelectMany(stage => stage.Searches.Where(decision => decision.Search == state.Number).SelectMany(decision => decision.Proposed.Select(_ => stage.Number))).ToList();
        return new(
            state.Number,
            state.Search.Name,
            state.Points.Count + left,
            left,
            [.. space.Dimensions.Select(dimension => Dimension(space, dimension))],
            [.. state.Points.Select(point => Proposal(space, point, stages[point.Number]))]);
    }

    private static ProposalModel Proposal(SearchSpace space, SearchedPoint point, int stage)
    {
        var score = point.Scores.LastOrDefault();
        return new(point.Number, stage, Point(space, point.Point), score is null ? null : ApiJson.Known(score.Score), score?.Failed, score?.Seconds);
    }

    private static DimensionModel Dimension(SearchSpace space, Dimension dimension)
    {
        var when = dimension.When is { } condition
            ? new ConditionModel(space.Dimensions[condition.Dimension].Name, Json(((DimensionScale.Choice)space.Dimensions[condition.Dimension].Scale).Values[condition.Value]))
            : null;
        return dimension.Scale switch
        {
            DimensionScale.Linear line => new(dimension.Name, "linear", line.Low, line.High, null, when),
            DimensionScale.Log line => new(dimension.Name, "log", line.Low, line.High, null, when),
            DimensionScale.Integer whole => new(dimension.Name, "integer", whole.Low, whole.High, null, when),
            DimensionScale.Choice choice => new(dimension.Name, "values", null, null, [.. choice.Values.Select(Json)], when),
            _ => throw new NotSupportedException(dimension.Scale.GetType().Name),
        };
    }

    private static JsonElement Json(SpecValue value)
    {
        using var document = JsonDocument.Parse(value.Canonical());
        return document.RootElement.Clone();
    }
}
