using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Json;

/// <summary>A plan as JSON: what <c>plan --json</c> prints.</summary>
public static class PlanJson
{
    /// <summary>
    /// One object: <c>study, description, hash, metric, control, seeds, budget, evaluateEvery, convergedBelow, factors</c> (levels with
    /// labels), <c>counts, cost, notices, cells</c> (labels and levels, with a key for each seed) and <c>notApplicable</c> (with reasons).
    /// </summary>
    public static string Write(StudyPlan plan) => SpecValueJson.Text(json =>
    {
        var spec = plan.Spec;
        json.WriteStartObject();
        json.WriteString("study", spec.Name);
        json.WriteString("description", spec.Description);
        json.WriteString("hash", plan.Hash);
        json.WriteString("metric", spec.Metric);
        WriteControl(json, spec.Control);
        json.WriteStartArray("seeds");
        foreach (var seed in spec.Seeds)
        {
            json.WriteNumberValue(seed);
        }

        json.WriteEndArray();
        WriteBudget(json, spec.Budget);
        json.WriteNumber("evaluateEvery", spec.EvaluateEvery);
        json.WriteNumber("convergedBelow", spec.ConvergedBelow);
        if (spec.StopWhen is { } rules)
        {
            json.WriteValue("stopWhen", rules.ToMap());
        }

        WriteFactors(json, spec);
        json.WriteStartObject("counts");
        json.WriteNumber("cells", plan.Cells.Length);
        json.WriteNumber("notApplicable", plan.NotApplicable.Length);
        json.WriteNumber("trials", plan.Trials.Length);
        json.WriteEndObject();
        WriteCost(json, CostEstimate.Of(plan));
        WriteNotices(json, plan);
        WriteCells(json, plan);
        json.WriteEndObject();
    });

    private static void WriteControl(Utf8JsonWriter json, StudyControl? control)
    {
        if (control is null)
        {
            json.WriteNull("control");
            return;
        }

        json.WriteStartObject("control");
        json.WriteString("factor", control.Factor.ToWord());
        json.WriteValue("level", control.Level.ToMap());
        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, Budget budget)
    {
        json.WriteStartObject("budget");
        if (budget.Steps is { } steps)
        {
            json.WriteNumber("steps", steps);
        }
        else
        {
            json.WriteNumber("seconds", budget.Seconds!.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteFactors(Utf8JsonWriter json, StudySpec spec)
    {
        json.WriteStartObject("factors");
        foreach (var (factor, levels) in spec.Factors)
        {
            json.WriteStartArray(factor.ToWord());
            foreach (var level in levels)
            {
                json.WriteRawValue(level.ToMap().Canonical());
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What is not known is null: the time of a step is measured, not guessed.</summary>
    private static void WriteCost(Utf8JsonWriter json, CostEstimate cost)
    {
        json.WriteStartObject("cost");
        json.WritePropertyName("totalSteps");
        JsonSerializer.Serialize(json, cost.TotalSteps);
        json.WritePropertyName("totalSeconds");
        JsonSerializer.Serialize(json, cost.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteNotices(Utf8JsonWriter json, StudyPlan plan)
    {
        json.WriteStartArray("notices");
        foreach (var notice in plan.Notices)
        {
            json.WriteStringValue(notice);
        }

        json.WriteEndArray();
    }

    private static void WriteCells(Utf8JsonWriter json, StudyPlan plan)
    {
        var trials = plan.Trials.ToLookup(trial => trial.CellIndex);
        json.WriteStartArray("cells");
        for (var cell = 0; cell < plan.Cells.Length; cell++)
        {
            json.WriteStartObject();
            WriteLevels(json, plan.Cells[cell].Levels, plan.Cells[cell].Labels);
            json.WriteStartArray("trials");
            foreach (var trial in trials[cell])
            {
                json.WriteStartObject();
                json.WriteNumber("seed", trial.Description.Seed);
                json.WriteString("key", trial.Key.Hex);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notApplicable");
        foreach (var cell in plan.NotApplicable)
        {
            json.WriteStartObject();
            json.WriteString("reason", cell.Reason);
            WriteLevels(json, cell.Levels, cell.Labels);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLevels(Utf8JsonWriter json, CellLevels levels, ImmutableSortedDictionary<Factor, string> labels)
    {
        json.WriteStartObject("labels");
        foreach (var (factor, label) in labels)
        {
            json.WriteString(factor.ToWord(), label);
        }

        json.WriteEndObject();
        json.WriteStartObject("levels");
        foreach (var factor in FactorWords.All)
        {
            json.WriteValue(factor.ToWord(), levels[factor].ToMap());
        }

        json.WriteEndObject();
    }
}
