using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Trainers;

/// <summary>What <c>train --json</c> prints: one object on one line.</summary>
internal static class TrainJson
{
    public static string Write(TrialDescription description, TrialResult result)
    {
        var levels = description.Levels;
        var last = result.Final;
        var json = new JsonObject();
        foreach (var factor in FactorWords.All)
        {
            json[factor.ToWord()] = levels[factor].Kind;
        }

        json["seed"] = description.Seed;
        json["steps"] = result.Steps;
        json["outcome"] = JsonSerializer.SerializeToNode(result.Outcome, TrainerProtocol.Json);
        json["relativeL2"] = Number(last.RelativeL2);
        json["maxError"] = Number(last.MaxError);
        json["losses"] = ByTerm(result, last.Losses);
        json["weights"] = ByTerm(result, last.Weights);
        json["metrics"] = new JsonObject(last.Metrics.Select(metric => KeyValuePair.Create(metric.Key, Number(metric.Value))));
        json["floor"] = result.Floor is { } floor ? Number(floor) : null;
        json["trivial"] = result.TrivialScores is { } scores ? new JsonObject(scores.Select(score => KeyValuePair.Create(score.Key, Number(score.Value)))) : null;
        json["settledOn"] = result.SettledOn;
        json["curve"] = new JsonArray([.. result.Curve.Select(point => Point(result, point))]);
        json["parameters"] = result.ParameterCount;
        json["seconds"] = Number(result.Seconds);
        json["stepsPerSecond"] = Number(result.Seconds > 0 ? result.Steps / result.Seconds : 0);
        json["events"] = JsonSerializer.SerializeToNode(result.Events, TrainerProtocol.Json);
        json["diagnosis"] = JsonSerializer.SerializeToNode(TrialDiagnosis.Of(result), TrainerProtocol.Json);
        json["notices"] = JsonSerializer.SerializeToNode(result.Notices, TrainerProtocol.Json);
        json["levels"] = new JsonObject(FactorWords.All.Where(factor => factor != Factor.Precision)
            .Select(factor => KeyValuePair.Create(factor.ToWord(), JsonNode.Parse(levels[factor].ToMap().Canonical()))));
        json["engine"] = result.Evidence.Engine;
        json["machine"] = result.Evidence.Machine;
        if (result.Evidence.Device is { } device)
        {
            json["device"] = JsonSerializer.SerializeToNode(device, TrainerProtocol.Json);
        }

        json["commit"] = result.Evidence.Commit;
        json["key"] = result.Key.Hex;
        return json.ToJsonString(TrainerProtocol.Json);
    }

    private static JsonObject Point(TrialResult result, CurvePoint point) => new()
    {
        ["step"] = point.Step,
        ["seconds"] = Number(point.Seconds),
        ["relativeL2"] = Number(point.RelativeL2),
        ["maxError"] = Number(point.MaxError),
        ["losses"] = ByTerm(result, point.Losses),
        ["weights"] = ByTerm(result, point.Weights),
        ["metrics"] = new JsonObject(point.Metrics.Select(metric => KeyValuePair.Create(metric.Key, Number(metric.Value)))),
    };

    private static JsonObject ByTerm(TrialResult result, IEnumerable<double> values) =>
        new(result.Terms.Zip(values, (term, value) => KeyValuePair.Create(term, Number(value))));

    // What is not known is null; what overflowed is a string, for JSON has no word for infinity.
    private static JsonNode? Number(double value) => double.IsNaN(value) ? null : JsonSerializer.SerializeToNode(value, TrainerProtocol.Json);
}
