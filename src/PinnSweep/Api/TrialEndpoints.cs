using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Trials: those of a study page by page, and one of them with what it waits for.</summary>
internal static class TrialEndpoints
{
    private const int MaximumPage = 1000;

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/studies/{id}/trials", async (string id, int? skip, int? take, CancellationToken cancel) =>
            {
                var (from, count) = Paging.Of(skip, take, MaximumPage);
                return TypedResults.Json(await PageAsync(parts, id, from, count, cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The trials of a study in the order of its plan.")
            .Produces<Page<TrialModel>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}", async (string key, CancellationToken cancel) =>
            {
                var answer = await AskAsync(parts, key, cancel);
                var (description, curve) = await Task.Run(
                    () => (parts.Store.Studies.DescriptionsOf([answer.Key!.Value]).GetValueOrDefault(answer.Key.Value), parts.Store.Curves.Read(answer.Key.Value)), cancel);
                return TypedResults.Json(
                    new TrialDetailModel(
                        answer.Key!.Value.Hex,
                        answer.Phase,
                        description,
                        answer.Lines,
                        [.. curve.Select(point => new PointModel(point.Attempt, point.Progress.Step, point.Progress.Completed, ApiJson.Known(point.Progress.RelativeL2)))]),
                    ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("One trial, by its key or the beginning of it; with its curve while it grows.")
            .Produces<TrialDetailModel>()
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

    private static async Task<TrialAnswer> AskAsync(ApiParts parts, string key, CancellationToken cancel)
    {
        const int Shortest = 4;
        const int Longest = 64;
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

    private static async Task<Page<TrialModel>> PageAsync(ApiParts parts, string id, int skip, int take, CancellationToken cancel)
    {
        var study = await parts.Studies.FindAsync(id, cancel);
        var plan = await parts.Studies.PlanAsync(study, cancel);
        var status = await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel);
        var page = plan.Trials.Skip(skip).Take(take).ToArray();
        var running = await RunningAsync(parts, plan, status, skip, page.Length, cancel);
        var stored = (await Task.Run(() => parts.Store.Studies.PageOf(study.Hash, skip, take), cancel)).ToDictionary(trial => trial.Key);
        return new(
            plan.Trials.Length,
            skip,
            [.. page.Select(trial => Of(trial, plan, stored.GetValueOrDefault(trial.Key), running.GetValueOrDefault(trial.Key), status.IsCancelled))]);
    }

    /// <summary>What runs of a page: where more runs than one answer holds, it is asked for from the page's first trial on.</summary>
    private static async Task<Dictionary<TrialKey, RunningAttempt>> RunningAsync(ApiParts parts, StudyPlan plan, StudyStatus status, int skip, int count, CancellationToken cancel)
    {
        if (status.Running.Length == status.RunningCount)
        {
            return status.Running.ToDictionary(attempt => attempt.Attempt.Key);
        }

        var positions = Enumerable.Range(skip, count).ToDictionary(position => plan.Trials[position].Key);
        var running = new Dictionary<TrialKey, RunningAttempt>();
        var from = skip;
        while (true)
        {
            var listed = (await StudyModels.StatusAsync(parts, status.Hash, status.Name, cancel, from)).Running;
            foreach (var attempt in listed)
            {
                running[attempt.Attempt.Key] = attempt;
            }

            if (listed.Length < StudyStatus.MaxListed || !positions.TryGetValue(listed[^1].Attempt.Key, out var last))
            {
                return running;
            }

            from = last + 1;
        }
    }

    private static TrialModel Of(PlannedTrial trial, StudyPlan plan, StoredTrial? stored, RunningAttempt? running, bool isCancelled)
    {
        var labels = StudyModels.Labels(plan, trial.CellIndex);
        var faults = stored?.Faults ?? 0;
        var phase = TrialPhaseWords.PhaseOf(stored?.Result is not null, running is not null, stored is { IsQuarantined: true }, isCancelled);
        return (stored?.Result, running) switch
        {
            ({ } result, _) => new(trial.Key.Hex, labels, trial.Description.Seed, phase, result.Attempt, result.Steps, ApiJson.Known(result.RelativeL2), result.Outcome.ToString().ToLowerInvariant(), faults),
            (_, { } attempt) => new(trial.Key.Hex, labels, trial.Description.Seed, phase, attempt.Attempt.Number, attempt.Progress.Step, ApiJson.Known(attempt.Progress.RelativeL2), null, faults),
            _ => new(
                trial.Key.Hex,
                labels,
                trial.Description.Seed,
                phase,
                null,
                stored?.CheckpointStep,
                null,
                null,
                faults),
        };
    }
}
