using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>
/// Searches by an optimizer outside (<c>design: external</c>): it asks for the space and the history, and tells points. What it told is a
/// stored decision like any other, and the first that is told of a stage stays.
/// </summary>
internal static class AskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/studies/{id}/ask", async (string id, CancellationToken cancel) =>
            {
                var plan = await AskingAsync(parts, id, cancel);
                return TypedResults.Json(await Task.Run(() => AskedSearches.Of(parts.Store.Studies, plan), cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The searches of a study with design external: space, history, what is left of the purse, and whether proposals are awaited.")
            .Produces<AskModel>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/api/studies/{id}/tell", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var told = await ReadAsync(context, cancel);
                var plan = await AskingAsync(parts, id, cancel);
                var status = await StudyModels.StatusAsync(parts, plan.Hash, plan.Spec.Name, cancel);
                if (status.IsCancelled)
                {
                    throw Conflict($"study {plan.Spec.Name} is cancelled; submit it again first");
                }

                var answer = await Task.Run(() => Take(parts, plan, told), cancel);
                parts.Coordinator.Tell(new LookForStage(plan.Hash));
                return TypedResults.Json(answer, ApiJson.Options);
            })
            .Needs(Role.Operate)
            .WithSummary("Propose points to the searches of a study with design external. The same again changes nothing.")
            .WithDescription("{\"stage\": 1, \"searches\": [{\"search\": 0, \"points\": [{\"optimizer.lr\": 0.001}]}]}: the stage and the searches are those of GET /ask; a point has a value for each dimension that means anything at it.")
            .Accepts<TellModel>("application/json")
            .Produces<ToldModel>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<StudyPlan> AskingAsync(ApiParts parts, string id, CancellationToken cancel)
    {
        var plan = await parts.Studies.PlanAsync(await parts.Studies.FindAsync(id, cancel), cancel);
        return plan.Spec.Tune switch
        {
            { Design: DesignKind.External } => plan,
            { Design: var design } => throw Conflict($"study {plan.Spec.Name} proposes by itself (tune.design: {design.ToWord()}); only design: external asks somebody outside"),
            _ => throw Conflict($"study {plan.Spec.Name} does not tune; only tune: {{design: external}} asks somebody outside"),
        };
    }

    private static ToldModel Take(ApiParts parts, StudyPlan plan, TellModel told)
    {
        if (told.Stage < plan.Stages.Length)
        {
            return Known(plan, told, null);
        }

        if (told.Stage > plan.Stages.Length || !StageMachine.AwaitsProposals(plan))
        {
            throw Conflict(StageMachine.AwaitsProposals(plan)
                ? FormattableString.Invariant($"stage {told.Stage} is not asked for; the next is {plan.Stages.Length}")
                : $"study {plan.Spec.Name} awaits no further proposals; the purse of each of its searches is used up");
        }

        var points = Points(plan, told);
        if (points.Values.All(some => some.IsEmpty))
        {
            throw RefusalException.BadRequest("no point is told; expected at least one of some search");
        }

        if (AskedSearches.Unsettled(parts.Store.Studies, plan) is { IsEmpty: false } unsettled)
        {
            throw new RefusalException(StatusCodes.Status409Conflict, FormattableString.Invariant($"stage {plan.Stages.Length} is not asked for yet: {unsettled.Length} trials before it have no result")) { RetryAfterSeconds = 1 };
        }

        var decision = Decide(parts, plan, points);
        var grown = parts.Store.Studies.SaveStage(plan, decision);
        return Known(grown, told, StageJson.Write(decision));
    }

    /// <summary>What was observed goes into the decision; a result that is lost is trained again first.</summary>
    private static StageDecision Decide(ApiParts parts, StudyPlan plan, IReadOnlyDictionary<int, ImmutableArray<SpacePoint>> points)
    {
        try
        {
            return StageMachine.Told(plan, points, StoredFigures.Of(parts.Store.Studies, plan).Of);
        }
        catch (LostResultsException lost)
        {
            parts.Coordinator.Tell(new CheckStudy(plan.Hash));
            throw new RefusalException(StatusCodes.Status409Conflict, $"{lost.Message}; it is trained again first") { RetryAfterSeconds = 5 };
        }
    }

    /// <summary>What is stored of a stage, where that is what was told.</summary>
    private static ToldModel Known(StudyPlan plan, TellModel told, string? decided)
    {
        if (told.Stage < 0 || told.Stage >= plan.Stages.Length)
        {
            throw RefusalException.BadRequest(FormattableString.Invariant($"stage {told.Stage}: expected the number that GET /api/studies/{plan.Spec.Name}/ask tells"));
        }

        var stored = plan.Stages[told.Stage];
        var before = plan with { Stages = plan.Stages[..told.Stage] };
        var isSame = told.Stage > 0 && !stored.Searches.IsEmpty && stored.Searches.All(search => search.Chosen is null)
            && TryPoints(before, told) is { } points
            && stored.Searches.All(search => points.GetValueOrDefault(search.Search, []).SequenceEqual(search.Proposed));
        return isSame
            ? new(told.Stage, stored.Searches.Sum(search => search.Proposed.Length), stored.Trials.Length, decided is not null && decided == StageJson.Write(stored))
            : throw Conflict(FormattableString.Invariant($"stage {told.Stage} is decided otherwise already: {stored.Words}{Words(plan, stored)}; GET /api/studies/{plan.Spec.Name}/ask tells the next"));
    }

    private static string Words(StudyPlan plan, StageDecision stored) => string.Concat(stored.Searches
        .Where(search => !search.Proposed.IsEmpty)
        .Select(search => $"; search {search.Search}: {string.Join(", ", search.Proposed.Take(10).Select(point => JsonSerializer.Serialize(AskedSearches.Point(plan.Searches[search.Search].Space.Space, point), ApiJson.Options)))}"));

    private static ImmutableDictionary<int, ImmutableArray<SpacePoint>>? TryPoints(StudyPlan plan, TellModel told)
    {
        try
        {
            return Points(plan, told);
        }
        catch (UserMistakeException)
        {
            return null;
        }
    }

    private static ImmutableDictionary<int, ImmutableArray<SpacePoint>> Points(StudyPlan plan, TellModel told)
    {
        var states = SearchState.Of(plan);
        var (points, mistakes) = (ImmutableDictionary.CreateBuilder<int, ImmutableArray<SpacePoint>>(), new List<string>());
        foreach (var search in told.Searches)
        {
            if (search.Search < 0 || search.Search >= states.Length)
            {
                mistakes.Add(FormattableString.Invariant($"search {search.Search}: the study has searches 0 to {states.Length - 1}"));
            }
            else if (points.ContainsKey(search.Search))
            {
                mistakes.Add(FormattableString.Invariant($"search {search.Search}: stands twice"));
            }
            else
            {
                points[search.Search] = [];
                try
                {
                    points[search.Search] = new ToldPoints(plan, states[search.Search]).Read(search.Points);
                }
                catch (UserMistakeException mistake)
                {
                    mistakes.Add(mistake.Message);
                }
            }
        }

        return mistakes.Count == 0 ? points.ToImmutable() : throw new UserMistakeException(string.Join('\n', mistakes));
    }

    private static async Task<TellModel> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        const string Expected = "expected {\"stage\": N, \"searches\": [{\"search\": N, \"points\": [{\"DIMENSION\": VALUE}]}]}";
        try
        {
            // A key that stands twice has no meaning.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new() { AllowDuplicateProperties = false }, cancel);
            var told = document.RootElement.Deserialize<TellModel>(ApiJson.Options);
            return told is { Searches: { } searches } && searches.All(search => search is { Points: { } points } && points.All(point => point is not null))
                ? told
                : throw RefusalException.BadRequest(Expected);
        }
        catch (JsonException unreadable)
        {
            throw RefusalException.BadRequest($"{Expected}; {unreadable.Message}");
        }
    }

    private static RefusalException Conflict(string message) => new(StatusCodes.Status409Conflict, message);
}
