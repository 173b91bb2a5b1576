using System.Text.Json;
using System.Text.Json.Serialization;

namespace PinnSweep.Api;

/// <summary>What an optimizer outside needs to propose something to a study with <c>design: external</c>.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="IsAwaited">Whether proposals are awaited now; trials are still to end, or nothing is asked for, where they are not.</param>
/// <param name="Stage">The number of the stage that is told next.</param>
/// <param name="Unsettled">Trials whose result is still to come before anything is asked for.</param>
/// <param name="By">The metric that is to become small.</param>
/// <param name="Searches">Search by search; each is independent of the others.</param>
internal sealed record AskModel(string Study, string Hash, bool IsAwaited, int Stage, int Unsettled, string By, IReadOnlyList<AskedSearchModel> Searches);

/// <summary>One search.</summary>
/// <param name="Search">Its number.</param>
/// <param name="Name">The labels of the levels that have this search of their own.</param>
/// <param name="Purse">Proposals in all.</param>
/// <param name="Left">Proposals still to come.</param>
/// <param name="Space">What it varies.</param>
/// <param name="History">Every proposal so far.</param>
internal sealed record AskedSearchModel(int Search, string Name, int Purse, int Left, IReadOnlyList<DimensionModel> Space, IReadOnlyList<ProposalModel> History);

/// <summary>One thing that a search varies.</summary>
/// <param name="Name">Its key in points.</param>
/// <param name="Scale">values, linear, log or integer.</param>
/// <param name="Low">The lower bound; absent of values.</param>
/// <param name="High">The upper bound; absent of values.</param>
/// <param name="Values">The values of which it takes one; absent of the others.</param>
/// <param name="When">Under which value of another dimension it means anything; absent where it always does.</param>
internal sealed record DimensionModel(string Name, string Scale, double? Low, double? High, IReadOnlyList<JsonElement>? Values, ConditionModel? When);

/// <summary>The value of a dimension under which another one means anything.</summary>
internal sealed record ConditionModel(string Dimension, JsonElement Value);

/// <summary>A proposal and what became of it.</summary>
/// <param name="Proposal">Its number in the search.</param>
/// <param name="Stage">The stage that brought it.</param>
/// <param name="Point">Its values by dimension.</param>
/// <param name="Score">Geometric mean of the metric over the tuning's seeds; absent where a trial of it failed, or is still to end.</param>
/// <param name="Failed">Trials of it that diverged or were given up; absent while some are still to end.</param>
/// <param name="Seconds">Training time; absent while some are still to end.</param>
internal sealed record ProposalModel(int Proposal, int Stage, IReadOnlyDictionary<string, JsonElement> Point, double? Score, int? Failed, double? Seconds);

/// <summary>What an optimizer outside proposes.</summary>
/// <param name="Stage">The number that it was asked for.</param>
/// <param name="Searches">Points of the searches that it proposes for.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TellModel([property: JsonRequired] int Stage, [property: JsonRequired] IReadOnlyList<ToldSearchModel> Searches);

/// <summary>Points of one search, each a map from dimensions to values.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ToldSearchModel([property: JsonRequired] int Search, [property: JsonRequired] IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Points);

/// <summary>What was taken.</summary>
/// <param name="Stage">The stage that trains it.</param>
/// <param name="Proposals">Points of all searches.</param>
/// <param name="Trials">Trials that they bring.</param>
/// <param name="IsNew">False where the same was told before.</param>
internal sealed record ToldModel(int Stage, int Proposals, int Trials, bool IsNew);
