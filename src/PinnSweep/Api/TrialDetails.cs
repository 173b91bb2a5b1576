using System.Text.Json;
using PinnSweep.Planning;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>What is told of one trial, whether a node or the store itself is asked.</summary>
internal static class TrialDetails
{
    /// <summary>The trial for whoever reads the answer.</summary>
    /// <param name="story">What the store tells.</param>
    /// <param name="phase">Where it stands.</param>
    /// <param name="lines">The same in sentences.</param>
    /// <param name="curve">Its curve while it grows.</param>
    /// <param name="store">How a command line names the store.</param>
    public static TrialDetailModel Of(TrialStory story, string phase, IReadOnlyList<string> lines, IReadOnlyList<PointModel> curve, string store) =>
        new(story.Key.Hex, phase, story.Description.Length == 0 ? null : story.Description, lines, curve)
        {
            Parameters = story.Described is { } described ? Of(described, story.Description) : null,
            Studies = [.. story.Places.Select(Of)],
            Result = story is { Result: { } result, Row.Result: { } row } ? Of(result, row, story.Row.Worker) : null,
            Attempts = [.. story.Attempts.Select(Of)],
            Symptoms = [.. story.Symptoms.Select(symptom => new SymptomModel(symptom.Rule, symptom.Term, symptom.Finding, symptom.EvidenceText, symptom.Advice))],
            Command = TrainCommand.Of(story.Described, story.Key, story.Result?.Evidence.Engine, store),
        };

    /// <summary>An attempt.</summary>
    public static AttemptModel Of(StoredAttempt attempt) => new(
        attempt.Attempt, attempt.Worker, attempt.LeasedAt, attempt.EndedAt, attempt.Ending, attempt.Reason, attempt.Fault is { } fault ? new(fault.Kind, fault.Message, fault.Detail) : null);

    private static TrialDescriptionModel Of(TrialDescription trial, string canonical) => new(
        FactorWords.All.ToDictionary(factor => factor.ToWord(), factor => Of(trial.Levels[factor])),
        trial.Seed,
        trial.Budget.Steps,
        trial.Budget.Seconds,
        trial.EvaluateEvery,
        trial.ConvergedBelow,
        StopWhen(canonical));

    private static JsonElement? StopWhen(string canonical)
    {
        using var document = JsonDocument.Parse(canonical);
        return document.RootElement.TryGetProperty("stop_when", out var rules) ? rules.Clone() : null;
    }

    private static LevelModel Of(Level level) => new(level.Kind, level.Parameters.Entries.ToDictionary(entry => entry.Key, entry => Json(entry.Value)));

    private static TrialPlaceModel Of(TrialPlace place) => new(
        place.Plan.Spec.Name, place.Plan.Hash, place.Position, StudyModels.Labels(place.Plan, place.Trial.CellIndex), [.. Varying.Of(place.Plan).Factors.Select(factor => factor.ToWord())]);

    private static TrialResultModel Of(TrialResult result, StoredResult row, string? worker) => new(
        result.Outcome.ToString().ToLowerInvariant(),
        row.Attempt,
        worker,
        row.AcceptedAt,
        result.Steps,
        result.Seconds,
        result.Seconds > 0 ? result.Steps / result.Seconds : null,
        result.ParameterCount,
        [.. Errors(result)],
        result.SettledOn,
        result.StoppedBy,
        EvidenceModel.Of(result.Evidence));

    private static IEnumerable<ErrorModel> Errors(TrialResult result)
    {
        var trivial = result.TrivialScores is { IsEmpty: false } scores ? scores.MinBy(score => score.Value) : default(KeyValuePair<string, double>?);
        yield return new(
            "relative_l2",
            ApiJson.Known(result.Final.RelativeL2),
            result.Floor is { } floor ? ApiJson.Known(floor) : null,
            trivial is { } score ? ApiJson.Known(score.Value) : null,
            trivial?.Key);
        yield return new("max_error", ApiJson.Known(result.Final.MaxError), null, null, null);
        foreach (var (metric, value) in result.Final.Metrics)
        {
            yield return new(metric, ApiJson.Known(value), null, null, null);
        }
    }

    private static JsonElement Json(SpecValue value)
    {
        using var document = JsonDocument.Parse(value.Canonical());
        return document.RootElement.Clone();
    }
}
