using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Trials: those of a study page by page, and one of them with what it waits for.</summary>
internal static class TrialEndpoints
{
    private const int MaximumPage = 1000;
    private const int Longest = 64;

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet(
                "/api/studies/{id}/trials",
                async Task<IResult> (string id, string? state, int? cell, [FromQuery] string[]? where, long? seed, string? sort, string? format, int? skip, int? take, CancellationToken cancel) =>
                {
                    var (from, count) = Paging.Of(skip, take, MaximumPage);
                    var query = TrialQuery.Parse(state, cell, where ?? [], seed, sort);
                    var asCsv = IsCsv(format);
                    var study = await parts.States.OfAsync(id, cancel);
                    var trials = query.Of(study);
                    return asCsv
                        ? Csv(study, skip is null && take is null ? trials : trials.Skip(from).Take(count))
                        : TypedResults.Json(Of(study, trials, from, count), ApiJson.Options);
                })
            .Needs(Role.Read)
            .WithSummary("The trials of a study: filtered, sorted, page by page; with format=csv as CSV, all of them unless a page is asked for.")
            .WithDescription(
                $"state: one or more of {string.Join(", ", TrialQuery.States)}, with commas. cell: the number of a cell of /cells. where: FACTOR=LEVEL, repeatable. sort: {string.Join(", ", TrialQuery.Sorts)}; -error is the other way round, and what a trial lacks comes last either way.")
            .Produces<TrialsModel>()
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}/curve", async (string key, int? points, CancellationToken cancel) =>
            {
                const int Usual = 500;
                const int Most = 5000;
                const int Least = 4;
                if (points is < Least or > Most)
                {
                    throw RefusalException.BadRequest($"points {points}: expected {Least} to {Most}");
                }

                var answer = await AskAsync(parts, key, cancel);
                return TypedResults.Json(await Task.Run(() => CurveOf(parts, answer.Key!.Value, points ?? Usual), cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The curve of a trial in columns: of a finished one errors, losses and weights; of a running one its error so far. Thinned so that no spike is lost.")
            .Produces<CurveView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}", async (string key, CancellationToken cancel) =>
            {
                var answer = await AskAsync(parts, key, cancel);
                var plans = await PlansAsync(parts, answer.Key!.Value, cancel);
                return TypedResults.Json(await Task.Run(() => DetailOf(parts, answer, plans), cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("One trial, by its key or the beginning of it: what it computes, its studies, attempts, result, symptoms and evidence; with its curve while it grows.")
            .Produces<TrialDetailModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}/attempts", async (string key, CancellationToken cancel) =>
            {
                var answer = await AskAsync(parts, key, cancel);
                var attempts = await Task.Run(() => parts.Store.Studies.AttemptsOf(answer.Key!.Value), cancel);
                return TypedResults.Json((IReadOnlyList<AttemptModel>)[.. attempts.Select(TrialDetails.Of)], ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The attempts of a trial, in order: who had it, when, how it ended, and what the fault and the trainer's log said.")
            .Produces<IReadOnlyList<AttemptModel>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}/why", async (string key, CancellationToken cancel) =>
            {
                var answer = await AskAsync(parts, key, cancel);
                var symptoms = await Task.Run(() => parts.Store.Studies.ResultOf(answer.Key!.Value) is { } result ? TrialDiagnosis.Of(result) : [], cancel);
                return TypedResults.Json(
                    new WhyModel(answer.Key!.Value.Hex, answer.Phase, [.. answer.Lines, .. symptoms.Select(symptom => $"{symptom.Rule}: {symptom.Finding}\nadvice: {symptom.Advice}")]), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("Where a trial stands and what it waits for; of a finished one the symptoms of its diagnosis too.")
            .Produces<WhyModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The key of a trial; one that is whole is not asked for, so that its figures are there while no coordinator answers.</summary>
    internal static async Task<TrialKey> FindAsync(ApiParts parts, string key, CancellationToken cancel) =>
        key.Length == Longest && key.All(char.IsAsciiHexDigit) ? new(key.ToLowerInvariant()) : (await AskAsync(parts, key, cancel)).Key!.Value;

    /// <summary>Some of the trials of a study.</summary>
    internal static TrialsModel Of(StudyView study, IReadOnlyList<TrialView> trials, int skip, int take) =>
        new(trials.Count, skip, [.. trials.Skip(skip).Take(take).Select(trial => Of(trial, study.Plan))])
        {
            Study = study.Plan.Spec.Name,
            Hash = study.Plan.Hash,
            Varying = [.. Planning.Varying.Of(study.Plan).Factors.Select(factor => factor.ToWord())],
        };

    private static async Task<IReadOnlyList<StudyPlan>> PlansAsync(ApiParts parts, TrialKey key, CancellationToken cancel)
    {
        var plans = new List<StudyPlan>();
        foreach (var hash in await Task.Run(() => parts.Store.Studies.StudiesOf(key), cancel))
        {
            plans.Add(await parts.Studies.PlanAsync(await parts.Studies.FindAsync(hash, cancel), cancel));
        }

        return plans;
    }

    private static TrialDetailModel DetailOf(ApiParts parts, TrialAnswer answer, IReadOnlyList<StudyPlan> plans)
    {
        var story = TrialStory.Read(parts.Store, answer.Key!.Value, plans);
        // The coordinator is the first to know; what a table has late is told as it says.
        return TrialDetails.Of(
            story,
            answer.Phase,
            answer.Lines,
            [.. parts.Store.Curves.Read(story.Key).Select(point => new PointModel(point.Attempt, point.Progress.Step, point.Progress.Completed, ApiJson.Known(point.Progress.RelativeL2)))],
            parts.Store.Path);
    }

    internal static async Task<TrialAnswer> AskAsync(ApiParts parts, string key, CancellationToken cancel)
    {
        const int Shortest = 4;
        if (key.Length is < Shortest or > Longest || !key.All(char.IsAsciiHexDigit))
        {
            throw RefusalException.BadRequest($"trial {NearestMatch.Quote(key)}: expected a key, or at least {Shortest} of its hexadecimal digits");
        }

        var answer = await parts.Coordinator.AskAsync<TrialAnswer>(new WhyTrial(key.ToLowerInvariant()), cancel);
        return answer switch
        {
            { Key: not null } => answer,
            { Matches: 0 } => throw RefusalException.NotFound($"no trial's key begins with {key}; GET /api/studies/STUDY/trials lists them{string.Concat(answer.Lines.Select(line => $"; {line}"))}"),
            _ => throw RefusalException.BadRequest($"the keys of several trials begin with {key}; give more digits"),
        };
    }

    /// <summary>A trial as lists have it.</summary>
    internal static TrialModel Of(TrialView trial, StudyPlan plan) => new(
        trial.Planned.Key.Hex,
        StudyModels.Labels(plan, trial.Planned.CellIndex),
        trial.Planned.Description.Seed,
        trial.Phase,
        trial.Attempt,
        trial.Step,
        trial.RelativeL2,
        trial.Outcome,
        trial.Faults)
    {
        Position = trial.Position,
        Worker = trial.Worker,
        Seconds = trial.Seconds,
        AcceptedAt = trial.AcceptedAt,
        Share = Math.Round(trial.Share, 4),
        StepsPerSecond = trial.StepsPerSecond,
    };

    /// <summary>The curve of a trial, from its result or as it grows.</summary>
    internal static CurveView CurveOf(ApiParts parts, TrialKey key, int most) =>
        parts.Store.Studies.ResultOf(key) is { } result ? CurveView.Of(result, most) : CurveView.Of(parts.Store.Curves.Read(key), most);

    private static bool IsCsv(string? format) => format switch
    {
        null or "json" => false,
        "csv" => true,
        _ => throw RefusalException.BadRequest($"format {NearestMatch.Quote(format)}: expected json or csv"),
    };

    private static ContentHttpResult Csv(StudyView study, IEnumerable<TrialView> trials)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        TrialCsv.Write(study.Plan, trials, writer);
        return TypedResults.Text(writer.ToString(), "text/csv", Encoding.UTF8);
    }
}
